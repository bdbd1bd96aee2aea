using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.Extensions.Options;

namespace Endpoints.Routing;

/// <summary>Lets ASP.NET Core's matcher choose among files as Astro does: the file first, by Astro's order, and then its method.</summary>
/// <remarks>
/// It comes after the framework's own policies. They see one endpoint for each file, which tells them no method, so a host condition divides the files before
/// this policy orders them; and the endpoint it chooses is not taken apart again, so that HEAD can be answered by what answers GET.
/// </remarks>
internal sealed class FileRouteMatcherPolicy(IOptions<FileRouteOptions> options) : MatcherPolicy, INodeBuilderPolicy, IEndpointSelectorPolicy
{
    private readonly TrailingSlash _setting = options.Value.TrailingSlash;

    public override int Order => 10_000;

    bool INodeBuilderPolicy.AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => HasFiles(endpoints);

    /// <remarks>After the nodes are built, files are among the endpoints only where their templates could not decide.</remarks>
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
