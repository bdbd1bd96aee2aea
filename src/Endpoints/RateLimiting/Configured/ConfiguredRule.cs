namespace Endpoints.RateLimiting.Configured;

/// <summary>One limit as it is configured.</summary>
internal sealed class ConfiguredRule
{
    public string Endpoint { get; set; } = "*";

    public string Period { get; set; } = "";

    public double Limit { get; set; }

    public bool MonitorMode { get; set; }

    public ConfiguredResponse? QuotaExceededResponse { get; set; }
}
