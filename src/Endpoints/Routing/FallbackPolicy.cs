using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Endpoints.Routing;

/// <summary>
/// Prevents a fallback for pages from answering in the folders of endpoint files: a path that no file owns there is not found.
/// </summary>
/// <remarks>
/// It runs before the framework's own policies: a policy that answers 405 for the fallback could not be distinguished later from an
/// existing address. A fallback whose own pattern begins with the folder is meant for the folder, and stays.
/// </remarks>
internal sealed class FallbackPolicy(FileRouteRegistry registry) : MatcherPolicy, INodeBuilderPolicy
{
    public override int Order => -10_000;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) =>
        registry.Roots.Count > 0 && endpoints.Any(static endpoint => Fallback(endpoint) is not null);

    public IReadOnlyList<PolicyNodeEdge> GetEdges(IReadOnlyList<Endpoint> endpoints)
    {
        var edges = new List<PolicyNodeEdge> { new("", endpoints) };
        foreach (var root in registry.Roots)
        {
            var inside = endpoints.Where(endpoint => Fallback(endpoint) is not { } pattern || BeginsWith(pattern, root)).ToArray();
            if (inside.Length > 0)
                edges.Add(new(root, inside));
        }
        return edges;
    }

    public PolicyJumpTable BuildJumpTable(int exitDestination, IReadOnlyList<PolicyJumpTableEdge> edges)
    {
        var destinations = edges.ToDictionary(static edge => (string)edge.State, static edge => edge.Destination);
        return new RootTable(
            [.. registry.Roots.Select(root => (new PathString(root), destinations.GetValueOrDefault(root, exitDestination)))],
            destinations[""]);
    }

    /// <summary>Returns the pattern of a fallback, or null for other endpoints.</summary>
    private static RoutePattern? Fallback(Endpoint endpoint) =>
        endpoint is RouteEndpoint { Order: int.MaxValue, RoutePattern: var pattern } ? pattern : null;

    private static bool BeginsWith(RoutePattern pattern, string root)
    {
        var folders = root.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return pattern.PathSegments.Count >= folders.Length
            && folders.Index()
                .All(folder => pattern.PathSegments[folder.Index].Parts is [RoutePatternLiteralPart literal]
                    && literal.Content.Equals(folder.Item, StringComparison.OrdinalIgnoreCase));
    }

    private sealed class RootTable((PathString Root, int Destination)[] roots, int elsewhere) : PolicyJumpTable
    {
        public override int GetDestination(HttpContext httpContext)
        {
            foreach (var (root, destination) in roots)
            {
                if (httpContext.Request.Path.StartsWithSegments(root, StringComparison.OrdinalIgnoreCase))
                    return destination;
            }
            return elsewhere;
        }
    }
}
