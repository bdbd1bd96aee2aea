using Endpoints.Shared.Lock;

namespace Endpoints.Wix.Elevation.Locking;

/// <summary>Finds the lock's entry for each running endpoint.</summary>
internal static class LockPairs
{
    /// <summary>
    /// Returns the entry for each endpoint: the one that matches it best, and one that no other endpoint has as long as there is one;
    /// <see langword="null"/> if none matches.
    /// </summary>
    public static LockedEndpoint?[] Of(IReadOnlyList<GuardedRoute> routes, IReadOnlyCollection<LockedEndpoint> locked)
    {
        var entries = new LockedEndpoint?[routes.Count];
        var free = locked.ToHashSet(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < routes.Count; i++)
        {
            var route = routes[i];
            entries[i] = locked
                .Select(entry => (Entry: entry, Fit: route.Fit(entry)))
                .Where(static found => found.Fit > 0)
                .OrderByDescending(static found => found.Fit)
                .ThenByDescending(found => free.Contains(found.Entry))
                .ThenBy(found => route.Differences(found.Entry).Count())
                .Select(static found => found.Entry)
                .FirstOrDefault();
            if (entries[i] is { } taken)
                free.Remove(taken);
        }

        return entries;
    }
}
