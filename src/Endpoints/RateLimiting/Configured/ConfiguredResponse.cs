namespace Endpoints.RateLimiting.Configured;

/// <summary>What a rejected request is answered instead of a problem document. In the content, {0} is the limit, {1} its period and {2} how many seconds to wait.</summary>
internal sealed class ConfiguredResponse
{
    public string? Content { get; set; }

    public string? ContentType { get; set; }

    public int? StatusCode { get; set; }
}
