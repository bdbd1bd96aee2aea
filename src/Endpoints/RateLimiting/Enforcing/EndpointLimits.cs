using System.Globalization;
using Endpoints.Shared.Limits;

namespace Endpoints.RateLimiting.Enforcing;

/// <summary>
/// Represents the limits of one endpoint, created with the endpoint. As metadata, they prove that the limits are enforced.
/// </summary>
internal sealed class EndpointLimits : IEndpointGuardMetadata
{
    private EndpointLimits(string name, LimitUse[] first, LimitUse[] callers)
    {
        Name = name;
        First = first;
        Callers = callers;
    }

    /// <summary>Gets the endpoint's name.</summary>
    public string Name { get; }

    /// <summary>Gets the limits that are checked before any work is done.</summary>
    public LimitUse[] First { get; }

    /// <summary>Gets the limits that are checked when the caller is known.</summary>
    public LimitUse[] Callers { get; }

    /// <summary>Creates the limits from the endpoint's attributes.</summary>
    /// <param name="name">The endpoint's name.</param>
    /// <param name="template">The route's template.</param>
    /// <param name="metadata">The endpoint's metadata.</param>
    /// <param name="scopes">The application's limits.</param>
    /// <param name="more">The limits of the endpoint's guards, which come first.</param>
    /// <exception cref="InvalidOperationException">A rule does not exist, or a limit is malformed.</exception>
    public static EndpointLimits Of(string name, string template, IEnumerable<object> metadata, RateLimitScopes scopes,
        IReadOnlyList<LimitUse>? more = null)
    {
        var uses = new List<LimitUse>(more ?? []);
        var isClosed = more is not null;
        IReadOnlyList<object> all = [.. metadata];
        var places = new LimitPlaces(template, all);
        foreach (var attribute in all.OfType<RateLimitAttribute>().Distinct())
        {
            if (attribute.Cost < 0)
                throw Wrong("Cost is negative.");
            foreach (var text in attribute.Limits.Split(',', StringSplitOptions.TrimEntries))
            {
                var scope = scopes.Find(text, template);
                if (scope is null)
                {
                    var limit = LimitText.TryParse(text, out var flaw) ?? throw Wrong(text.Contains('/', StringComparison.Ordinal)
                        ? LimitText.Explain(text, flaw) + "."
                        : $"there is no rule '{text}'. Add it with builder.Services.AddRateLimits(options => "
                            + $"options.AddRule(\"{text}\", \"30/1m\")), or write a limit such as \"30/1m\".");
                    scope = scopes.Written(
                        template, places.Of(attribute, "limit", attribute.IsOfOne, attribute.By, limit.ToString()), limit, attribute.By);
                }

                uses.Add(new(scope, attribute.Cost) { IsClosed = isClosed });
            }
        }

        return uses.Count <= MostRules
            ? new(name, [.. uses.Where(static use => !use.Scope.Rule.NeedsCaller)],
                [.. uses.Where(static use => use.Scope.Rule.NeedsCaller)])
            : throw Wrong($"there are {uses.Count} limits, and {MostRules} are the most.");

        InvalidOperationException Wrong(string what) => new($"[RateLimit] on {name}: {what}");
    }

    /// <summary>Gets all limits, in the order in which they are checked.</summary>
    public IEnumerable<LimitUse> All => First.Concat(Callers);

    public IReadOnlyList<EndpointGuard> Describe() =>
        [.. All.Select(static (use, place) => new EndpointGuard("Rate", Describe(use, place + 1), IsLimit: true))];

    private const int MostRules = 16;

    private static string Describe(LimitUse use, int place)
    {
        var rule = use.Scope.Rule;
        if (rule.Limiter is not null)
            return $"{place}. {use.Scope.Name}: a limiter of the application";
        var seconds = rule.Window.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        var count = rule.Limit.ToString(CultureInfo.InvariantCulture);
        var limit = rule.Algorithm switch
        {
            RateLimitAlgorithm.Concurrency => $"{count} at a time",
            RateLimitAlgorithm.SlidingWindow => $"{count} in any {seconds} s",
            RateLimitAlgorithm.TokenBucket => $"{count} per {seconds} s, {rule.Capacity.ToString(CultureInfo.InvariantCulture)} at once",
            _ => $"{count} per {seconds} s",
        };
        var text = use.Scope.Name.Contains('/', StringComparison.Ordinal) ? use.Scope.Name : $"{use.Scope.Name}: {limit}";
        var by = $"{rule.By.ToString().ToLowerInvariant()}{(rule.Key is null ? "" : " and a key")}";
        return $"{place}. {text}, by {by}{(rule.MonitorOnly ? ", monitored only" : "")}";
    }
}
