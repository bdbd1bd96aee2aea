namespace Endpoints.RateLimiting.Configured;

/// <summary>Represents one limit of the configuration.</summary>
internal sealed class ConfiguredRule
{
    public string Endpoint { get; set; } = "*";

    public string Period { get; set; } = "";

    public double Limit { get; set; }

    public bool MonitorMode { get; set; }

    public ConfiguredResponse? QuotaExceededResponse { get; set; }
}
