using Endpoints.Wix;
using Endpoints.Wix.Calls;
using Endpoints.Wix.Clients;
using Endpoints.Wix.Http;
using Endpoints.Wix.Options;
using Endpoints.Wix.Telemetry;
using Endpoints.Wix.Tokens;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Provides extension methods that set up the clients of Wix's API.</summary>
public static class WixClientServiceCollectionExtensions
{
    /// <summary>Adds <see cref="AppWixClient"/> and <see cref="AdminWixClient"/>, set up from the configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">
    /// The configuration: the section <c>Wix</c> (see <see cref="WixClientOptions"/>), and for what it leaves out the variables
    /// <c>WIX_CLIENT_ID</c>, <c>WIX_CLIENT_SECRET</c>, <c>WIX_CLIENT_INSTANCE_ID</c>, <c>WIX_API_KEY</c>, <c>WIX_SITE_ID</c> and
    /// <c>WIX_ACCOUNT_ID</c>.
    /// </param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddWixClient(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddSingleton<IOptionsChangeTokenSource<WixClientOptions>>(
            new ConfigurationChangeTokenSource<WixClientOptions>(configuration));
        return services.AddWixClient(options => WixVariables.Bind(configuration, options));
    }

    /// <summary>
    /// Adds <see cref="AppWixClient"/> and <see cref="AdminWixClient"/>, set up in code. A second call only changes the options.
    /// </summary>
    /// <remarks>
    /// Either the app's credentials or an API key is sufficient. A web application calls <c>AddWix</c> instead. Before or after
    /// <c>AddWix</c>, this method changes only the options, and the guards still apply.
    /// </remarks>
    /// <param name="services">The services.</param>
    /// <param name="configure">The action that configures the options.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddWixClient(this IServiceCollection services, Action<WixClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<WixClientOptions>().Configure(configure);
        services.AddWixClientRooms();
        return services;
    }

    /// <summary>Adds the services that the clients consist of, once.</summary>
    internal static void AddWixClientRooms(this IServiceCollection services)
    {
        if (services.Any(static service => service.ServiceType == typeof(WixHttp)))
            return;
        services.AddWixClientOptions();
        services.AddWixClientBase();
        services.AddWixClientParts();
        services.AddWixClients();
    }

    /// <summary>Adds what the clients of all apps have in common.</summary>
    internal static void AddWixClientBase(this IServiceCollection services)
    {
        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
    }

    /// <summary>Adds what the clients of one app consist of.</summary>
    internal static void AddWixClientParts(this IServiceCollection app)
    {
        // From the lowest room up.
        app.AddWixTelemetry();
        app.AddWixHttp();
        app.AddWixTokens();
        app.AddWixCalls();
    }
}
