using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Matching;

namespace Endpoints.Routing;

/// <summary>Applies a <see cref="MatchTableBuilder"/> to a request. Allocates nothing.</summary>
internal sealed class FileRouteJumpTable : PolicyJumpTable
{
    private readonly PathNode _noFile;
    private readonly PathNode[] _kinds = new PathNode[PathForms.Kinds];
    private readonly TrailingSlash _setting;
    private readonly bool _takesEmptySegments;

    /// <param name="tables">The tables that were built at startup.</param>
    /// <param name="setting">The handling of a trailing slash.</param>
    /// <param name="none">The matcher's number for no edge.</param>
    /// <param name="destinations">The matcher's numbers for the edges.</param>
    public FileRouteJumpTable(MatchTableBuilder tables, TrailingSlash setting, int none, int[] destinations)
    {
        _setting = setting;
        _takesEmptySegments = tables.TakesEmptySegments;
        _noFile = tables.NoFile.With(none, destinations);
        for (var kind = 0; kind < _kinds.Length; kind++)
            _kinds[kind] = tables.Kinds[kind].With(none, destinations);
    }

    public override int GetDestination(HttpContext httpContext)
    {
        var path = httpContext.Request.Path.Value;
        var kind = _takesEmptySegments ? PathForms.Read(path, _setting) : PathForms.ReadWhole(path, _setting);
        return (kind == PathForm.Broken ? _noFile : _kinds[(int)kind]).Find(httpContext);
    }
}
