using Endpoints.Shared.Naming;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Endpoints.Routing;

/// <summary>
/// Builds the tables with which the matcher routes the requests for one set of endpoints, once, when the routes are built.
/// </summary>
/// <remarks>
/// For each kind of path, the first file in the order of the routes decides. If its template matches exactly its route, it owns every path
/// that gets here, and the method leads straight to an endpoint. If not, it and those after it, up to the first exact one, stay candidates
/// for <see cref="FileMatcher"/>. The generator has ordered the routes of one assembly; here, those of several assemblies are merged, under
/// groups' prefixes.
/// </remarks>
internal sealed class MatchTableBuilder
{
    private readonly List<List<Endpoint>> _edges = [];
    private readonly Dictionary<Endpoint, int> _edgeOf = [];
    private readonly List<Endpoint> _others = [];
    private readonly List<Endpoint> _files = [];
    private readonly TrailingSlash _setting;

    /// <param name="endpoints">All endpoints that the matcher found, including those that are not of files.</param>
    /// <param name="setting">The handling of a trailing slash.</param>
    public MatchTableBuilder(IReadOnlyList<Endpoint> endpoints, TrailingSlash setting)
    {
        _setting = setting;
        foreach (var endpoint in endpoints)
            (FileNode.Of(endpoint) is null ? _others : _files).Add(endpoint);
        if (_files.Count > 1)
            _files = [.. _files.OrderBy(static file => FileNode.Of(file)!.Pattern.Route, RouteOrder.Instance)];

        NoFile = Destination(_others.Count == 0 ? -1 : Edge(_others));
        for (var kind = 0; kind < PathForms.Kinds; kind++)
            Kinds[kind] = IsPossible((PathForm)kind) ? For((PathForm)kind) : NoFile;
    }

    /// <summary>Gets the lists of endpoints among which the matcher continues to choose.</summary>
    public IReadOnlyList<IReadOnlyList<Endpoint>> Edges => _edges;

    /// <summary>Gets the destination of paths that belong to no file.</summary>
    public PathNode NoFile { get; }

    /// <summary>Gets the destinations of the other paths, by <see cref="PathForm"/>.</summary>
    public PathNode[] Kinds { get; } = new PathNode[PathForms.Kinds];

    /// <summary>Gets a value that indicates whether the matcher lets empty segments pass, as part of catch-all values only.</summary>
    public bool TakesEmptySegments => _files.Exists(static file => FileNode.Of(file)!.Pattern is not { IsExact: true, WithoutRest: null });

    private bool IsPossible(PathForm path) => path switch
    {
        PathForm.FileLike => _setting == TrailingSlash.Always,
        PathForm.Root => _files.Exists(static file => FileNode.Of(file)!.Pattern.Route.Segments.All(static segment => segment.HasRest)),
        _ => true,
    };

    private PathNode For(PathForm path)
    {
        var candidates = new List<Endpoint>(_others);
        foreach (var endpoint in _files)
        {
            var file = FileNode.Of(endpoint)!;
            if (!PathForms.Admits(path, _setting, file.Pattern.NeverTakesTrailingSlash))
                continue;

            var isFirst = candidates.Count == _others.Count;
            if (isFirst && file.Pattern.IsExact && PathForms.Redirects(path, _setting))
                return new PathNode(file.Methods, EdgesOf(file.Redirects), null, 0);
            if (isFirst && file.IsExactFor(path))
                return Owned(file);

            candidates.Add(endpoint);
            if (file.IsExactFor(path))
                break;
        }
        return candidates.Count == _others.Count ? NoFile : Destination(Edge(candidates));
    }

    private PathNode Owned(FileNode file) => new(
        file.Methods,
        EdgesOf(file.Answers),
        file.AnswersWithoutRest is { } answers ? EdgesOf(answers) : null,
        file.Pattern.Route.Segments.Count - 1);

    private static PathNode Destination(int edge) => new(null, [edge], null, 0);

    private int[] EdgesOf(RouteEndpoint[] answers)
    {
        var edges = new int[answers.Length];
        for (var i = 0; i < edges.Length; i++)
            edges[i] = Edge(answers[i]);
        return edges;
    }

    private int Edge(Endpoint endpoint)
    {
        if (!_edgeOf.TryGetValue(endpoint, out var edge))
            _edgeOf[endpoint] = edge = Edge([.. _others, endpoint]);
        return edge;
    }

    private int Edge(List<Endpoint> endpoints)
    {
        for (var known = 0; known < _edges.Count; known++)
        {
            if (_edges[known].SequenceEqual(endpoints))
                return known;
        }
        _edges.Add(endpoints);
        return _edges.Count - 1;
    }
}
