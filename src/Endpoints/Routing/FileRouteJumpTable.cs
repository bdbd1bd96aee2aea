using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Matching;

namespace Endpoints.Routing;

/// <summary>Carries out a <see cref="MatchPlan"/> for a request. Allocates nothing.</summary>
internal sealed class FileRouteJumpTable : PolicyJumpTable
{
    private readonly PathPlan _noFile;
    private readonly PathPlan[] _kinds = new PathPlan[RequestPaths.Kinds];
    private readonly TrailingSlash _setting;
    private readonly bool _takesEmptySegments;

    /// <param name="plan">The plan.</param>
    /// <param name="setting">What becomes of a trailing slash.</param>
    /// <param name="none">The matcher's number for having no edge.</param>
    /// <param name="destinations">The matcher's numbers for the plan's edges.</param>
    public FileRouteJumpTable(MatchPlan plan, TrailingSlash setting, int none, int[] destinations)
    {
        _setting = setting;
        _takesEmptySegments = plan.TakesEmptySegments;
        _noFile = plan.NoFile.With(none, destinations);
        for (var kind = 0; kind < _kinds.Length; kind++)
            _kinds[kind] = plan.Kinds[kind].With(none, destinations);
    }

    public override int GetDestination(HttpContext httpContext)
    {
        var path = httpContext.Request.Path.Value;
        var kind = _takesEmptySegments ? RequestPaths.Read(path, _setting) : RequestPaths.ReadWhole(path, _setting);
        return (kind == RequestPath.Broken ? _noFile : _kinds[(int)kind]).Find(httpContext);
    }
}
