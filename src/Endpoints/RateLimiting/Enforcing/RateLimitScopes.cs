using System.Collections.Concurrent;
using Endpoints.Shared.Limits;
using Microsoft.Extensions.Options;

namespace Endpoints.RateLimiting.Enforcing;

/// <summary>
/// Provides the limits of the application's endpoints. They are looked up when endpoints are created, never by a request.
/// </summary>
/// <remarks>
/// Thread-safe. There are as many as the code has places for them. A limit that is written out belongs to its place and to the route. A
/// named limit belongs to the application.
/// </remarks>
internal sealed class RateLimitScopes(IOptions<RateLimitOptions> options)
{
    private readonly ConcurrentDictionary<string, (string Route, RateLimitScope Scope)> _written = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RateLimitScope> _named = new(StringComparer.Ordinal);

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

    /// <summary>Returns the limits of a named rule: those of a route if it counts by route; otherwise, all.</summary>
    /// <returns>The limits, or null if there is no such rule.</returns>
    public IReadOnlyList<RateLimitScope>? Named(string name, string template)
    {
        if (Find(name, template) is not { } first)
            return null;
        return (first.Rule.By & RateLimitBy.Route) != 0
            ? [first] : [.. _named.Values.Where(one => one.Name == name).OrderBy(static one => one.Place, StringComparer.Ordinal)];
    }

    /// <summary>Returns the limit of a rule that is written out where it applies.</summary>
    /// <param name="route">The route's template.</param>
    /// <param name="place">The place of the rule. The same text in two places makes two limits.</param>
    /// <param name="limit">The limit.</param>
    /// <param name="by">The partition of the limit.</param>
    public RateLimitScope Written(string route, string place, LimitText limit, RateLimitBy by) =>
        _written.GetOrAdd($"{place}\n{limit}", static (_, made) => (Route(made.route), new(
            made.limit.ToString(),
            new() { Limit = made.limit.Count, Window = TimeSpan.FromSeconds(made.limit.Seconds), By = made.by }, made.place)),
            (route, place, limit, by)).Scope;

    /// <summary>Returns the limits of a text that are written out on the endpoints of a route, in the order of their places.</summary>
    public IReadOnlyList<RateLimitScope> Written(string route, LimitText limit)
    {
        var (wanted, text) = (Route(route), limit.ToString());
        return
        [
            .. _written.Values.Where(one => one.Route == wanted && one.Scope.Name == text).Select(static one => one.Scope)
                .OrderBy(static scope => scope.Place, StringComparer.Ordinal),
        ];
    }

    /// <summary>Returns the text by which a route is known.</summary>
    public static string Route(string template) => template.Trim('/').ToLowerInvariant();

    private RateLimitScope Named(string name, RateLimitRule rule, string place) =>
        _named.GetOrAdd($"{place}\n{name}", static (_, made) => new(made.name, made.rule.Copy(), made.place), (name, rule, place));
}
