using Endpoints.Wix.Identification;

namespace Endpoints.Wix.Sessions;

/// <summary>Represents a session that was looked up among those that have ended.</summary>
/// <param name="lookup">The lookup of ended sessions.</param>
/// <param name="session">The session.</param>
/// <param name="endedBefore">The number of sessions that had been ended by then.</param>
internal sealed class KnownSession(EndedLookup lookup, Session session, long endedBefore) : ICallerSession
{
    public bool HasEnded => lookup.Count != endedBefore && lookup.HasEnded(session);

    public async ValueTask<ICallerSession?> LookUpAsync()
    {
        var before = lookup.Count;
        return await lookup.HasEndedAnywhereAsync(session).ConfigureAwait(false) ? null : new KnownSession(lookup, session, before);
    }
}
