namespace Endpoints.RateLimiting.Configured;

/// <summary>
/// Represents the settings of <c>IpRateLimiting</c> or <c>ClientRateLimiting</c>, under the names of AspNetCoreRateLimit.
/// </summary>
internal sealed class ConfiguredSection
{
    public bool EnableEndpointRateLimiting { get; set; }

    public bool EnableRegexRuleMatching { get; set; }

    public bool StackBlockedRequests { get; set; }

    public bool DisableRateLimitHeaders { get; set; }

    public int HttpStatusCode { get; set; } = 429;

    public string? QuotaExceededMessage { get; set; }

    public ConfiguredResponse? QuotaExceededResponse { get; set; }

    public IList<string> IpWhitelist { get; } = [];

    public IList<string> ClientWhitelist { get; } = [];

    public IList<string> EndpointWhitelist { get; } = [];

    public IList<ConfiguredRule> GeneralRules { get; } = [];
}
