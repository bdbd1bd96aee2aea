using System.Net;
using System.Text.Json;

namespace Endpoints.Wix.Sessions.Tests.Hosting;

/// <summary>A response, read whole.</summary>
internal sealed record Answer(HttpStatusCode Status, string Body, string? MediaType, string? Location, string? CacheControl,
    string[] SetCookies, string? Allow)
{
    public string? RetryAfter { get; private init; }

    public string? RateLimit { get; private init; }

    private const string ProblemPrefix = "urn:endpoints:problem:";

    /// <summary>The last part of the problem document's type.</summary>
    public string Problem
    {
        get
        {
            Assert.Equal("application/problem+json", MediaType);
            Assert.Equal((int)Status, Json.GetProperty("status").GetInt32());
            var type = Json.GetProperty("type").GetString()!;
            Assert.StartsWith(ProblemPrefix, type, StringComparison.Ordinal);
            return type[ProblemPrefix.Length..];
        }
    }

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public static async Task<Answer> ReadAsync(HttpResponseMessage response) => new(
        response.StatusCode,
        await response.Content.ReadAsStringAsync(),
        response.Content.Headers.ContentType?.MediaType,
        response.Headers.TryGetValues("Location", out var location) ? location.Single() : null,
        response.Headers.TryGetValues("Cache-Control", out var cache) ? string.Join(", ", cache) : null,
        response.Headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies] : [],
        response.Content.Headers.TryGetValues("Allow", out var allow) ? string.Join(", ", allow) : null)
    {
        RetryAfter = response.Headers.TryGetValues("Retry-After", out var wait) ? wait.Single() : null,
        RateLimit = response.Headers.TryGetValues("RateLimit", out var limit) ? limit.Single() : null,
    };
}
