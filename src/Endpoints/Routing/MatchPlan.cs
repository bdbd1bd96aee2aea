using Endpoints.Naming;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Routing;

/// <summary>What the matcher does with the requests that reach one set of endpoints: worked out once, when the routes are built.</summary>
/// <remarks>
/// For each kind of path the first file decides in the order of the routes. If its template captures precisely its route, it owns every path that gets here,
/// and the method leads straight to an endpoint. If not, it and those after it, up to the first that does, stay candidates for <see cref="FileChoice"/>.
/// </remarks>
internal sealed class MatchPlan
{
    private readonly List<IReadOnlyList<Endpoint>> _edges = [];
    private readonly Dictionary<Endpoint, int> _edgeOf = [];
    private readonly IReadOnlyList<Endpoint> _others;
    private readonly TrailingSlash _setting;

    /// <param name="endpoints">All endpoints that the matcher found, files' and others.</param>
    /// <param name="setting">What becomes of a trailing slash.</param>
    public MatchPlan(IReadOnlyList<Endpoint> endpoints, TrailingSlash setting)
    {
        _setting = setting;
        _others = [.. endpoints.Where(static endpoint => endpoint.Metadata.GetMetadata<FileMatch>() is null)];
        var files = endpoints
            .Select(static endpoint => (Endpoint: endpoint, Match: endpoint.Metadata.GetMetadata<FileMatch>()!))
            .Where(static file => file.Match is not null)
            .OrderBy(static file => file.Match.Pattern.Route, RouteOrder.Instance)
            .ToArray();

        NoFile = Destination(_others.Count == 0 ? -1 : Edge(_others));
        for (var kind = 0; kind < RequestPaths.Kinds; kind++)
            Kinds[kind] = IsPossible((RequestPath)kind, files) ? For((RequestPath)kind, files) : NoFile;
    }

    /// <summary>The lists of endpoints among which the matcher goes on to choose.</summary>
    public IReadOnlyList<IReadOnlyList<Endpoint>> Edges => _edges;

    /// <summary>Where a path goes that belongs to no file.</summary>
    public PathPlan NoFile { get; }

    /// <summary>Where the others go, by <see cref="RequestPath"/>.</summary>
    public PathPlan[] Kinds { get; } = new PathPlan[RequestPaths.Kinds];

    private bool IsPossible(RequestPath path, (Endpoint Endpoint, FileMatch Match)[] files) => path switch
    {
        RequestPath.FileLike => _setting == TrailingSlash.Always,
        RequestPath.Root => files.Any(static file => file.Match.Pattern.Route.Segments.All(static segment => segment.HasRest)),
        _ => true,
    };

    private PathPlan For(RequestPath path, (Endpoint Endpoint, FileMatch Match)[] files)
    {
        var admitted = files.Where(file => RequestPaths.Admits(path, _setting, file.Match.Pattern.NeverTakesTrailingSlash)).ToArray();
        if (admitted.Length == 0)
            return NoFile;

        var first = admitted[0].Match;
        if (RequestPaths.Redirects(path, _setting) && first.Pattern.IsExact)
            return Destination(Edge(first.Redirect));
        if (first.IsExactFor(path))
        {
            return new PathPlan(
                first.Methods.Select(Edge),
                first.MethodsWithoutRest?.Select(Edge),
                first.Pattern.Route.Segments.Count - 1);
        }

        var undecided = admitted.TakeWhile(file => !file.Match.IsExactFor(path)).Count();
        return Destination(Edge([.. _others, .. admitted.Take(undecided + 1).Select(static file => file.Endpoint)]));
    }

    private static PathPlan Destination(int edge) => new(new MethodMap<int>([], edge, []), null, 0);

    private int Edge(Endpoint endpoint)
    {
        if (!_edgeOf.TryGetValue(endpoint, out var edge))
            _edgeOf[endpoint] = edge = Edge([.. _others, endpoint]);
        return edge;
    }

    private int Edge(IReadOnlyList<Endpoint> endpoints)
    {
        var known = _edges.FindIndex(edge => edge.SequenceEqual(endpoints));
        if (known >= 0)
            return known;
        _edges.Add(endpoints);
        return _edges.Count - 1;
    }
}
