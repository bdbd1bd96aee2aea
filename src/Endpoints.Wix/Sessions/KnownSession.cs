using Endpoints.Wix.Identification;

namespace Endpoints.Wix.Sessions;

/// <summary>A session that was looked up among those that have ended.</summary>
/// <param name="sessions">Knows them.</param>
/// <param name="session">The session.</param>
/// <param name="endedBefore">How many had been ended by then.</param>
internal sealed class KnownSession(BrowserSessions sessions, Session session, long endedBefore) : ICallerSession
{
    public bool HasEnded => sessions.EndedCount != endedBefore && sessions.HasEnded(session);

    public async ValueTask<ICallerSession?> LookUpAsync()
    {
        var before = sessions.EndedCount;
        return await sessions.HasEndedAnywhereAsync(session).ConfigureAwait(false) ? null : new KnownSession(sessions, session, before);
    }
}
