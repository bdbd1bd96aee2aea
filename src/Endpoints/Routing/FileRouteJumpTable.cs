using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Matching;

namespace Endpoints.Routing;

/// <summary>Carries out a <see cref="MatchPlan"/> for a request. Allocates nothing.</summary>
internal sealed class FileRouteJumpTable(MatchPlan plan, TrailingSlash setting, Func<int, int> destination) : PolicyJumpTable
{
    private readonly PathPlan _noFile = plan.NoFile.With(destination);
    private readonly PathPlan[] _kinds = [.. plan.Kinds.Select(kind => kind.With(destination))];

    public override int GetDestination(HttpContext httpContext)
    {
        var kind = RequestPaths.Read(httpContext.Request.Path.Value, setting);
        return (kind == RequestPath.Broken ? _noFile : _kinds[(int)kind]).Find(httpContext);
    }
}
