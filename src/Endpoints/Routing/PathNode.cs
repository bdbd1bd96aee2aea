using Microsoft.AspNetCore.Http;

namespace Endpoints.Routing;

/// <summary>Represents the destination of requests whose path has one form.</summary>
/// <param name="methods">The table that finds the number of the edge, or null if there is one edge for all methods.</param>
/// <param name="edges">The edges; -1 is none.</param>
/// <param name="edgesWithoutRest">The edges of a route that ends in a rest, for when the rest matches nothing; otherwise null.</param>
/// <param name="segmentsWithoutRest">The number of segments of such a path.</param>
internal sealed class PathNode(MethodTable? methods, int[] edges, int[]? edgesWithoutRest, int segmentsWithoutRest)
{
    public int Find(HttpContext context)
    {
        var number = methods is null ? 0 : methods.Find(context);
        return edgesWithoutRest is not null && TakesNoRest(context) ? edgesWithoutRest[number] : edges[number];
    }

    /// <summary>Returns a copy with the matcher's own numbers for the edges.</summary>
    public PathNode With(int none, int[] destinations) =>
        new(methods, Translate(edges, none, destinations),
            edgesWithoutRest is null ? null : Translate(edgesWithoutRest, none, destinations), segmentsWithoutRest);

    private bool TakesNoRest(HttpContext context) => PathForms.Matched(context.Request.Path.Value).Count('/') == segmentsWithoutRest;

    private static int[] Translate(int[] edges, int none, int[] destinations)
    {
        var translated = new int[edges.Length];
        for (var i = 0; i < edges.Length; i++)
            translated[i] = edges[i] < 0 ? none : destinations[edges[i]];
        return translated;
    }
}
