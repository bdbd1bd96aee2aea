using Endpoints.Wix.Identification;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix;

/// <summary>Provides extension methods for the browser's session, for pages.</summary>
public static class WixSessionHttpContextExtensions
{
    /// <summary>
    /// Begins a visitor's session for a browser that has no session: gets new tokens from Wix and saves them in the session cookie. For
    /// pages whose browser code, or whose next requests, act as the visitor. Endpoints need no such call: a <see cref="WixClient"/> gets a
    /// visitor's token when it makes a call.
    /// </summary>
    /// <remarks>
    /// A page should not fail because of this call, so it does not throw. Without an answer from Wix, there is no session yet.
    /// </remarks>
    /// <param name="context">The request, whose response has not started.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>
    /// A task that returns <see langword="true"/> if the caller has tokens (a session from before, a token in the <c>Authorization</c>
    /// header, or a new visitor's session); otherwise, <see langword="false"/>.
    /// </returns>
    /// <exception cref="InvalidOperationException">
    /// The application has not called <c>AddWix</c>, or the context belongs to another request than the current one.
    /// </exception>
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
