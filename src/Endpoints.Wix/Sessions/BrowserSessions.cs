using Endpoints.Wix.Errors;
using Endpoints.Wix.Identification;
using Endpoints.Wix.RateLimiting;
using Endpoints.Wix.Sharing;
using Endpoints.Wix.Tokens;
using Endpoints.Wix.Values;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Sessions;

/// <summary>Who is calling by the session cookie, the tokens of such callers, and how their sessions begin and end.</summary>
internal sealed partial class BrowserSessions(
    SessionCookie cookie,
    SessionRenewals renewals,
    EndedSessions ended,
    SharedSessions shared,
    TokenInspector inspector,
    TokenEndpoint tokens,
    IOptions<WixOptions> options,
    TimeProvider time,
    ILogger<BrowserSessions> logger) : IBrowserCallers
{
    // Somebody waits to be logged out, and is remembered as logged out either way.
    private static readonly TimeSpan PatienceToConfirm = TimeSpan.FromSeconds(1);

    private readonly TimeSpan _renewBefore = options.Value.RenewBefore;

    // A person makes a few of these; whoever makes more is no person, or many behind one address.
    private NetworkWindows NewVisitors { get; } = new(new(options.Value.NewVisitorsPerMinute, TimeSpan.FromMinutes(1)), NetworkShares.Of(options.Value), time);

    /// <summary>What the response to a request does to the browser's session.</summary>
    public SessionResponse ResponseOf(HttpContext context) => SessionResponse.Of(context, cookie, ended);

    /// <summary>The identity that the session cookie gives. What Wix can't be asked about comes back as unavailable, not as an exception.</summary>
    public ValueTask<Identity> IdentifyAsync(HttpContext context, CancellationToken ct)
    {
        var response = ResponseOf(context);
        return cookie.Read(context.Request) is { } stored ? new(IdentifyAsync(stored, response, ClientAddress.Of(context), ct)) : new(Identity.Anonymous);
    }

    async Task<AccessToken> IBrowserCallers.BeginVisitorAsync(HttpContext context)
    {
        var session = await BeginVisitorAsync(ResponseOf(context), ClientAddress.Of(context)).ConfigureAwait(false);
        return session.Access!; // a session begins with one
    }

    void IBrowserCallers.LeaveAlone(HttpContext context) => ResponseOf(context).Close();

    /// <summary>A new visitor's tokens, saved in the browser if the response has not started.</summary>
    /// <param name="response">The response.</param>
    /// <param name="client">The client's address.</param>
    /// <exception cref="WixUnavailableException">Wix issues none, or the address has had its share.</exception>
    public async Task<Session> BeginVisitorAsync(SessionResponse response, ClientAddress client)
    {
        if (!NewVisitors.TryCount(client, out var retryAfter))
        {
            LogTooManyVisitors(client);
            throw new WixUnavailableException("The client's address has begun too many visitor sessions.", retryAfter);
        }

        try
        {
            var session = Session.Begin(await tokens.ForVisitorAsync(CancellationToken.None).ConfigureAwait(false), isMember: false);
            if (!response.SaveLater(session))
                LogNotSaved();
            return session;
        }
        catch (TokenRefusedException)
        {
            throw new WixUnavailableException("Wix issues no visitor's token for this application's client id.");
        }
    }

    /// <summary>The browser's session with an access token that has not expired; null when it has none that can still be used.</summary>
    /// <exception cref="WixUnavailableException">It has expired, and Wix could not be asked for the next.</exception>
    public async Task<Session?> FindAsync(HttpContext context, CancellationToken ct)
    {
        if (cookie.Read(context.Request) is not { } stored)
            return null;
        var session = renewals.Latest(stored);
        if (ended.Contains(session) || ended.Contains(stored))
            return null;
        if (session.Access is not null && time.GetUtcNow() < session.ExpiresAt)
        {
            // Anybody can write some cookies, with a user's or an app's token in them: Wix is asked nothing as those.
            return !cookie.CanBeMadeUp || await FindAsync(session, ClientAddress.Of(context), ended.Count, ct).ConfigureAwait(false) is not null ? session : null;
        }

        if (session.Refresh is null)
            return null;
        try
        {
            var renewed = await renewals.RenewAsync(session, ClientAddress.Of(context), ct).ConfigureAwait(false);
            ResponseOf(context).Save(renewed);
            return renewed;
        }
        catch (TokenRefusedException)
        {
            return null;
        }
    }

    /// <summary>Begins a member's session, in place of whatever session the browser had.</summary>
    public async Task BeginMemberAsync(HttpContext context, IssuedToken issued)
    {
        if (cookie.Read(context.Request) is { } before)
        {
            // A visitor's, too: a request that is under way must not put it in the new one's place.
            if (!renewals.Latest(before).SaysMember)
                ended.AddUnconfirmed(before, ClientAddress.Of(context));
            await EndAsync(before, context).ConfigureAwait(false);
        }

        ResponseOf(context).Save(Session.Begin(issued, isMember: true));
    }

    /// <summary>How many sessions have been ended here.</summary>
    public long EndedCount => ended.Count;

    /// <summary>Whether a session has been ended, here or on another node.</summary>
    public async ValueTask<bool> HasEndedAnywhereAsync(Session session)
    {
        if (HasEnded(session))
            return true;
        if (!shared.IsOn)
            return false;
        var work = shared.Begin();
        foreach (var known in (await renewals.FindLaterAsync(work, session).ConfigureAwait(false)).Prepend(session))
        {
            if (known.Refresh is { } refresh && await shared.IsEndedAsync(work, TokenDigest.Of(refresh)).ConfigureAwait(false))
                return true;
        }

        return false;
    }

    /// <summary>Whether the browser has a session cookie, whatever is in it.</summary>
    public bool HasCookie(HttpContext context) => cookie.IsIn(context.Request);

    /// <summary>Ends the browser's session here, at once, whatever Wix says.</summary>
    /// <param name="context">The request.</param>
    /// <param name="isWithinLimit">
    /// Whether the client's address is within its limit. What it made up itself beyond that is forgotten in the browser only: remembering it would cost other
    /// sessions their place here, and the distributed cache its memory.
    /// </param>
    /// <returns>The session that it was; null when there was none.</returns>
    public async Task<Session?> EndAsync(HttpContext context, bool isWithinLimit)
    {
        var session = cookie.Read(context.Request) is { } stored
            ? isWithinLimit || !cookie.CanBeMadeUp ? await EndAsync(stored, context).ConfigureAwait(false) : renewals.Latest(stored)
            : null;
        if (HasCookie(context))
            ResponseOf(context).Clear();
        return session;
    }

    /// <summary>Ends a member's session, here and for the other nodes, whatever became of its tokens. A visitor has nothing that a copy of the cookie could be used for.</summary>
    /// <returns>The session with the latest tokens known here.</returns>
    private async Task<Session> EndAsync(Session stored, HttpContext context)
    {
        var session = renewals.Latest(stored);
        if (!session.SaysMember)
            return session;
        var client = ClientAddress.Of(context);
        Session[] own = ReferenceEquals(session, stored) ? [stored] : [stored, session];
        // At once, whatever Wix says below, and however long it takes.
        foreach (var one in own)
            ended.AddUnconfirmed(one, client);
        var owner = await OwnerAsync(session, client).ConfigureAwait(false);
        var work = shared.Begin();
        await EndAsync(work, own, owner, client, isRemembered: true).ConfigureAwait(false);
        // After the word, so that a renewal elsewhere either reads it or is read here.
        await EndAsync(work, await renewals.FindLaterAsync(work, session).ConfigureAwait(false), owner, client).ConfigureAwait(false);
        return session;
    }

    /// <summary>Whose session it is, as a number; null when Wix has not confirmed that it is a member's and anybody could have written it.</summary>
    private async Task<ulong?> OwnerAsync(Session session, ClientAddress client)
    {
        try
        {
            if (session.Access is { } token && time.GetUtcNow() < session.ExpiresAt)
            {
                var inspecting = inspector.InspectAsync(token, client, CancellationToken.None).AsTask();
                if ((await inspecting.WaitAsync(PatienceToConfirm, TimeProvider.System).ConfigureAwait(false)).Caller is { Kind: Callers.Member, Key: { } member })
                    return (uint)member.GetHashCode();
            }
        }
        catch (Exception e) when (e is WixUnavailableException or TimeoutException)
        {
            // Not confirmed, then.
        }

        return cookie.CanBeMadeUp ? null : client.Neighbourhood;
    }

    private async Task EndAsync(SharedCache.Work work, IReadOnlyList<Session> sessions, ulong? owner, ClientAddress client, bool isRemembered = false)
    {
        foreach (var session in sessions)
        {
            if (owner is { } known)
                ended.Add(session, known);
            else if (!isRemembered)
                ended.AddUnconfirmed(session, client);
        }

        foreach (var token in sessions.Select(static session => session.Refresh).OfType<AccessToken>().Distinct())
            await shared.TellEndedAsync(work, TokenDigest.Of(token)).ConfigureAwait(false);
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
                    && await FindAsync(early, client, endedBefore, ct).ConfigureAwait(false) is { } ahead)
                {
                    return Keep(ahead, early, stored, response);
                }

                if (await FindAsync(session, client, endedBefore, ct).ConfigureAwait(false) is { } known)
                    return Keep(known, session, stored, response);
            }

            if (session.Refresh is null)
                return End(session, response, "its token has expired, and it has no other");

            // Also when the cookie's clock is wrong, or the token was withdrawn.
            var renewed = await renewals.RenewAsync(session, client, ct).ConfigureAwait(false);
            if (await FindAsync(renewed, client, endedBefore, ct).ConfigureAwait(false) is { } found)
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
            return End(session, response, "its refresh token was refused");
        }
    }

    /// <summary>Whose the session's access token is; null when it is nobody's who can have a session.</summary>
    private async ValueTask<Identity?> FindAsync(Session session, ClientAddress client, long endedBefore, CancellationToken ct)
    {
        if (session.Access is not { } token)
            return null;
        var inspection = await inspector.InspectAsync(token, client, ct).ConfigureAwait(false);
        // Users and apps send their tokens themselves: in a cookie, every site could send it for them.
        return inspection.Caller is { Kind: Callers.Visitor or Callers.Member } caller
            ? Identity.Known(caller, token, inspection.FreshUntil, new KnownSession(this, session, endedBefore))
            : null;
    }

    /// <summary>Whether a session has been ended here.</summary>
    public bool HasEnded(Session session) =>
        ended.Contains(session) || (renewals.Latest(session) is var latest && latest != session && ended.Contains(latest));

    private static Identity Keep(Identity known, Session session, Session stored, SessionResponse response)
    {
        if (!session.Access!.Equals(stored.Access)) // known by it
            response.Save(session with { SaysMember = known.Caller!.Kind == Callers.Member }); // known has one
        return known;
    }

    private Identity End(Session session, SessionResponse response, string reason)
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

    [LoggerMessage(2, LogLevel.Warning, "Wix does not accept a token that it has just issued for a session; is this machine's clock right?")]
    private partial void LogNewTokenNotAccepted();

    [LoggerMessage(3, LogLevel.Debug, "A visitor's session is not saved: the response had started")]
    private partial void LogNotSaved();

    [LoggerMessage(4, LogLevel.Warning, "The address {Client} has begun too many visitor sessions")]
    private partial void LogTooManyVisitors(ClientAddress client);
}
