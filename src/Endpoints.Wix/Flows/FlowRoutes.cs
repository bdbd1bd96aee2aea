using System.Text;
using Endpoints.Problems;
using Endpoints.Routing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Flows;

/// <summary>Maps the addresses between which browsers and Wix's pages go to and fro.</summary>
internal static class FlowRoutes
{
    /// <summary>A group for the addresses of one flow, which need nobody's leave.</summary>
    /// <param name="endpoints">The application, or a group.</param>
    /// <param name="prefix">The group's path.</param>
    /// <param name="example">A path that it may be, for the message.</param>
    /// <exception cref="ArgumentException"><paramref name="prefix"/> has parameters.</exception>
    public static RouteGroupBuilder Group(IEndpointRouteBuilder endpoints, string prefix, string example)
    {
        if (prefix.AsSpan().ContainsAny("{}?#"))
            throw new ArgumentException($"'{prefix}' is not a path without parameters, such as {example}.", nameof(prefix));
        var group = endpoints.MapGroup(prefix);
        group.WithMetadata(new AllowAnonymousAttribute());
        return group;
    }

    /// <summary>What serves the addresses of a flow.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="method">The method that maps them, for the message.</param>
    /// <exception cref="InvalidOperationException">The application has not called <c>AddWix</c>.</exception>
    public static T Handlers<T>(IEndpointRouteBuilder endpoints, string method)
        where T : class => endpoints.ServiceProvider.GetService<T>()
            ?? throw new InvalidOperationException($"{method} needs Wix. Call builder.Services.AddWix(builder.Configuration) in Program.cs.");

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
