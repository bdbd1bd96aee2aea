using Endpoints.Wix.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Identification;

/// <summary>Finds out who sent a request: from its <c>Authorization</c> header, else its session cookie, else nobody.</summary>
internal sealed class CallerIdentifier(TokenInspector inspector, SessionRenewals renewals, IOptions<WixOptions> options, TimeProvider time)
{
    private readonly string? _clientId = options.Value.ClientId;

    /// <summary>The request's identity. What Wix can't be asked about comes back as unavailable, not as an exception.</summary>
    public ValueTask<Identity> IdentifyAsync(HttpContext context, CancellationToken ct)
    {
        var header = context.Request.Headers.Authorization;
        if (header.Count > 0)
        {
            return PresentedToken.TryRead(header, out var token)
                ? ByTokenAsync(token, ct)
                : new(Identity.Refused(Refusal.Malformed, CallerSource.Header));
        }

        return WixSession.Read(context.Request, _clientId) is { } session ? new(BySessionAsync(session, ct)) : new(Identity.Anonymous);
    }

    private ValueTask<Identity> ByTokenAsync(AccessToken token, CancellationToken ct)
    {
        var inspection = inspector.InspectAsync(token, ct);
        return inspection.IsCompletedSuccessfully ? new(Judge(inspection.Result, token)) : new(WaitAsync(inspection, token));

        static async Task<Identity> WaitAsync(ValueTask<TokenInspection> inspection, AccessToken token)
        {
            try
            {
                return Judge(await inspection.ConfigureAwait(false), token);
            }
            catch (WixUnavailableException e)
            {
                return Identity.Unavailable(CallerSource.Header, e.RetryAfter);
            }
        }

        static Identity Judge(TokenInspection inspection, AccessToken token) => inspection.Caller is { } caller
            ? Identity.Known(caller, token, CallerSource.Header)
            : Identity.Refused(Refusal.NotAccepted, CallerSource.Header);
    }

    private async Task<Identity> BySessionAsync(WixSession session, CancellationToken ct)
    {
        try
        {
            if (session.AccessToken is { } access && time.GetUtcNow() < session.ExpiresAt
                && await FindAsync(access, ct).ConfigureAwait(false) is { } known)
            {
                return known;
            }

            if (session.RefreshToken is { } refresh)
            {
                var issued = await renewals.RenewAsync(refresh, ct).ConfigureAwait(false);
                if (await FindAsync(issued.Token, ct).ConfigureAwait(false) is { } renewed)
                    return renewed;
                renewals.Forget(refresh, issued);
            }
        }
        catch (WixUnavailableException e)
        {
            return Identity.Unavailable(CallerSource.Cookie, e.RetryAfter);
        }
        catch (TokenRefusedException)
        {
            // Wix has ended the session.
        }

        // A member is told so, and never becomes a visitor in silence; a visitor who lost a session is any other visitor.
        return session.SaysMember ? Identity.Refused(Refusal.SessionEnded, CallerSource.Cookie) : Identity.Anonymous;
    }

    private async ValueTask<Identity?> FindAsync(AccessToken token, CancellationToken ct) =>
        (await inspector.InspectAsync(token, ct).ConfigureAwait(false)).Caller is { } caller ? Identity.Known(caller, token, CallerSource.Cookie) : null;
}
