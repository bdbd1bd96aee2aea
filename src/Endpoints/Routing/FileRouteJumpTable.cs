using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Matching;

namespace Endpoints.Routing;

/// <summary>Carries out a <see cref="MatchTableBuilder"/> for a request. Allocates nothing.</summary>
internal sealed class FileRouteJumpTable : PolicyJumpTable
{
    private readonly PathNode _noFile;
    private readonly PathNode[] _kinds = new PathNode[PathForms.Kinds];
    private readonly TrailingSlash _setting;
    private readonly bool _takesEmptySegments;

    /// <param name="tables">What was worked out at the start.</param>
    /// <param name="setting">What becomes of a trailing slash.</param>
    /// <param name="none">The matcher's number for having no edge.</param>
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
