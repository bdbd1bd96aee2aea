using Endpoints;
using Endpoints.Wix;
using Endpoints.Wix.Auditing;
using Endpoints.Wix.Binding;
using Endpoints.Wix.Elevation;
using Endpoints.Wix.Elevation.Actions;
using Endpoints.Wix.Elevation.Bodies;
using Endpoints.Wix.Elevation.Calls;
using Endpoints.Wix.Elevation.Locking;
using Endpoints.Wix.Elevation.Pages;
using Endpoints.Wix.Flows;
using Endpoints.Wix.Flows.Installation;
using Endpoints.Wix.Flows.Login;
using Endpoints.Wix.Identification;
using Endpoints.Wix.Inboxes;
using Endpoints.Wix.Inboxes.Storage;
using Endpoints.Wix.Introspection;
using Endpoints.Wix.Options;
using Endpoints.Wix.Origins;
using Endpoints.Wix.Problems;
using Endpoints.Wix.RateLimiting;
using Endpoints.Wix.ServiceCallers;
using Endpoints.Wix.Sessions;
using Endpoints.Wix.Sharing;
using Endpoints.Wix.Starting;
using Endpoints.Wix.Telemetry;
using Endpoints.Wix.Webhooks.Hosting;
using Endpoints.Wix.Webhooks.Plugins;
using Endpoints.Wix.Webhooks.Receiving;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Provides extension methods that configure Wix: callers, elevation and clients.</summary>
public static class WixServiceCollectionExtensions
{
    /// <summary>Adds a Wix app with the settings of the configuration.</summary>
    /// <remarks>
    /// The application does not start with invalid or incomplete settings. The authentication scheme <c>Wix</c> is added. If the
    /// application has one scheme of its own, that scheme remains the default.
    /// </remarks>
    /// <param name="services">The service collection.</param>
    /// <param name="configuration">
    /// The configuration: the section <c>Wix</c> (see <see cref="WixOptions"/>), and for missing settings the variables
    /// <c>WIX_CLIENT_ID</c>, <c>WIX_CLIENT_SECRET</c>, <c>WIX_CLIENT_INSTANCE_ID</c>, <c>WIX_CLIENT_PUBLIC_KEY</c>, <c>WIX_API_KEY</c>,
    /// <c>WIX_SITE_ID</c> and <c>WIX_ACCOUNT_ID</c>.
    /// </param>
    /// <returns>A builder that can be used to further configure the app.</returns>
    public static IWixBuilder AddWix(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddSingleton<IOptionsChangeTokenSource<WixOptions>>(new ConfigurationChangeTokenSource<WixOptions>(configuration));
        return services.AddWix(options =>
        {
            WixVariables.Bind(configuration, options);
            options.PublicKey = WixVariables.FirstOf(options.PublicKey, configuration["WIX_CLIENT_PUBLIC_KEY"]);
        });
    }

    /// <summary>Adds a Wix app that is configured in code. A second call only changes the options.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configure">A delegate that configures the options.</param>
    /// <returns>A builder that can be used to further configure the app.</returns>
    /// <exception cref="PlatformNotSupportedException">The application was published with Native AOT.</exception>
    public static IWixBuilder AddWix(this IServiceCollection services, Action<WixOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        DynamicCode.Demand();
        services.AddOptions<WixOptions>().Configure(configure);
        services.AddWixRooms();
        return new WixBuilder(services, Options.Options.DefaultName);
    }

    /// <summary>Adds the services of the backend, once.</summary>
    private static void AddWixRooms(this IServiceCollection services)
    {
        if (services.Any(static service => service.ServiceType == typeof(ElevationPipeline)))
            return;

        // From the lowest room up.
        services.AddWixOptions();
        services.AddWixClientRooms();
        services.AddWixGuardTelemetry();
        services.AddWixSharing();
        services.AddWixInboxStorage();
        services.AddWixProblems();
        services.AddWixLimits();
        services.AddWixOrigins();
        services.AddWixIntrospection();
        services.AddWixServiceCallers();
        services.AddWixIdentification();
        services.AddWixSessions();
        services.AddWixAuditing();
        services.AddWixBodies();
        services.AddWixElevation();
        services.AddWixElevatedCalls();
        services.AddWixActions();
        services.AddWixPages();
        services.AddWixLocking();
        services.AddWixFlows();
        services.AddWixLogin();
        services.AddWixInstallation();
        services.AddWixInbox();
        services.AddWixWebhooks();
        services.AddWixPlugins();
        services.AddWixSignedHosting();
        services.AddWixBinding();
        services.AddWixStart();
    }
}
