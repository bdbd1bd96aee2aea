using Endpoints.RateLimiting;
using Endpoints.Wix.Errors;
using Endpoints.Wix.Identification;
using Endpoints.Wix.Memory;
using Endpoints.Wix.Options;
using Endpoints.Wix.Sharing;
using Endpoints.Wix.Tokens;
using Endpoints.Wix.Values;

namespace Endpoints.Wix.Sessions;

/// <summary>Renews sessions, once for any number of requests that carry them, and knows what became of a refresh token.</summary>
/// <remarks>
/// Thread-safe. Requests under way, and browsers that never got an answer, still carry the old cookie: they get what its refresh token was
/// exchanged for, from here or, if another node did it, from <see cref="SharedSessions"/>. Keys are the digests of refresh tokens. Anyone
/// can present made-up ones where the cookie is not protected, so refused ones are remembered apart, for a short while, and everything is
/// bounded, by networks. A renewal belongs to nobody and ends by itself; that Wix could not be asked is not remembered, except for not
/// asking ahead of time again at once.
/// </remarks>
internal sealed class SessionRenewals(
    TokenEndpoint endpoint, SharedSessions shared, IdentificationBudget budget, ILiveOptions<WixOptions> options, TimeProvider time)
{
    private const int Capacity = 10_000;
    private const int MaxHops = 8;

    private static readonly TimeSpan RetryAheadAfter = TimeSpan.FromSeconds(5);

    // A tab that has missed a renewal or two comes back within a day, or logs in again.
    private static readonly TimeSpan KeepAfter = TimeSpan.FromDays(1);

    // The node that was faster tells the others as soon as it has Wix's answer.
    private static readonly TimeSpan[] Waits =
        [.. new[] { 0, 50, 100, 200, 400, 800 }.Select(static wait => TimeSpan.FromMilliseconds(wait))];

    private readonly FairCache<TokenDigest, IssuedToken> _renewed = new(Capacity, time);
    private readonly FairCache<TokenDigest, Refused> _refused = new(Capacity, time);
    private readonly FairCache<TokenDigest, Refused> _failing = new(Capacity, time);
    private readonly SingleFlight<TokenDigest, IssuedToken> _flights = new();

    /// <summary>Returns the session with the latest tokens that this node knows.</summary>
    public Session Latest(Session session)
    {
        for (var hops = 0; hops < MaxHops && session.Refresh is { } refresh && _renewed.Count > 0; hops++)
        {
            // The cookie counts whole seconds. A later one is of tokens that somebody else got, such as the browser's own code.
            if (!_renewed.TryGet(TokenDigest.Of(refresh), out var issued) || issued.ExpiresAt <= session.ExpiresAt.AddSeconds(-1))
                break;
            session = session.Renewed(issued);
            if (refresh.Equals(session.Refresh))
                break;
        }

        return session;
    }

    /// <summary>Returns the session with its next tokens.</summary>
    /// <param name="session">The session, which has a refresh token. Its access token is not returned again.</param>
    /// <param name="client">The client that sent it.</param>
    /// <param name="ct">The token to monitor for cancellation requests. It stops only this caller's wait.</param>
    /// <exception cref="TokenRefusedException">Wix does not accept the refresh token, and nobody exchanged it.</exception>
    /// <exception cref="WixUnavailableException">There was no usable answer.</exception>
    public async Task<Session> RenewAsync(Session session, ClientAddress client, CancellationToken ct)
    {
        var digest = TokenDigest.Of(session.Refresh!); // the caller's part
        var state = (This: this, Digest: digest, Session: session, Client: client);
        try
        {
            return session.Renewed(
                await _flights.RunAsync(digest, state, static state => state.This.RenewAsync(state.Digest, state.Session, state.Client), ct)
                    .ConfigureAwait(false));
        }
        catch (WixUnavailableException e) when (e.IsRateLimit && !budget.IsSpent(client, out _))
        {
            // Another network's flight, which may not ask; this one may.
            return session.Renewed(
                await _flights.RunAsync(digest, state, static state => state.This.RenewAsync(state.Digest, state.Session, state.Client), ct)
                    .ConfigureAwait(false));
        }
    }

    /// <summary>
    /// Returns the sessions for which other nodes exchanged a session's refresh token, one after the other; empty if there are none.
    /// </summary>
    public async Task<IReadOnlyList<Session>> FindLaterAsync(SharedCache.Work work, Session session)
    {
        List<Session> later = [];
        while (later.Count < MaxHops && session.Refresh is { } refresh
            && await shared.FindAsync(work, TokenDigest.Of(refresh)).ConfigureAwait(false) is { } next
            && !refresh.Equals(next.Refresh))
        {
            later.Add(session = next);
        }

        return later;
    }

    /// <summary>
    /// Returns the session with its next tokens while its current ones are still valid; <see langword="null"/> if none are available for
    /// now.
    /// </summary>
    public async Task<Session?> TryRenewAheadAsync(Session session, ClientAddress client, CancellationToken ct)
    {
        if (session.Refresh is not { } refresh)
            return null;
        var digest = TokenDigest.Of(refresh);
        if (_failing.TryGet(digest, out var failing) && time.GetUtcNow() < failing.Until)
            return null;
        try
        {
            return await RenewAsync(session, client, ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TokenRefusedException or WixUnavailableException)
        {
            var until = time.GetUtcNow() + RetryAheadAfter;
            _failing.Set(digest, client.Neighbourhood, new(until, 0), until);
            return null;
        }
    }

    private async Task<IssuedToken> RenewAsync(TokenDigest digest, Session session, ClientAddress client)
    {
        var now = time.GetUtcNow();
        // Another request's renewal may have ended between this one's look and its flight.
        if (_renewed.TryGet(digest, out var kept) && IsNews(kept, session, now))
            return kept;
        if (_refused.TryGet(digest, out var refused) && now < refused.Until)
            throw new TokenRefusedException(refused.Status);
        var work = shared.Begin();
        if (await FindSharedAsync(work, digest, session, client).ConfigureAwait(false) is { } told)
            return told;
        try
        {
            var issued = await budget.AskAsync(
                client, (Endpoint: endpoint, Token: session.Refresh!),
                static state => state.Endpoint.RefreshAsync(state.Token, CancellationToken.None), static _ => false).ConfigureAwait(false);
            await shared.TellRenewedAsync(work, digest, session.Renewed(issued), time.GetUtcNow()).ConfigureAwait(false);
            if (!await shared.IsEndedAsync(work, digest).ConfigureAwait(false))
            {
                _renewed.Set(digest, client.Neighbourhood, issued, issued.ExpiresAt + KeepAfter);
                return issued;
            }

            // Another node has logged it out meanwhile, and may not have seen what was told just now.
            if (issued.RefreshToken is { } next)
                await shared.TellEndedAsync(work, TokenDigest.Of(next)).ConfigureAwait(false);
        }
        catch (TokenRefusedException e)
        {
            // Where Wix gives a new refresh token for each old one, another node may have been faster.
            foreach (var wait in shared.IsOn ? Waits : [])
            {
                await Task.Delay(wait, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
                if (await FindSharedAsync(work, digest, session, client).ConfigureAwait(false) is { } late)
                    return late;
            }

            var until = time.GetUtcNow() + options.Now.TokenInfo.RefusedCacheDuration;
            _refused.Set(digest, client.Neighbourhood, new(until, e.Status), until);
            throw;
        }

        throw new TokenRefusedException(StatusCodes.LoggedOut);
    }

    private async Task<IssuedToken?> FindSharedAsync(SharedCache.Work work, TokenDigest digest, Session session, ClientAddress client)
    {
        if (await shared.IsEndedAsync(work, digest).ConfigureAwait(false))
            throw new TokenRefusedException(StatusCodes.LoggedOut);
        if (await shared.FindAsync(work, digest).ConfigureAwait(false) is not { Access: { } access } told)
            return null;
        var now = time.GetUtcNow();
        var issued = new IssuedToken(access, told.IssuedAt ?? now, told.ExpiresAt, told.Refresh);
        if (!IsNews(issued, session, now))
            return null;
        _renewed.Set(digest, client.Neighbourhood, issued, issued.ExpiresAt + KeepAfter);
        return issued;
    }

    private static bool IsNews(IssuedToken issued, Session session, DateTimeOffset now) =>
        now < issued.ExpiresAt && !issued.Token.Equals(session.Access);

    private sealed record Refused(DateTimeOffset Until, int Status);

    private static class StatusCodes
    {
        /// <summary>The status of a session that was logged out. It does not come from Wix.</summary>
        public const int LoggedOut = 401;
    }
}
