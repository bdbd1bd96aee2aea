using Endpoints.Wix.Flows;
using Endpoints.Wix.Flows.Login;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Provides extension methods that map the login and logout of the site's members.</summary>
public static partial class WixAuthEndpointRouteBuilderExtensions
{
    /// <summary>Maps the login and logout endpoints, at the same addresses as Wix's Astro integration.</summary>
    /// <remarks>
    /// <list type="table">
    /// <item><term><c>GET /api/auth/login</c></term><description>Sends the browser to Wix's login page. Query: <c>returnToUrl</c> or
    /// <c>returnUrl</c>, a path on this site (<c>/</c> by default); <c>prompt</c>: <c>login</c> or <c>none</c>; <c>idp</c>: <c>google</c>
    /// or <c>facebook</c>.</description></item>
    /// <item><term><c>GET /api/auth/callback</c></term><description>Receives the browser back from Wix. Its full address must be among the
    /// app's allowed redirect addresses at Wix.</description></item>
    /// <item><term><c>POST /api/auth/logout</c></term><description>Ends the session on this site immediately, and at Wix. Accepted only
    /// from the site's own pages.</description></item>
    /// <item><term><c>GET /api/auth/logout-callback</c></term><description>Receives the browser back from Wix after a
    /// logout.</description></item>
    /// </list>
    /// Outside Development, the site's address must be known: set <c>Wix:PublicOrigin</c> or <c>AllowedHosts</c>. Otherwise, logins are
    /// answered with status code 503.
    /// </remarks>
    /// <param name="endpoints">The application or a route group.</param>
    /// <param name="prefix">The path prefix of the four endpoints, without route parameters.</param>
    /// <returns>A builder for conventions that apply to all four endpoints.</returns>
    /// <exception cref="ArgumentException"><paramref name="prefix"/> contains route parameters.</exception>
    /// <exception cref="InvalidOperationException">The application has not called <c>AddWix</c>.</exception>
    public static IEndpointConventionBuilder MapWixAuth(this IEndpointRouteBuilder endpoints, string prefix = "/api/auth")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        return Map(endpoints, prefix, app: null);
    }

    /// <inheritdoc cref="MapWixAuth(IEndpointRouteBuilder, string)"/>
    /// <param name="endpoints">The application or a route group.</param>
    /// <param name="prefix">The path prefix, without route parameters.</param>
    /// <param name="app">The name of the app that the endpoints belong to, from <c>AddWix(name, ...)</c>.</param>
    public static IEndpointConventionBuilder MapWixAuth(this IEndpointRouteBuilder endpoints, string prefix, string app)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentNullException.ThrowIfNull(app);
        return Map(endpoints, prefix, app);
    }

    private static RouteGroupBuilder Map(IEndpointRouteBuilder endpoints, string prefix, string? app)
    {
        var (group, handlers) = FlowRoutes.Begin<AuthEndpoints>(
            endpoints, prefix, "/api/auth", app, nameof(MapWixAuth), LogOriginMissing);
        FlowRoutes.Map(group, "GET", "login", "Begins a member's login.",
            context => Of(context).LoginAsync(context, FlowRoutes.PathOf(context, above: 1, "callback")));
        FlowRoutes.Map(group, "GET", "callback", "Ends a member's login.", context => Of(context).CallbackAsync(context));
        FlowRoutes.Map(group, "POST", "logout", "Ends the browser's session.",
            context => Of(context).LogoutAsync(context, FlowRoutes.PathOf(context, above: 1, "logout-callback")));
        FlowRoutes.Map(group, "GET", "logout-callback", "Where the browser comes back to after a logout.",
            AuthEndpoints.LogoutCallbackAsync);
        return group;

        AuthEndpoints Of(HttpContext context) => handlers.Of(handlers.Apps.Of(context));
    }

    [LoggerMessage(1, LogLevel.Warning,
        "This site's own address is not known, so nobody can log in. Set Wix:PublicOrigin (https://shop.example), or AllowedHosts")]
    private static partial void LogOriginMissing(ILogger logger);
}
