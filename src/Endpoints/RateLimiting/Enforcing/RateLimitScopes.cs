using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Endpoints.Shared.Limits;
using Microsoft.Extensions.Options;

namespace Endpoints.RateLimiting.Enforcing;

/// <summary>
/// Provides the limits of the application's endpoints. They are looked up when endpoints are created, never by a request.
/// </summary>
/// <remarks>
/// Thread-safe. A limit that is written out belongs to its place and to the route, and is dropped with its endpoints. A named limit belongs
/// to the application.
/// </remarks>
internal sealed class RateLimitScopes(IOptions<RateLimitOptions> options)
{
    private readonly ConditionalWeakTable<object, ConcurrentDictionary<string, RateLimitScope>> _written = [];
    private readonly ConcurrentDictionary<string, RateLimitScope> _named = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _places = new(StringComparer.Ordinal);

    /// <summary>Finds a named rule.</summary>
    /// <returns>The limit, or null if there is no such rule.</returns>
    public RateLimitScope? Find(string name, string template)
    {
        if (!options.Value.Rules.TryGetValue(name, out var rule))
            return null;
        return Named(name, rule, (rule.By & RateLimitBy.Route) != 0 ? Route(template) : "");
    }

    /// <summary>Returns the limit of an existing named rule, counted separately for a place that is not a route.</summary>
    public RateLimitScope Known(string name, string place) => Named(name, options.Value.Rules[name], place);

    /// <summary>Returns the limit of a rule that is written out where it applies.</summary>
    /// <param name="where">The place of the rule. The same text in two places makes two limits.</param>
    /// <param name="limit">The limit.</param>
    /// <param name="by">The partition of the limit.</param>
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
