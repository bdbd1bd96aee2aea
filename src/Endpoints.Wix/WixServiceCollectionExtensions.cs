using Endpoints;
using Endpoints.Origins;
using Endpoints.Problems;
using Endpoints.Wix;
using Endpoints.Wix.Binding;
using Endpoints.Wix.Calls;
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
using Endpoints.Wix.Options;
using Endpoints.Wix.Origins;
using Endpoints.Wix.Problems;
using Endpoints.Wix.Sessions;
using Endpoints.Wix.Sharing;
using Endpoints.Wix.Starting;
using Endpoints.Wix.Telemetry;
using Endpoints.Wix.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Sets up Wix: callers, elevation and clients.</summary>
public static class WixServiceCollectionExtensions
{
    /// <summary>Sets up Wix from the configuration.</summary>
    /// <remarks>
    /// The application does not start with wrong or incomplete settings. The authentication scheme <c>Wix</c> is added; an application that has one
    /// scheme of its own keeps it as the default.
    /// </remarks>
    /// <param name="services">The services.</param>
    /// <param name="configuration">
    /// The configuration: the section <c>Wix</c> (see <see cref="WixOptions"/>), and for what it leaves out the variables <c>WIX_CLIENT_ID</c>,
    /// <c>WIX_CLIENT_SECRET</c>, <c>WIX_CLIENT_INSTANCE_ID</c>, <c>WIX_CLIENT_PUBLIC_KEY</c>, <c>WIX_API_KEY</c>, <c>WIX_SITE_ID</c> and <c>WIX_ACCOUNT_ID</c>.
    /// </param>
    public static IServiceCollection AddWix(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return services.AddWix(options => WixVariables.Bind(configuration, options));
    }

