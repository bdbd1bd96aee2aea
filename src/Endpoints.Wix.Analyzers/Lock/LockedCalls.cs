using Endpoints.Shared.Collections;
using Endpoints.Shared.Lock;
using Endpoints.Wix.Analyzers.Calls;

namespace Endpoints.Wix.Analyzers.Lock;

/// <summary>Writes the calls to Wix that an endpoint's code can make into its entry.</summary>
internal static class LockedCalls
{
    private static readonly EquatableArray<string> Unknown = new[] { LockedEndpoint.Unknown }.ToEquatableArray();

    /// <summary>Returns an entry with calls, or <c>?</c> if the endpoint's handler can't be seen.</summary>
    public static LockedEndpoint WithCalls(this LockedEndpoint entry, ReachedCalls? calls) => calls is null
        ? entry with { Calls = default(EquatableArray<LockedCall>), Unseen = Unknown }
        : entry with
        {
            Calls = calls.Calls.GroupBy(static one => one.Call.Operation, StringComparer.Ordinal)
                .Select(static group => new LockedCall(group.Key, group.SelectMany(static one => one.Call.Permissions).Distinct()
                    .OrderBy(static id => id, StringComparer.Ordinal).ToEquatableArray())).ToEquatableArray(),
            Unseen = calls.Unseen.ToEquatableArray(),
        };
}
