using Microsoft.AspNetCore.Http;

namespace Endpoints;

/// <summary>Identifies the callers that rate limits count by. Register an implementation to replace the default, which reads the authenticated user's claims.</summary>
public interface IRateLimitCallers
{
    /// <summary>Returns the request's verified caller; the default value when nobody is verified.</summary>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    ValueTask<RateLimitCaller> IdentifyAsync(HttpContext context, CancellationToken cancellationToken);
}
