using Endpoints;
using Endpoints.Wix;
using Endpoints.Wix.Apps;
using Endpoints.Wix.Auditing;
using Endpoints.Wix.Binding;
using Endpoints.Wix.Clients;
using Endpoints.Wix.Elevation;
using Endpoints.Wix.Elevation.Actions;
using Endpoints.Wix.Elevation.Bodies;
using Endpoints.Wix.Elevation.Calls;
using Endpoints.Wix.Elevation.Locking;
using Endpoints.Wix.Elevation.Pages;
using Endpoints.Wix.Flows;
using Endpoints.Wix.Flows.Installation;
using Endpoints.Wix.Flows.Login;
using Endpoints.Wix.Http;
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
        services.AddWixHost();
        services.AddDefaultApp(static app =>
        {
            app.AddWixDefaultOptions();
            app.AddWixParts();
        });
        return new WixBuilder(services, Options.Options.DefaultName);
    }

    /// <summary>Adds another Wix app, beside the one without a name or in its place, with the settings of a section.</summary>
    /// <remarks>
    /// <para>
    /// One application can serve several apps. An endpoint names its app with <see cref="ElevateAttribute.App"/> or
    /// <see cref="WixAppAttribute"/>. One that names none belongs to the app whose <see cref="WixOptions.Hosts"/> the request was sent to,
    /// and otherwise to the one without a name. Credentials, tokens, sessions, limits and audit records of apps are kept apart.
    /// </para>
    /// <para>
    /// The app's clients are keyed services: <c>[FromKeyedServices("shop")] AppWixClient wix</c>. In a request, the clients without a key
    /// are those of the request's app.
    /// </para>
    /// </remarks>
    /// <param name="services">The service collection.</param>
    /// <param name="name">
    /// The name of the app: 1 to 32 letters, digits, <c>-</c> and <c>_</c>, beginning with a letter. Letter case makes no other name.
    /// </param>
    /// <param name="section">The section with the app's settings, such as <c>Shop</c> with <c>Shop:ClientId</c>.</param>
    /// <returns>A builder that can be used to further configure the app.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not a name of an app.</exception>
    /// <exception cref="InvalidOperationException">There is already an app of this name.</exception>
    /// <exception cref="PlatformNotSupportedException">The application was published with Native AOT.</exception>
    public static IWixBuilder AddWix(this IServiceCollection services, string name, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        var app = services.AddWix(name, section.Bind);
        services.AddSingleton<IOptionsChangeTokenSource<WixOptions>>(new ConfigurationChangeTokenSource<WixOptions>(name, section));
        return app;
    }

    /// <summary>Adds another Wix app, beside the one without a name or in its place, that is configured in code.</summary>
    /// <inheritdoc cref="AddWix(IServiceCollection, string, IConfigurationSection)"/>
    /// <param name="services">The service collection.</param>
    /// <param name="name">
    /// The name of the app: 1 to 32 letters, digits, <c>-</c> and <c>_</c>, beginning with a letter. Letter case makes no other name.
    /// </param>
    /// <param name="configure">A delegate that configures the options.</param>
    public static IWixBuilder AddWix(this IServiceCollection services, string name, Action<WixOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        DynamicCode.Demand();
        services.AddNamedApp(name, static app =>
        {
            app.AddWixParts();
            app.AddWixClients();
            app.AddWixCallerClients();
            app.AddWixElevatedClients();
        }, typeof(IWixSessionStore));
        services.AddOptions<WixOptions>(name).Configure(configure).ValidateOnStart();
        services.AddWixHost();
        return new WixBuilder(services, name);
    }

    /// <summary>Adds what the application has once, for all of its apps.</summary>
    private static void AddWixHost(this IServiceCollection services)
    {
        if (services.Any(static service => service.ServiceType == typeof(ElevationPipeline)))
            return;

        // From the lowest room up.
        services.AddWixClientBase();
        services.AddDataProtection();
        services.AddWixOptionsChecks();
        services.AddWixApps();
        services.AddWixInboxStorage();
        services.AddWixProblems();
        services.AddWixLimits();
        services.AddWixSenders();
        services.AddWixServiceChecks();
        services.AddWixCallers();
        services.AddWixSessionChecks();
        services.AddWixBodies();
        services.AddWixElevation();
        services.AddWixActions();
        services.AddWixPages();
        services.AddWixLocking();
        services.AddWixInbox();
        services.AddWixTools();
        services.AddWixSignedHosting();
        services.AddWixBinding();
        services.AddWixStart();
        // The clients of the current request's app.
        services.AddWixClients();
        services.AddWixCallerClients();
        services.AddWixElevatedClients();
    }

    /// <summary>Adds what each app has of its own.</summary>
    private static void AddWixParts(this IServiceCollection app)
    {
        // From the lowest room up.
        if (app.All(static service => service.ServiceType != typeof(WixHttp))) // AddWixClient has added them already
            app.AddWixClientParts();
        app.AddWixGuardTelemetry();
        app.AddWixSharing();
        app.AddWixOrigins();
        app.AddWixIntrospection();
        app.AddWixServiceCallers();
        app.AddWixIdentification();
        app.AddWixSessions();
        app.AddWixAuditing();
        app.AddWixAppGuards();
        app.AddWixElevatedCalls();
        app.AddWixFlows();
        app.AddWixLogin();
        app.AddWixInstallation();
        app.AddWixAppInbox();
        app.AddWixWebhooks();
        app.AddWixPlugins();
    }
}
