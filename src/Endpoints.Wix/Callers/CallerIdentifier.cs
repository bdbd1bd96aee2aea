using Endpoints.Wix.Sessions;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Identification;

/// <summary>Finds out who sent a request: from the token in its <c>Authorization</c> header, else its session cookie, else nobody.</summary>
/// <remarks>A browser sends a password that it has for the site by itself, beside the cookie: such a header says nothing, and is no token of a caller's own.</remarks>
internal sealed class CallerIdentifier(TokenInspector inspector, BrowserSessions sessions, TimeProvider time)
{
    public TimeProvider Time => time;

    /// <summary>Whether what is known of a caller holds without asking again: neither its token nor its session has ended, and Wix's word on it is fresh. Costs no call.</summary>
    public bool Holds(Identity identity)
    {
        if (identity.Token is null)
            return true; // there is nothing that could end
        var now = time.GetUtcNow();
        return now < identity.FreshUntil && now < identity.Caller!.ExpiresAt && !sessions.HasEnded(identity); // with a token there is a caller
    }

    /// <summary>Whether a caller's session has been logged out here.</summary>
    public bool HasEnded(Identity identity) => sessions.HasEnded(identity);

    /// <summary>Asks again who a known caller is: whether its session has ended, here or on another node, and whether Wix still says the same of its token.</summary>
    /// <returns>The same caller; or a refusal, also for a caller who is somebody else by now. That Wix can't be asked is one for this time only.</returns>
    public async ValueTask<Identity> ConfirmAsync(Identity identity, CancellationToken ct)
    {
        var before = identity.Caller!; // known
        if (time.GetUtcNow() >= before.ExpiresAt)
            return Identity.Refused(Refusal.NotAccepted, identity.Source);
        var endedBefore = sessions.EndedCount;
        if (identity.Session is { } session && await sessions.HasEndedAnywhereAsync(session).ConfigureAwait(false))
            return Identity.Refused(Refusal.SessionEnded, identity.Source);
        try
        {
            var inspection = await inspector.InspectAsync(identity.Token!, ct).ConfigureAwait(false); // known by it
            if (inspection.Caller is not { } now || !now.IsSameAs(before))
                return Identity.Refused(Refusal.NotAccepted, identity.Source);
            return identity.Confirmed(now.ExpiresAt < before.ExpiresAt ? now : before, inspection.FreshUntil, endedBefore);
        }
        catch (WixUnavailableException e)
        {
            return Identity.Unavailable(identity.Source, e.RetryAfter);
        }
    }

    /// <summary>The request's identity. What Wix can't be asked about comes back as unavailable, not as an exception.</summary>
    public ValueTask<Identity> IdentifyAsync(HttpContext context, CancellationToken ct)
    {
        var header = context.Request.Headers.Authorization;
        if (header.Count > 0 && !PresentedToken.IsForOther(header))
        {
            return PresentedToken.TryRead(header, out var token)
                ? ByTokenAsync(token, ct)
                : new(Identity.Refused(Refusal.Malformed, CallerSource.Header));
        }

        return sessions.IdentifyAsync(context, ct);
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
            ? Identity.Known(caller, token, inspection.FreshUntil)
            : Identity.Refused(Refusal.NotAccepted, CallerSource.Header);
    }
}
