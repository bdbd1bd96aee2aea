using Endpoints.Wix.Values;

namespace Endpoints.Wix.Sessions;

/// <summary>Looks up sessions among those that have ended, under all tokens that they had.</summary>
internal sealed class EndedLookup(EndedSessions ended, SharedSessions shared, SessionRenewals renewals)
{
    /// <summary>
    /// Gets the number of sessions that have been ended here. A caller that has looked at the same number need not look again.
    /// </summary>
    public long Count => ended.Count;

    /// <summary>Determines whether a session has been ended here.</summary>
    public bool HasEnded(Session session) =>
        ended.Contains(session) || (renewals.Latest(session) is var latest && latest != session && ended.Contains(latest));

    /// <summary>Determines whether a session has been ended, here or on another node.</summary>
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
}
