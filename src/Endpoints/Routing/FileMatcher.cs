using Endpoints.Shared.Naming;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace Endpoints.Routing;

/// <summary>
/// Chooses the file among candidates whose templates are wider than their routes: the first that matches, in the order of the routes.
/// </summary>
internal static class FileMatcher
{
    /// <summary>
    /// Replaces the first file that matches with the endpoint for the request, and rules out the other files. Other endpoints are
    /// unchanged.
    /// </summary>
    public static void Apply(HttpContext context, CandidateSet candidates, TrailingSlash setting)
    {
        var path = context.Request.Path.Value;
        var kind = PathForms.Read(path, setting);
        FileNode? chosen = null;
        RouteValueDictionary? values = null;
        var place = -1;
        for (var i = 0; i < candidates.Count; i++)
        {
            if (FileNode.Of(candidates[i].Endpoint) is not { } file)
                continue;

            if (candidates.IsValidCandidate(i)
                && (chosen is null || RouteOrder.Instance.Compare(file.Pattern.Route, chosen.Pattern.Route) < 0)
                && PathForms.Admits(kind, setting, file.Pattern.NeverTakesTrailingSlash)
                && file.TryMatch(PathForms.Matched(path), out var matched))
            {
                (chosen, values, place) = (file, matched, i);
            }
            candidates.SetValidity(i, false);
        }
        if (chosen is null)
            return;

        candidates.SetValidity(place, true);
        candidates.ReplaceEndpoint(
            place, (PathForms.Redirects(kind, setting) ? chosen.Redirects : chosen.Answers)[chosen.Methods.Find(context)], values);
    }
}
