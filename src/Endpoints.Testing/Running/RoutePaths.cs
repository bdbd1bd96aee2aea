using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Endpoints.Testing.Running;

/// <summary>Creates paths that lead to an endpoint, with a value for each route parameter that its constraints allow.</summary>
internal sealed class RoutePaths(IDictionary<string, string> given, ParameterPolicyFactory policies)
{
    private static readonly string[] Candidates =
        ["1", "a", "true", "6f9619ff-8b86-d011-b42d-00c04fc964ff", "2026-01-01", "1.5", "abcdefgh", "abcdefghijklmnop", "100", "12345",
            "a.txt", "en", "A1", "00001"];

    /// <summary>Returns the paths to try, the likeliest first.</summary>
    public IEnumerable<string> For(RoutePattern pattern)
    {
        var values = pattern.Parameters.ToDictionary(static parameter => parameter.Name, parameter => ValuesFor(pattern, parameter),
            StringComparer.OrdinalIgnoreCase);
        var count = values.Values.Select(static list => list.Count).DefaultIfEmpty(1).Max();
        return Enumerable.Range(0, count).Select(n => Path(pattern, name => values[name][Math.Min(n, values[name].Count - 1)])).Distinct();
    }

    private static string Path(RoutePattern pattern, Func<string, string> value)
    {
        var path = new StringBuilder();
        foreach (var segment in pattern.PathSegments)
        {
            path.Append('/');
            foreach (var part in segment.Parts)
            {
                path.Append(part switch
                {
                    RoutePatternLiteralPart literal => Uri.EscapeDataString(literal.Content),
                    RoutePatternSeparatorPart separator => separator.Content,
                    RoutePatternParameterPart { IsCatchAll: true } rest =>
                        string.Join('/', value(rest.Name).Split('/').Select(Uri.EscapeDataString)),
                    RoutePatternParameterPart parameter => Uri.EscapeDataString(value(parameter.Name)),
                    _ => "",
                });
            }
        }

        return path.Length == 0 ? "/" : path.ToString();
    }

    private List<string> ValuesFor(RoutePattern pattern, RoutePatternParameterPart parameter)
    {
        if (given.TryGetValue(parameter.Name, out var own))
            return [own];
        // Conventional routing: this pattern stands for one controller and action.
        if (pattern.RequiredValues.TryGetValue(parameter.Name, out var required) && required?.ToString() is { Length: > 0 } needed)
            return [needed];

        var constraints = parameter.ParameterPolicies.Select(reference => policies.Create(parameter, reference)).OfType<IRouteConstraint>()
            .ToList();
        var fitting = Candidates.Where(candidate => constraints.All(constraint =>
            constraint.Match(httpContext: null, route: null, parameter.Name, new() { [parameter.Name] = candidate },
                RouteDirection.IncomingRequest))).ToList();
        return fitting.Count > 0 ? fitting : [Candidates[0]];
    }
}
