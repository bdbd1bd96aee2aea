using Microsoft.AspNetCore.Http;

namespace Endpoints;

/// <summary>Represents a request that rate limits have admitted or rejected.</summary>
/// <param name="Context">The HTTP context of the request.</param>
/// <param name="Rule">The name or text of the rule that decided or, for an admitted request, of the limit with the least room left.</param>
/// <param name="Limit">The limit.</param>
/// <param name="Remaining">The amount of the limit that remains.</param>
/// <param name="RetryAfter">The time that the client has to wait; zero for an admitted request.</param>
/// <param name="IsRejected"><see langword="true"/> if the request is over the limit; otherwise, <see langword="false"/>.</param>
/// <param name="IsMonitored">
/// <see langword="true"/> if the rule only monitors, so that the request proceeds; otherwise, <see langword="false"/>.
/// </param>
public sealed record RateLimitedRequest(HttpContext Context, string Rule, int Limit, long Remaining, TimeSpan RetryAfter, bool IsRejected,
    bool IsMonitored);
