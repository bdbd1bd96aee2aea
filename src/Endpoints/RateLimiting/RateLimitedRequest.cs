using Microsoft.AspNetCore.Http;

namespace Endpoints;

/// <summary>Represents a request that rate limits have decided about.</summary>
/// <param name="Context">The request.</param>
/// <param name="Rule">The name of the rule that decided, or its text; for an admitted request, that of the limit with the least room left.</param>
/// <param name="Limit">The limit.</param>
/// <param name="Remaining">How much of it remains.</param>
/// <param name="RetryAfter">How long the client has to wait; zero for an admitted request.</param>
/// <param name="IsRejected">Whether the request is over the limit.</param>
/// <param name="IsMonitored">Whether the rule only monitors, so that the request goes on.</param>
public sealed record RateLimitedRequest(HttpContext Context, string Rule, int Limit, long Remaining, TimeSpan RetryAfter, bool IsRejected, bool IsMonitored);
