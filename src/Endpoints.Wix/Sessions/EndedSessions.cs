using Endpoints.Wix.Tokens;

namespace Endpoints.Wix.Sessions;

/// <summary>The sessions that were logged out here: a copy of their cookie, or an answer that is still under way, can't bring them back.</summary>
/// <remarks>
/// Thread-safe. Keys are ids of sessions and digests of refresh tokens, made by logging out with a session's cookie, at most
/// <see cref="Capacity"/> of each; the oldest are forgotten. A node knows its own only; <see cref="SharedSessions"/> tells the others.
/// </remarks>
internal sealed class EndedSessions
{
    private const int Capacity = 50_000;

    private static readonly object Mark = new();

    private readonly BoundedCache<string, object> _ids = new(Capacity);
    private readonly BoundedCache<TokenDigest, object> _refreshTokens = new(Capacity);

    private long _count;

    /// <summary>How many have been ended so far: who has looked when there were as many need not look again.</summary>
    public long Count => Interlocked.Read(ref _count);

    public void Add(Session session)
    {
        if (session.Id is { } id)
            _ids.Set(id, Mark);
        if (session.Refresh is { } refresh)
            _refreshTokens.Set(TokenDigest.Of(refresh), Mark);
        else if (session.Access is { } access)
            _refreshTokens.Set(TokenDigest.Of(access), Mark);
        Interlocked.Increment(ref _count); // when it can be found
    }

    public bool Contains(Session session)
    {
        if (session.Id is { } id && _ids.TryGet(id, out _))
            return true;
        return (session.Refresh ?? session.Access) is { } token && _refreshTokens.Count > 0 && _refreshTokens.TryGet(TokenDigest.Of(token), out _);
    }
}
