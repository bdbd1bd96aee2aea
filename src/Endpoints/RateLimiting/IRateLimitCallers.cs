using Microsoft.AspNetCore.Http;

namespace Endpoints;

/// <summary>
/// Identifies the callers that rate limits count by. Register an implementation to replace the default, which reads the authenticated
/// user's claims.
/// </summary>
public interface IRateLimitCallers
{
    /// <summary>Returns the verified caller of a request, or the default value if no caller is verified.</summary>
    /// <param name="context">The HTTP context of the request.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that returns the caller.</returns>
    ValueTask<RateLimitCaller> IdentifyAsync(HttpContext context, CancellationToken cancellationToken);
}
