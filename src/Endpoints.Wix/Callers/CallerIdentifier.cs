using Endpoints.Wix.Elevation;
using Endpoints.Wix.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Identification;

/// <summary>Finds out who sent a request: from the token in its <c>Authorization</c> header, else its session cookie, else nobody.</summary>
/// <remarks>A browser sends a password that it has for the site by itself, beside the cookie: such a header says nothing, and is no token of a caller's own.</remarks>
internal sealed class CallerIdentifier(TokenInspector inspector, BrowserSessions sessions, IOptions<WixOptions> options)
{
    /// <summary>How long all of it may take: waits, renewals and further tries.</summary>
    public TimeSpan Patience { get; } = options.Value.TokenTimeout;

    /// <summary>The request's identity. What Wix can't be asked about comes back as unavailable, not as an exception.</summary>
    public ValueTask<Identity> IdentifyAsync(HttpContext context, CancellationToken ct)
    {
        var header = context.Request.Headers.Authorization;
        if (header.Count > 0 && !PresentedToken.IsForOther(header))
        {
            return PresentedToken.TryRead(header, out var token)
                ? ByTokenAsync(token, ClientAddress.Of(context), ct)
                : new(Identity.Refused(Refusal.Malformed, CallerSource.Header));
        }

        return sessions.IdentifyAsync(context, ct);
    }

    private ValueTask<Identity> ByTokenAsync(AccessToken token, ClientAddress client, CancellationToken ct)
    {
        var inspection = inspector.InspectAsync(token, client, ct);
        return inspection.IsCompletedSuccessfully ? new(Judge(inspection.Result, token)) : new(WaitAsync(inspection, token));

        static async Task<Identity> WaitAsync(ValueTask<TokenInspection> inspection, AccessToken token)
        {
            try
            {
                return Judge(await inspection.ConfigureAwait(false), token);
            }
            catch (WixUnavailableException e)
            {
                return Identity.Unavailable(CallerSource.Header, e);
            }
        }

        static Identity Judge(TokenInspection inspection, AccessToken token) => inspection.Caller is { } caller
            ? Identity.Known(caller, token, CallerSource.Header)
            : Identity.Refused(Refusal.NotAccepted, CallerSource.Header);
    }
}
