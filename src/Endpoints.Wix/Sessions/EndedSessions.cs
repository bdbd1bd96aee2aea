using System.Diagnostics.Metrics;
using Endpoints.RateLimiting;
using Endpoints.Wix.Memory;
using Endpoints.Wix.Telemetry;
using Endpoints.Wix.Values;

namespace Endpoints.Wix.Sessions;

/// <summary>
/// Holds the sessions that were logged out here. A copy of their cookie, or an answer that is still under way, can't bring them back.
/// </summary>
/// <remarks>
/// Thread-safe. Keys are digests of ids and of tokens. Sessions that Wix has confirmed to be a member's are remembered apart from those
/// that anybody may have made up, and each kind by whose they are: whoever logs out more often than others is forgotten first. A node knows
/// its own only; <see cref="SharedSessions"/> tells the others.
/// </remarks>
internal sealed class EndedSessions
{
    private const int Confirmed = 100_000;
    private const int Unconfirmed = 5_000;

    private static readonly object Mark = new();

    private readonly TimeProvider _time;
    private readonly FairCache<TokenDigest, object> _confirmed;
    private readonly FairCache<TokenDigest, object> _unconfirmed;

    private long _count;

    public EndedSessions(TimeProvider time, WixTelemetry telemetry)
    {
        (_time, _confirmed, _unconfirmed) = (time, new(Confirmed, time), new(Unconfirmed, time));
        telemetry.Meter.CreateObservableUpDownCounter<int>(
            "endpoints.wix.ended_sessions",
            () => new Measurement<int>[]
            {
                new(_confirmed.Count, new KeyValuePair<string, object?>("confirmed", true)),
                new(_unconfirmed.Count, new KeyValuePair<string, object?>("confirmed", false)),
            },
            "{entry}",
            "The number of entries that record which sessions were logged out on this node.");
    }

    /// <summary>
    /// Gets the number of sessions that have been ended so far. A caller that has looked at the same number need not look again.
    /// </summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Remembers a session that Wix has confirmed.</summary>
    /// <param name="session">The session.</param>
    /// <param name="owner">The owner of the session, as a number.</param>
    public void Add(Session session, ulong owner) => Add(_confirmed, session, owner);

    /// <summary>Remembers a session that may have been made up.</summary>
    /// <param name="session">The session.</param>
    /// <param name="client">The client that sent it.</param>
    public void AddUnconfirmed(Session session, ClientAddress client) => Add(_unconfirmed, session, client.Neighbourhood);

    public bool Contains(Session session)
    {
        if (_confirmed.Count == 0 && _unconfirmed.Count == 0)
            return false;
        return (session.Id is { } id && Contains(TokenDigest.Of(new AccessToken(id))))
            || ((session.Refresh ?? session.Access) is { } token && Contains(TokenDigest.Of(token)));
    }

    private bool Contains(TokenDigest digest) => _confirmed.TryGet(digest, out _) || _unconfirmed.TryGet(digest, out _);

    private void Add(FairCache<TokenDigest, object> to, Session session, ulong group)
    {
        var until = _time.GetUtcNow() + SharedSessions.RememberEnded;
        if (session.Id is { } id)
            to.Set(TokenDigest.Of(new AccessToken(id)), group, Mark, until);
        if ((session.Refresh ?? session.Access) is { } token)
            to.Set(TokenDigest.Of(token), group, Mark, until);
        Interlocked.Increment(ref _count); // when it can be found
    }
}
