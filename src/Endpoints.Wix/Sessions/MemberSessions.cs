using Endpoints.RateLimiting;
using Endpoints.Wix.Identification;
using Endpoints.Wix.Sharing;
using Endpoints.Wix.Tokens;
using Endpoints.Wix.Values;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Sessions;

/// <summary>Begins members' sessions, and ends them: here at once, and for the other nodes.</summary>
internal sealed class MemberSessions(
    SessionCookie cookie, SessionRecords records, SessionResponses responses, SessionRenewals renewals, EndedSessions ended,
    SharedSessions shared, TokenInspector inspector, TimeProvider time)
{
    // Somebody waits to be logged out, and is remembered as logged out either way.
    private static readonly TimeSpan PatienceToConfirm = TimeSpan.FromSeconds(1);

    /// <summary>Determines whether the browser has a session cookie, whatever it contains.</summary>
    public bool HasCookie(HttpContext context) => cookie.IsIn(context.Request);

    /// <summary>Begins a member's session, in place of whatever session the browser had.</summary>
    public async Task BeginAsync(HttpContext context, IssuedToken issued)
    {
        if (await records.ReadAsync(context.Request, CancellationToken.None).ConfigureAwait(false) is { } before)
        {
            // A visitor's, too: a request that is under way must not put it in the new one's place.
            if (!renewals.Latest(before).SaysMember)
                ended.AddUnconfirmed(before, ClientAddress.Of(context));
            await EndAsync(before, ClientAddress.Of(context)).ConfigureAwait(false);
        }

        responses.Of(context).Save(Session.Begin(issued, isMember: true));
    }

    /// <summary>Ends the browser's session here, at once, whatever Wix says.</summary>
    /// <param name="context">The request.</param>
    /// <param name="isWithinLimit">
    /// <see langword="true"/> if the client's address is within its limit; otherwise, <see langword="false"/>. Beyond the limit, a session
    /// that may have been made up is forgotten in the browser only: remembering it would cost other sessions their place here, and the
    /// distributed cache its memory.
    /// </param>
    /// <returns>A task that returns the session; <see langword="null"/> if there was none.</returns>
    public async Task<Session?> EndAsync(HttpContext context, bool isWithinLimit)
    {
        var session = await records.ReadAsync(context.Request, CancellationToken.None).ConfigureAwait(false) is { } stored
            ? isWithinLimit || !cookie.CanBeMadeUp
                ? await EndAsync(stored, ClientAddress.Of(context)).ConfigureAwait(false) : renewals.Latest(stored)
            : null;
        if (HasCookie(context))
            responses.Of(context).Clear();
        return session;
    }

    /// <summary>
    /// Ends a member's session, here and on the other nodes, whatever became of its tokens. A visitor's session is only removed, because a
    /// copy of its cookie is of no use.
    /// </summary>
    /// <returns>A task that returns the session with the latest tokens known here.</returns>
    private async Task<Session> EndAsync(Session stored, ClientAddress client)
    {
        var session = renewals.Latest(stored);
        await records.RemoveAsync(stored).ConfigureAwait(false);
        if (!session.SaysMember)
            return session;
        Session[] own = ReferenceEquals(session, stored) ? [stored] : [stored, session];
        // At once, whatever Wix says below, and however long it takes.
        foreach (var one in own)
            ended.AddUnconfirmed(one, client);
        var owner = await OwnerAsync(session, client).ConfigureAwait(false);
        if (owner is { } known)
        {
            foreach (var one in own)
                ended.Add(one, known);
        }

        var work = shared.Begin();
        await TellAsync(work, own).ConfigureAwait(false);
        // After the word, so that a renewal elsewhere either reads it or is read here.
        var later = await renewals.FindLaterAsync(work, session).ConfigureAwait(false);
        foreach (var one in later)
        {
            if (owner is { } confirmed)
                ended.Add(one, confirmed);
            else
                ended.AddUnconfirmed(one, client);
        }

        await TellAsync(work, later).ConfigureAwait(false);
        return session;
    }

    /// <summary>
    /// Returns the owner of a session, as a number; <see langword="null"/> if Wix has not confirmed that it is a member's and anybody could
    /// have written it.
    /// </summary>
    private async Task<ulong?> OwnerAsync(Session session, ClientAddress client)
    {
        try
        {
            if (session.Access is { } token && time.GetUtcNow() < session.ExpiresAt)
            {
                var inspecting = inspector.InspectAsync(token, client, CancellationToken.None).AsTask();
                if ((await inspecting.WaitAsync(PatienceToConfirm, TimeProvider.System)
                    .ConfigureAwait(false)).Caller is { Kind: Callers.Member, Key: { } member })
                    return (uint)member.GetHashCode();
            }
        }
        catch (Exception e) when (e is WixUnavailableException or TimeoutException)
        {
            // Not confirmed, then.
        }

        return cookie.CanBeMadeUp ? null : client.Neighbourhood;
    }

    private async Task TellAsync(SharedCache.Work work, IReadOnlyList<Session> sessions)
    {
        foreach (var token in sessions.Select(static session => session.Refresh).OfType<AccessToken>().Distinct())
            await shared.TellEndedAsync(work, TokenDigest.Of(token)).ConfigureAwait(false);
    }
}
