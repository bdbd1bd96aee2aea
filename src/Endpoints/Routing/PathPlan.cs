using Microsoft.AspNetCore.Http;

namespace Endpoints.Routing;

/// <summary>Where requests go whose path has one kind of slashes.</summary>
/// <param name="methods">The edges by method; -1 is none.</param>
/// <param name="methodsWithoutRest">The edges of a route that ends in a rest, where the rest takes nothing; otherwise null.</param>
/// <param name="segmentsWithoutRest">How many segments such a path has.</param>
internal sealed class PathPlan(MethodMap<int> methods, MethodMap<int>? methodsWithoutRest, int segmentsWithoutRest)
{
    public int Find(HttpContext context)
    {
        if (methodsWithoutRest is null)
            return methods.Find(context);

        var path = RequestPaths.Matched(context.Request.Path.Value);
        return (path.Count('/') == segmentsWithoutRest ? methodsWithoutRest : methods).Find(context);
    }

    /// <summary>The same with the matcher's own numbers for the edges.</summary>
    public PathPlan With(Func<int, int> destination) =>
        new(methods.Select(destination), methodsWithoutRest?.Select(destination), segmentsWithoutRest);
}
