using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.Extensions.Options;

namespace Endpoints.Routing;

/// <summary>Makes ASP.NET Core's matcher choose among files as Astro does: first the file, in Astro's order, and then its method.</summary>
/// <remarks>
/// It runs after the framework's own policies. They see one endpoint for each file, without methods, so a host condition divides the files
/// before this policy orders them. The endpoint that it chooses is not divided again, so that a GET handler can answer HEAD.
/// </remarks>
internal sealed class FileRouteMatcherPolicy(
    IOptions<FileRouteOptions> options) : MatcherPolicy, INodeBuilderPolicy, IEndpointSelectorPolicy
{
    private readonly TrailingSlash _setting = options.Value.TrailingSlash;

    public override int Order => 10_000;

    bool INodeBuilderPolicy.AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => HasFiles(endpoints);

    /// <remarks>After the nodes are built, files remain among the endpoints only if their templates could not decide.</remarks>
    bool IEndpointSelectorPolicy.AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => HasFiles(endpoints);

    public IReadOnlyList<PolicyNodeEdge> GetEdges(IReadOnlyList<Endpoint> endpoints)
    {
        var tables = new MatchTableBuilder(endpoints, _setting);
        var edges = new PolicyNodeEdge[tables.Edges.Count];
        for (var i = 0; i < edges.Length; i++)
            edges[i] = new PolicyNodeEdge(new FileRouteEdge(tables, i), tables.Edges[i]);
        return edges;
    }

    public PolicyJumpTable BuildJumpTable(int exitDestination, IReadOnlyList<PolicyJumpTableEdge> edges)
    {
        var destinations = new int[edges.Count];
        for (var i = 0; i < edges.Count; i++)
            destinations[((FileRouteEdge)edges[i].State).Index] = edges[i].Destination;
        return new FileRouteJumpTable(((FileRouteEdge)edges[0].State).Tables, _setting, exitDestination, destinations);
    }

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        FileMatcher.Apply(httpContext, candidates, _setting);
        return Task.CompletedTask;
    }

    private static bool HasFiles(IReadOnlyList<Endpoint> endpoints)
    {
        for (var i = 0; i < endpoints.Count; i++)
        {
            if (FileNode.Of(endpoints[i]) is not null)
                return true;
        }
        return false;
    }

    private sealed class FileRouteEdge(MatchTableBuilder tables, int index)
    {
        public MatchTableBuilder Tables => tables;

        public int Index => index;
    }
}
