using System.Text;
using Endpoints.Problems;
using Endpoints.Routing;
using Endpoints.Wix.Apps;
using Endpoints.Wix.Origins;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Flows;

/// <summary>Maps the endpoints between which browsers and Wix's pages redirect.</summary>
internal static class FlowRoutes
{
    /// <summary>Creates the group of a flow's endpoints for an app, or for that of the request's host.</summary>
    /// <param name="endpoints">The application or a route group.</param>
    /// <param name="prefix">The path of the group.</param>
    /// <param name="example">An example of a valid path, for the message.</param>
    /// <param name="app">The name of the app, or <see langword="null"/>.</param>
    /// <param name="method">The name of the method that maps the endpoints, for the message.</param>
    /// <param name="warn">The function that logs that the site's own address is not known, without which the flow can't begin.</param>
    /// <exception cref="ArgumentException"><paramref name="prefix"/> contains route parameters.</exception>
    /// <exception cref="InvalidOperationException">
    /// The application has not called <c>AddWix</c>, or has no such app.
    /// </exception>
    public static (RouteGroupBuilder Group, PerApp<T> Handlers) Begin<T>(IEndpointRouteBuilder endpoints, string prefix, string example,
        string? app, string method, Action<ILogger> warn)
        where T : class
    {
        var group = Group(endpoints, prefix, example);
        var handlers = Handlers<T>(endpoints, method);
        if (Name(group, handlers.Apps, app, method).Any(static one => !one.Services.GetRequiredService<SiteOrigin>().IsKnown))
            warn(endpoints.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger<T>());
        return (group, handlers);
    }

    /// <summary>Creates a group for the endpoints of one flow, which allow anonymous requests.</summary>
    /// <param name="endpoints">The application or a route group.</param>
    /// <param name="prefix">The path of the group.</param>
    /// <param name="example">An example of a valid path, for the message.</param>
    /// <exception cref="ArgumentException"><paramref name="prefix"/> contains route parameters.</exception>
    private static RouteGroupBuilder Group(IEndpointRouteBuilder endpoints, string prefix, string example)
    {
        if (prefix.AsSpan().ContainsAny("{}?#"))
            throw new ArgumentException($"'{prefix}' is not a path without parameters, such as {example}.", nameof(prefix));
        var group = endpoints.MapGroup(prefix);
        group.WithMetadata(new AllowAnonymousAttribute());
        return group;
    }

    /// <summary>Returns the service that handles the endpoints of a flow.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="method">The name of the method that maps them, for the message.</param>
    /// <exception cref="InvalidOperationException">The application has not called <c>AddWix</c>.</exception>
    public static PerApp<T> Handlers<T>(IEndpointRouteBuilder endpoints, string method)
        where T : class => endpoints.ServiceProvider.GetService<WixApps>() is null
            ? throw new InvalidOperationException(
                $"{method} needs Wix. Call builder.Services.AddWix(builder.Configuration) in Program.cs.")
            : endpoints.ServiceProvider.GetRequiredService<PerApp<T>>();

    /// <summary>Adds the app to the endpoints of a group, and returns the apps that their requests may be for.</summary>
    /// <exception cref="InvalidOperationException">There is no such app.</exception>
    public static IReadOnlyList<WixApp> Name(RouteGroupBuilder group, WixApps apps, string? app, string method)
    {
        if (app is null)
            return apps.All;
        var named = apps.Find(app) ?? throw new InvalidOperationException($"{method}: {apps.Missing(app)}");
        group.WithMetadata(new WixAppAttribute(app));
        return [named];
    }

    /// <summary>Maps one endpoint for all methods, so that no catch-all route of the application handles the other methods.</summary>
    public static void Map(RouteGroupBuilder group, string method, string name, string summary, RequestDelegate handler) =>
        group.Map(name, context =>
        {
            if (context.Request.Method == method)
                return handler(context);
            context.Response.Headers.Allow = method;
            return ProblemWriter.WriteAsync(context, RequestProblems.MethodNotAllowed);
        }).WithDisplayName($"{method} {name} (Wix)").WithSummary(summary)
            .WithMetadata(OwnAddressMetadata.Instance).ExcludeFromDescription();

    /// <summary>Returns the path of an endpoint next to or below the current one, as mapped and not as spelled in the request.</summary>
    /// <param name="context">A request to an endpoint that <see cref="Map"/> mapped.</param>
    /// <param name="above">The number of segments to go up.</param>
    /// <param name="name">The last segment.</param>
    /// <exception cref="InvalidOperationException">The path contains route parameters.</exception>
    public static string PathOf(HttpContext context, int above, string name)
    {
        var segments = ((RouteEndpoint)context.GetEndpoint()!).RoutePattern.PathSegments; // mapped above
        var path = new StringBuilder();
        foreach (var segment in segments.Take(segments.Count - above))
        {
            if (segment.Parts is not [RoutePatternLiteralPart literal])
                throw new InvalidOperationException(
                    "Login and installation must not be in a group with parameters: Wix has to know the callback's address in full.");
            path.Append('/').Append(Uri.EscapeDataString(literal.Content));
        }

        return path.Append('/').Append(name).ToString();
    }
}
