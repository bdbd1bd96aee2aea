using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Identification;

/// <summary>Identifies the callers who are known by their browser's session, and by no header.</summary>
internal interface IBrowserCallers
{
    /// <summary>
    /// Returns the identity from the session cookie. If Wix can't be asked, the identity is unavailable; no exception is thrown.
    /// </summary>
    ValueTask<Identity> IdentifyAsync(HttpContext context, CancellationToken ct);

    /// <summary>Returns a new visitor's token, which is saved in the browser if the response has not started.</summary>
    /// <exception cref="WixUnavailableException">Wix issues no token, or the address has reached its limit.</exception>
    Task<AccessToken> BeginVisitorAsync(HttpContext context);

    /// <summary>Leaves the browser unchanged from here on, whatever is learned about its caller.</summary>
    void LeaveAlone(HttpContext context);
}
