using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Endpoints.Routing;

/// <summary>Keeps a fallback for pages from answering in the folders of endpoint files: what no file owns there is not found.</summary>
/// <remarks>
/// It comes before the framework's own policies: one that answers 405 for the fallback would be too late to tell from an address that exists. A fallback whose own
/// pattern begins with the folder is for the folder, and stays.
/// </remarks>
internal sealed class FallbackPolicy(FileRouteRegistry registry) : MatcherPolicy, INodeBuilderPolicy
{
    public override int Order => -10_000;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => registry.Roots.Count > 0 && endpoints.Any(static endpoint => Fallback(endpoint) is not null);

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
        return new RootTable([.. registry.Roots.Select(root => (new PathString(root), destinations.GetValueOrDefault(root, exitDestination)))], destinations[""]);
    }

    /// <summary>The pattern of a fallback; null for other endpoints.</summary>
    private static RoutePattern? Fallback(Endpoint endpoint) => endpoint is RouteEndpoint { Order: int.MaxValue, RoutePattern: var pattern } ? pattern : null;

    private static bool BeginsWith(RoutePattern pattern, string root)
    {
        var folders = root.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return pattern.PathSegments.Count >= folders.Length
            && folders.Index().All(folder => pattern.PathSegments[folder.Index].Parts is [RoutePatternLiteralPart literal] && literal.Content.Equals(folder.Item, StringComparison.OrdinalIgnoreCase));
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
