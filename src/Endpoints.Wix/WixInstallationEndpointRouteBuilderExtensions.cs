using Endpoints.Wix;
using Endpoints.Wix.Flows;
using Endpoints.Wix.Flows.Installation;
using Endpoints.Wix.Origins;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the installation of the app on Wix sites.</summary>
public static partial class WixInstallationEndpointRouteBuilderExtensions
{
    /// <summary>Maps the address where a Wix user begins to install the app on a site, and the one where Wix sends the browser back.</summary>
    /// <remarks>
    /// <list type="table">
    /// <item><term><c>GET /api/install</c></term><description>Sends the browser to Wix's page that asks on which site the app shall be installed. Query: <c>returnToUrl</c> or
    /// <c>returnUrl</c>, a path on this site (<c>/</c> by default); <c>token</c>, which Wix adds when the installation begins in its App Market.</description></item>
    /// <item><term><c>GET /api/install/callback</c></term><description>Where Wix sends it back. Its full address must be the app's redirect address at Wix. It finds out from Wix which
    /// site it is, and tells every <see cref="IWixInstallationHandler"/>.</description></item>
    /// </list>
    /// Outside Development the site's address must be known: set <c>Wix:PublicOrigin</c>, or <c>AllowedHosts</c>; otherwise installations are answered 503.
    /// </remarks>
    /// <param name="endpoints">The application, or a group.</param>
    /// <param name="prefix">The path of the first; the callback is below it.</param>
    /// <returns>Conventions for both.</returns>
    /// <exception cref="ArgumentException"><paramref name="prefix"/> has parameters.</exception>
    /// <exception cref="InvalidOperationException">The application has not called <c>AddWix</c>.</exception>
    public static IEndpointConventionBuilder MapWixInstallation(this IEndpointRouteBuilder endpoints, string prefix = "/api/install")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        var group = FlowRoutes.Group(endpoints, prefix, "/api/install");
        var handlers = FlowRoutes.Handlers<InstallationEndpoints>(endpoints, nameof(MapWixInstallation));
        if (!endpoints.ServiceProvider.GetRequiredService<SiteOrigin>().IsKnown)
            LogOriginMissing(endpoints.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger<InstallationEndpoints>());

        FlowRoutes.Map(group, "GET", "", "Begins an installation of the app.", context => handlers.BeginAsync(context, FlowRoutes.PathOf(context, above: 0, "callback")));
        FlowRoutes.Map(group, "GET", "callback", "Ends an installation of the app.", handlers.CallbackAsync);
        return group;
    }

    [LoggerMessage(1, LogLevel.Warning, "This site's own address is not known, so nobody can install the app from here. Set Wix:PublicOrigin (https://shop.example), or AllowedHosts")]
    private static partial void LogOriginMissing(ILogger logger);
}
