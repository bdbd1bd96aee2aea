using Endpoints.Wix;
using Endpoints.Wix.Flows;
using Endpoints.Wix.Flows.Installation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Provides extension methods that map the installation of the app on Wix sites.</summary>
public static partial class WixInstallationEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the endpoint that starts the installation of the app on a site, and the callback to which Wix returns the browser.
    /// </summary>
    /// <remarks>
    /// <list type="table">
    /// <item><term><c>GET /api/install</c></term><description>Sends the browser to the Wix page on which the user chooses the site to
    /// install the app on. Query: <c>returnToUrl</c> or <c>returnUrl</c>, a path on this site (<c>/</c> by default); <c>token</c>, which
    /// Wix adds when the installation begins in its App Market.</description></item>
    /// <item><term><c>GET /api/install/callback</c></term><description>Receives the browser back from Wix. Its full address must be the
    /// app's redirect address at Wix. It asks Wix for the site and notifies every
    /// <see cref="IWixInstallationHandler"/>.</description></item>
    /// </list>
    /// Outside Development, the site's address must be known: set <c>Wix:PublicOrigin</c> or <c>AllowedHosts</c>. Otherwise, installations
    /// are answered with status code 503.
    /// </remarks>
    /// <param name="endpoints">The application or a route group.</param>
    /// <param name="prefix">The path of the first endpoint. The callback is below it.</param>
    /// <returns>A builder for conventions that apply to both endpoints.</returns>
    /// <exception cref="ArgumentException"><paramref name="prefix"/> contains route parameters.</exception>
    /// <exception cref="InvalidOperationException">The application has not called <c>AddWix</c>.</exception>
    public static IEndpointConventionBuilder MapWixInstallation(this IEndpointRouteBuilder endpoints, string prefix = "/api/install")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        return Map(endpoints, prefix, app: null);
    }

    /// <inheritdoc cref="MapWixInstallation(IEndpointRouteBuilder, string)"/>
    /// <param name="endpoints">The application or a route group.</param>
    /// <param name="prefix">The path prefix, without route parameters.</param>
    /// <param name="app">The name of the app that the endpoints belong to, from <c>AddWix(name, ...)</c>.</param>
    public static IEndpointConventionBuilder MapWixInstallation(this IEndpointRouteBuilder endpoints, string prefix, string app)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentNullException.ThrowIfNull(app);
        return Map(endpoints, prefix, app);
    }

    private static RouteGroupBuilder Map(IEndpointRouteBuilder endpoints, string prefix, string? app)
    {
        var (group, handlers) = FlowRoutes.Begin<InstallationEndpoints>(
            endpoints, prefix, "/api/install", app, nameof(MapWixInstallation), LogOriginMissing);
        FlowRoutes.Map(group, "GET", "", "Begins an installation of the app.",
            context => Of(context).BeginAsync(context, FlowRoutes.PathOf(context, above: 0, "callback")));
        FlowRoutes.Map(group, "GET", "callback", "Ends an installation of the app.", context => Of(context).CallbackAsync(context));
        return group;

        InstallationEndpoints Of(HttpContext context) => handlers.Of(handlers.Apps.Of(context));
    }

    [LoggerMessage(1, LogLevel.Warning,
        "This site's own address is not known, so nobody can install the app from here. Set Wix:PublicOrigin (https://shop.example), or "
        + "AllowedHosts")]
    private static partial void LogOriginMissing(ILogger logger);
}
