using Endpoints.RateLimiting;
using Endpoints.Wix.Errors;
using Endpoints.Wix.Identification;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Sessions;

/// <summary>Identifies the caller by the session cookie, and renews its tokens if necessary.</summary>
internal sealed partial class BrowserSessions(
    SessionCookie cookie,
    SessionRecords records,
    SessionResponses responses,
    SessionRenewals renewals,
    EndedSessions ended,
    EndedLookup lookup,
    VisitorSessions visitors,
    TokenInspector inspector,
    IOptions<WixOptions> options,
    TimeProvider time,
    ILogger<BrowserSessions> logger) : IBrowserCallers
{
    private readonly TimeSpan _renewBefore = options.Value.RenewBefore;

    /// <summary>
    /// Returns the identity from the session cookie. If Wix can't be asked, the identity is unavailable; no exception is thrown.
    /// </summary>
    public ValueTask<Identity> IdentifyAsync(HttpContext context, CancellationToken ct)
    {
        var response = responses.Of(context);
        var reading = records.ReadAsync(context.Request, ct);
        if (!reading.IsCompletedSuccessfully)
            return new(WaitAsync(reading, response, ClientAddress.Of(context), ct));
        return reading.Result is { } stored ? new(IdentifyAsync(stored, response, ClientAddress.Of(context), ct)) : new(Identity.Anonymous);
    }

    // a session begins with one
    public async Task<AccessToken> BeginVisitorAsync(HttpContext context) =>
        (await visitors.BeginAsync(context).ConfigureAwait(false)).Access!;

    public void LeaveAlone(HttpContext context) => responses.Of(context).Close();

    /// <summary>
    /// Returns the browser's session with an access token that has not expired; <see langword="null"/> if it has no session that can still
    /// be used.
    /// </summary>
    /// <exception cref="WixUnavailableException">The token has expired, and Wix could not be asked for the next one.</exception>
    public async Task<Session?> FindAsync(HttpContext context, CancellationToken ct)
    {
        if (await records.ReadAsync(context.Request, ct).ConfigureAwait(false) is not { } stored)
            return null;
        var session = renewals.Latest(stored);
        if (ended.Contains(session) || ended.Contains(stored))
            return null;
        if (session.Access is not null && time.GetUtcNow() < session.ExpiresAt)
        {
            // Anybody can write some cookies, with a user's or an app's token in them: Wix is asked nothing as those.
            return !cookie.CanBeMadeUp
                || await OwnerAsync(session, ClientAddress.Of(context), ended.Count, ct).ConfigureAwait(false) is not null ? session : null;
        }

        if (session.Refresh is null)
            return null;
        try
        {
            var renewed = await renewals.RenewAsync(session, ClientAddress.Of(context), ct).ConfigureAwait(false);
            responses.Of(context).Save(renewed);
            return renewed;
        }
        catch (TokenRefusedException)
        {
            return null;
        }
    }

    private async Task<Identity> WaitAsync(ValueTask<Session?> reading, SessionResponse response, ClientAddress client,
        CancellationToken ct)
    {
        try
        {
            return await reading.ConfigureAwait(false) is { } stored
                ? await IdentifyAsync(stored, response, client, ct).ConfigureAwait(false) : Identity.Anonymous;
        }
        catch (WixUnavailableException e)
        {
            return Identity.Unavailable(CallerSource.Cookie, e);
        }
    }

    private async Task<Identity> IdentifyAsync(Session stored, SessionResponse response, ClientAddress client, CancellationToken ct)
    {
        var endedBefore = ended.Count;
        var session = renewals.Latest(stored);
        if (ended.Contains(session) || ended.Contains(stored))
        {
            LogUsedAfterEnd(session.SaysMember ? "member" : "visitor");
            response.Close();
            return session.SaysMember ? Identity.Ended : Identity.Anonymous;
        }

        try
        {
            var now = time.GetUtcNow();
            if (session.Access is not null && now < session.ExpiresAt)
            {
                // Ahead of its end, and only if that can be had: what the browser has is still good.
                if (now >= session.RenewAt(_renewBefore)
                    && await renewals.TryRenewAheadAsync(session, client, ct).ConfigureAwait(false) is { } early
                    && await OwnerAsync(early, client, endedBefore, ct).ConfigureAwait(false) is { } ahead)
                {
                    return Keep(ahead, early, stored, response);
                }

                if (await OwnerAsync(session, client, endedBefore, ct).ConfigureAwait(false) is { } known)
                    return Keep(known, session, stored, response);
            }

            if (session.Refresh is null)
                return Drop(session, response, "its token has expired, and it has no other");

            // Also when the cookie's clock is wrong, or the token was withdrawn.
            var renewed = await renewals.RenewAsync(session, client, ct).ConfigureAwait(false);
            if (await OwnerAsync(renewed, client, endedBefore, ct).ConfigureAwait(false) is { } found)
                return Keep(found, renewed, stored, response);
            LogNewTokenNotAccepted();
            return session.SaysMember ? Identity.Ended : Identity.Anonymous;
        }
        catch (WixUnavailableException e)
        {
            return Identity.Unavailable(CallerSource.Cookie, e);
        }
        catch (TokenRefusedException)
        {
            return Drop(session, response, "its refresh token was refused");
        }
    }

    /// <summary>Returns the owner of the session's access token; <see langword="null"/> if nobody who can have a session owns it.</summary>
    private async ValueTask<Identity?> OwnerAsync(Session session, ClientAddress client, long endedBefore, CancellationToken ct)
    {
        if (session.Access is not { } token)
            return null;
        var inspection = await inspector.InspectAsync(token, client, ct).ConfigureAwait(false);
        // Users and apps send their tokens themselves: in a cookie, every site could send it for them.
        return inspection.Caller is { Kind: Callers.Visitor or Callers.Member } caller
            ? Identity.Known(caller, token, inspection.FreshUntil, new KnownSession(lookup, session, endedBefore))
            : null;
    }

    private static Identity Keep(Identity known, Session session, Session stored, SessionResponse response)
    {
        if (!session.Access!.Equals(stored.Access)) // known by it
            response.Save(session with { SaysMember = known.Caller!.Kind == Callers.Member }); // known has one
        return known;
    }

    private Identity Drop(Session session, SessionResponse response, string reason)
    {
        LogEnded(session.SaysMember ? "member" : "visitor", reason);
        response.Clear();
        // A member is told so, and never becomes a visitor in silence; a visitor who lost a session is any other visitor.
        return session.SaysMember ? Identity.Ended : Identity.Anonymous;
    }

    [LoggerMessage(1, LogLevel.Information, "The session of a {Kind} has ended: {Reason}")]
    private partial void LogEnded(string kind, string reason);

    [LoggerMessage(5, LogLevel.Information, "The session of a {Kind} was used after a logout or another login had ended it")]
    private partial void LogUsedAfterEnd(string kind);

    [LoggerMessage(2, LogLevel.Warning,
        "Wix does not accept a token that it has just issued for a session; is this machine's clock right?")]
    private partial void LogNewTokenNotAccepted();
}
