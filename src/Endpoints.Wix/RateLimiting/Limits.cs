using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Endpoints.Wix.RateLimiting;

/// <summary>The limits of the application's endpoints: one for each attribute and route, whichever methods the route answers.</summary>
/// <remarks>Thread-safe. Found when endpoints are made, never by a request. A limit goes when the endpoints of its attribute have gone.</remarks>
internal sealed class Limits(NetworkShares shares, TimeProvider time)
{
    // By the attribute itself: two that say the same, each on its own method, are two limits.
    private readonly ConditionalWeakTable<ElevateAttribute, ConcurrentDictionary<string, Limit>> _known = [];

    /// <summary>The limit of an attribute on a route.</summary>
    public Limit For(ElevateAttribute attribute, string template, RateLimitRule rule) => _known
        .GetValue(attribute, static _ => new(StringComparer.OrdinalIgnoreCase))
        .GetOrAdd(template.Trim('/'), static (_, made) => new(made.Rule, made.Shares, made.Time), (Rule: rule, Shares: shares, Time: time));
}