    /// <summary>Sets up Wix in code. A second call only changes the options.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <exception cref="PlatformNotSupportedException">The application was compiled to native code.</exception>
    public static IServiceCollection AddWix(this IServiceCollection services, Action<WixOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        DynamicCode.Demand();
        services.AddOptions<WixOptions>().Configure(configure);
        if (services.Any(static service => service.ServiceType == typeof(ElevationPipeline)))
            return services;

        services.AddOptionsWithValidateOnStart<WixOptions, WixOptionsRanges>();
        services.AddSingleton<IValidateOptions<WixOptions>, WixOptionsCheck>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpContextAccessor();
        AddScheme(services);

        services.AddMetrics();
        services.AddSingleton<WixTelemetry>();
        services.AddSingleton<WixResilience>();
        services.AddSingleton<WixClock>();
        services.AddSingleton<WixConnection>();
        services.AddSingleton<WixHttp>();
        services.AddSingleton<SharedCache>();
        services.AddSingleton<BodyMemory>();
        services.AddSingleton<TokenEndpoint>();
        services.AddSingleton<IAppTokenSource>(static services => services.GetRequiredService<TokenEndpoint>());
        services.Decorate<IAppTokenSource, SharedAppTokens>();
        services.AddSingleton<AppTokens>();
        services.AddSingleton<IdentificationBudget>();
        services.AddSingleton<TokenInspector>();
        services.AddSingleton<TokenOwner>();
        services.AddSingleton<CallerIdentifier>();
        AddSessions(services);

        services.AddSingleton<OwnOrigins>();
        services.AddSingleton<IOwnOrigins>(static services => services.GetRequiredService<OwnOrigins>());
        services.TryAddSingleton<Senders>();
        services.AddSingleton<OwnPages>();
        services.AddSingleton<ActingInstance>();
        services.AddSingleton<ElevationPipeline>();
        services.AddSingleton<ElevationAudit>();
        services.AddSingleton<ElevatedActionGuard>();
        services.AddSingleton<ElevatedActionGrant>();
        services.AddSingleton<ElevatedPageGrant>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IFilterProvider, ElevatedFilters>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<RazorPagesOptions>, ElevatedPages>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IActionDescriptorProvider, ElevatedActions>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<MvcOptions>, ServerMadeMvcOptions>());
        services.AddTransient<IStartupFilter, LockedStart>();
        services.AddTransient<IStartupFilter, UnguardedEndpoints>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, UnguardedEndpointPolicy>());
        services.AddSingleton<IExceptionHandler, WixExceptionHandler>();
        services.AddSingleton<IProblemSource, WixProblemSource>();
        services.AddSingleton<IDeveloperPageExceptionFilter, WixDeveloperPageFilter>();

        services.AddSingleton<CurrentRequest>();
        services.AddSingleton<WixTransport>();
        services.AddSingleton<Consistency>();
        services.AddSingleton<AppIdentity.Shared>();
        services.AddSingleton<AdminIdentity.Shared>();
        services.AddScoped(static scope => new CallerIdentity(
            CurrentRequest.TieTo(scope), scope.GetRequiredService<CurrentRequest>(), scope.GetRequiredService<TokenInspector>(), scope.GetRequiredService<Consistency>()));
        services.AddScoped(static scope => new AppIdentity(CurrentRequest.TieTo(scope), granted: null, scope.GetRequiredService<AppIdentity.Shared>()));
        services.AddScoped(static scope => new WixAuth(scope.GetRequiredService<AppIdentity>()));
        services.AddScoped(static scope => new WixClient(Channel<CallerIdentity>(scope)));
        services.AddScoped(static scope => new ElevatedWixClient(Channel<AppIdentity>(scope)));
        services.AddTransient(static scope => new AdminWixClient(
            scope.GetRequiredService<WixTransport>(), scope.GetRequiredService<AdminIdentity.Shared>().For(scope)));
        services.AddScoped(static scope => scope.GetRequiredService<WixClient>().SiteProperties);
        services.AddScoped(static scope => scope.GetRequiredService<WixClient>().Products);
        return services;
    }

    private static void AddSessions(IServiceCollection services)
    {
        services.AddDataProtection();
        services.AddSingleton<IValidateOptions<WixOptions>, SessionOptionsCheck>();
        services.AddSingleton<CookieKind>();
        services.AddSingleton<SessionCookie>();
        services.AddSingleton<EndedSessions>();
        services.AddSingleton<SharedSessions>();
        services.AddSingleton<SessionRenewals>();
        services.AddSingleton<BrowserSessions>();
        services.AddSingleton<LoginAttempts>();
        services.AddSingleton<RedirectSessions>();
        services.AddSingleton<SiteOrigin>();
        services.AddSingleton<BrowserFlowLimit>();
        services.AddSingleton<AuthEndpoints>();
        services.AddSingleton<InstallationAttempts>();
        services.AddSingleton<InstallationCodes>();
        services.AddSingleton<InstallationEndpoints>();
    }

    private static WixChannel Channel<TIdentity>(IServiceProvider scope)
        where TIdentity : WixIdentity =>
        new(scope.GetRequiredService<WixTransport>(), scope.GetRequiredService<TIdentity>());

    private static void AddScheme(IServiceCollection services)
    {
        services.AddRouting(); // authorization needs it, and a worker has none
        services.AddAuthentication();
        services.AddAuthorization();
        services.AddScoped<WixAuthenticationHandler>();
        services.Configure<AuthenticationOptions>(static options =>
            options.AddScheme<WixAuthenticationHandler>(WixDefaults.AuthenticationScheme, displayName: null));
        // ASP.NET Core makes an only scheme the default. One more scheme must not take that away from the application's own.
        services.PostConfigure<AuthenticationOptions>(static options =>
        {
            var others = options.Schemes.Where(static scheme => scheme.Name != WixDefaults.AuthenticationScheme).ToList();
            if (options.DefaultScheme is null && others.Count == 1
                && !(AppContext.TryGetSwitch("Microsoft.AspNetCore.Authentication.SuppressAutoDefaultScheme", out var suppressed) && suppressed))
            {
                options.DefaultScheme = others[0].Name;
            }
        });
    }
}
