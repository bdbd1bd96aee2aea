namespace Endpoints.RateLimiting.Configured;

/// <summary>Represents the rules of some addresses, or of one client.</summary>
internal sealed class ConfiguredPolicy
{
    public string? Ip { get; set; }

    public string? ClientId { get; set; }

    public IList<ConfiguredRule> Rules { get; } = [];
}
