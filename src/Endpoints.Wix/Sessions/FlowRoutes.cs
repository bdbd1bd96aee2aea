using System.Text;
using Endpoints.Problems;
using Endpoints.Routing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Endpoints.Wix.Sessions;

/// <summary>Maps the addresses between which browsers and Wix's pages go to and fro.</summary>
internal static class FlowRoutes
{
    /// <summary>Maps one address for every method, so that no catch-all of the application answers the others.</summary>
    public static void Map(RouteGroupBuilder group, string method, string name, string summary, RequestDelegate handler) =>
        group.Map(name, context =>
        {
            if (context.Request.Method == method)
                return handler(context);
            context.Response.Headers.Allow = method;
            return ProblemWriter.WriteAsync(context, RequestProblems.MethodNotAllowed);
        }).WithDisplayName($"{method} {name} (Wix)").WithSummary(summary)
            .WithMetadata(OwnAddressMetadata.Instance).ExcludeFromDescription();

    /// <summary>The path of an address beside or below this one: the mapped one, however the request spells it.</summary>
    /// <param name="context">A request to an address that <see cref="Map"/> mapped.</param>
    /// <param name="above">How many segments to go up.</param>
    /// <param name="name">The last segment.</param>
    /// <exception cref="InvalidOperationException">The address has parameters.</exception>
    public static string PathOf(HttpContext context, int above, string name)
    {
        var segments = ((RouteEndpoint)context.GetEndpoint()!).RoutePattern.PathSegments; // mapped above
        var path = new StringBuilder();
        foreach (var segment in segments.Take(segments.Count - above))
        {
            if (segment.Parts is not [RoutePatternLiteralPart literal])
                throw new InvalidOperationException("Login and installation must not be in a group with parameters: Wix has to know the callback's address in full.");
            path.Append('/').Append(Uri.EscapeDataString(literal.Content));
        }

        return path.Append('/').Append(name).ToString();
    }
}
