using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Endpoints.Wix.RateLimiting;

/// <summary>The limits of the application's endpoints: one for each rule and route, whichever methods the route answers.</summary>
/// <remarks>Thread-safe. Found when endpoints are made, never by a request. A limit goes when the endpoints of its rule have gone.</remarks>
internal sealed class Limits(NetworkShares shares, TimeProvider time)
{
    // By the rule itself: two that say the same, each on its own method, are two limits.
    private readonly ConditionalWeakTable<object, ConcurrentDictionary<string, Limit>> _known = [];

    /// <summary>The limit of a rule on a route.</summary>
    public Limit For(object rule, string template, WindowRule limit) => _known
        .GetValue(rule, static _ => new(StringComparer.OrdinalIgnoreCase))
        .GetOrAdd(template.Trim('/'), static (_, made) => new(made.Rule, made.Shares, made.Time), (Rule: limit, Shares: shares, Time: time));
}
