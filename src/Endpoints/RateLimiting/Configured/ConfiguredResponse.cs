namespace Endpoints.RateLimiting.Configured;

/// <summary>
/// Represents the response to a rejected request that replaces the problem document. In the content, {0} is the limit, {1} its period and
/// {2} the number of seconds to wait.
/// </summary>
internal sealed class ConfiguredResponse
{
    public string? Content { get; set; }

    public string? ContentType { get; set; }

    public int? StatusCode { get; set; }
}
