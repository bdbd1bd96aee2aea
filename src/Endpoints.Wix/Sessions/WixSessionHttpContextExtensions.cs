using Endpoints.Wix.Identification;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix;

/// <summary>The browser's session, for pages.</summary>
public static class WixSessionHttpContextExtensions
{
    /// <summary>
    /// Gives a browser that has no session a visitor's: new tokens from Wix, saved in the session cookie. For pages whose browser code, or whose
    /// next requests, act as the visitor. Endpoints need no such call: a <see cref="WixClient"/> gets a visitor's token when it makes a call.
    /// </summary>
    /// <remarks>A page should not fail for it, so it does not throw: without an answer from Wix there is simply no session yet.</remarks>
    /// <param name="context">The request, whose response has not started.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Whether the caller has tokens: a session from before, a token in the <c>Authorization</c> header, or a new visitor's session.</returns>
    /// <exception cref="InvalidOperationException">The application has not called <c>AddWix</c>, or the context is another request's than the one that is going on here.</exception>
    public static async Task<bool> EnsureVisitorSessionAsync(this HttpContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var request = RequestCaller.Of(context);
        RequestFlow.Demand(request);
        if (context.Response.HasStarted)
            return false;
        try
        {
            await request.TokenAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is WixApiException or WixUnavailableException)
        {
            return false; // logged where it happened
        }
    }
}
