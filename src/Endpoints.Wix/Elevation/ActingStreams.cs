using Endpoints.Origins;
using Endpoints.Wix.Identification;
using Endpoints.Wix.Origins;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Elevation;

/// <summary>Ends elevation where a request that was let through as a read is answered with a stream of events.</summary>
/// <remarks>
/// Nothing said before that the endpoint streams events, so nobody asked whether the page may make a change. What follows the beginning of
/// the stream acts for that page.
/// </remarks>
internal static class ActingStreams
{
    /// <summary>Watches a request, unless its page may make changes anyway.</summary>
    /// <param name="context">The request.</param>
    /// <param name="ownPages">The pages that may make changes.</param>
    /// <param name="proof">The proof by which the caller is known.</param>
    public static void Watch(HttpContext context, OwnPages ownPages, Proof proof)
    {
        if (!ownPages.MayHaveToAsk(context.Request, proof))
            return;
        context.Response.OnStarting(async () =>
        {
            if (context.Response.ContentType is { } type && SafeRequest.IsEventStream(type)
                && !await ownPages.MaySendAsync(context, proof).ConfigureAwait(false))
                RequestElevation.Of(RequestCaller.Of(context)).EndAll(GrantEnd.UnsaidStream);
        });
    }
}
