using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Endpoints.Shared.Limits;
using Microsoft.Extensions.Options;

namespace Endpoints.RateLimiting.Enforcing;

/// <summary>The limits of the application's endpoints. Found when endpoints are made, never by a request.</summary>
/// <remarks>Thread-safe. A limit that is written out belongs to where it is written and to the route, and goes when the endpoints have gone; one with a name is the application's.</remarks>
internal sealed class RateLimitScopes(IOptions<RateLimitOptions> options)
{
    private readonly ConditionalWeakTable<object, ConcurrentDictionary<string, RateLimitScope>> _written = [];
    private readonly ConcurrentDictionary<string, RateLimitScope> _named = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _places = new(StringComparer.Ordinal);

    /// <summary>A named rule.</summary>
    /// <returns>Its limit; null when there is no such rule.</returns>
    public RateLimitScope? Find(string name, string template)
    {
        if (!options.Value.Rules.TryGetValue(name, out var rule))
            return null;
        return Named(name, rule, (rule.By & RateLimitBy.Route) != 0 ? Route(template) : "");
    }

    /// <summary>A named rule that there is, counted apart for a place that is no route.</summary>
    public RateLimitScope Known(string name, string place) => Named(name, options.Value.Rules[name], place);

    /// <summary>A rule that is written out where it holds.</summary>
    /// <param name="where">Where: two that say the same in two places are two limits.</param>
    /// <param name="limit">The limit.</param>
    /// <param name="by">What it counts by.</param>
    /// <param name="template">The route's template.</param>
    public RateLimitScope Written(object where, LimitText limit, RateLimitBy by, string template)
    {
        var name = limit.ToString();
        var route = Route(template);
        return _written
            .GetValue(where, static _ => new(StringComparer.Ordinal))
            .GetOrAdd($"{name}\n{(int)by}\n{route}", _ =>
            {
                // Endpoints are made in the same order on every node.
                var text = string.Create(CultureInfo.InvariantCulture, $"{route} {(int)by}");
                var number = _places.AddOrUpdate($"{name} {text}", 1, static (_, last) => last + 1);
                return new(
                    name,
                    new() { Limit = limit.Count, Window = TimeSpan.FromSeconds(limit.Seconds), By = by },
                    string.Create(CultureInfo.InvariantCulture, $"{text} {number}"));
            });
    }

    private RateLimitScope Named(string name, RateLimitRule rule, string place) =>
        _named.GetOrAdd($"{place}\n{name}", static (_, made) => new(made.name, made.rule.Copy(), made.place), (name, rule, place));

    private static string Route(string template) => template.Trim('/').ToLowerInvariant();
}
