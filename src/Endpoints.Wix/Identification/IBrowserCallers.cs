using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Identification;

/// <summary>The callers who are known by their browser's session, and by no header.</summary>
internal interface IBrowserCallers
{
    /// <summary>The identity that the session cookie gives. What Wix can't be asked about comes back as unavailable, not as an exception.</summary>
    ValueTask<Identity> IdentifyAsync(HttpContext context, CancellationToken ct);

    /// <summary>A new visitor's token, saved in the browser if the response has not started.</summary>
    /// <exception cref="WixUnavailableException">Wix issues none, or the address has had its share.</exception>
    Task<AccessToken> BeginVisitorAsync(HttpContext context);

    /// <summary>What is found out from here on changes nothing in the browser.</summary>
    void LeaveAlone(HttpContext context);
}
