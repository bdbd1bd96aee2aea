using Endpoints.Wix.Calls;
using Endpoints.Wix.Modules;
using Endpoints.Wix.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Endpoints.Wix.Identification;

/// <summary>Registers the services that identify the caller, and the clients that call on the caller's behalf.</summary>
internal static class IdentificationServices
{
    /// <summary>Adds what the application has once: it determines the app of a request, and asks that app.</summary>
    public static void AddWixCallers(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<IAppScopes, AppScopes>();
        services.TryAddSingleton<IRateLimitCallers, WixRateLimitCallers>();
        AddScheme(services);
    }

    public static void AddWixIdentification(this IServiceCollection app)
    {
        app.AddSingleton<IdentificationBudget>();
        app.AddSingleton<TokenInspector>();
        app.Decorate<IAppTokenSource, VerifiedTokenSource>();
        app.AddSingleton<TokenOwner>();
        app.AddSingleton<CallerIdentifier>();
        app.AddSingleton<CurrentRequest>();
    }

    /// <summary>Adds the clients of callers. They are the current app's, or that of the services that are asked for them.</summary>
    public static void AddWixCallerClients(this IServiceCollection services)
    {
        services.AddScoped(static scope =>
        {
            var app = scope.ForApp();
            return new CallerIdentity(CurrentRequest.TieTo(scope), app.GetRequiredService<CurrentRequest>(),
                app.GetRequiredService<TokenInspector>(), app.GetRequiredService<Consistency>());
        });
        services.AddScoped(static scope =>
        {
            var app = scope.ForApp();
            return new WixClient(new(app.GetRequiredService<WixTransport>(), app.GetRequiredService<CallerIdentity>()));
        });
        services.AddScoped(static scope => scope.GetRequiredService<WixClient>().GetModule<SiteProperties>());
        services.AddScoped(static scope => scope.GetRequiredService<WixClient>().GetModule<Products>());
    }

    private static void AddScheme(IServiceCollection services)
    {
        services.AddRouting(); // authorization needs it, and a worker has none
        services.AddAuthentication();
        services.AddAuthorization();
        services.AddTransient<WixAuthenticationHandler>(); // the request's provider of handlers keeps it
        services.Configure<AuthenticationOptions>(static options =>
            options.AddScheme<WixAuthenticationHandler>(WixDefaults.AuthenticationScheme, displayName: null));
        // ASP.NET Core makes an only scheme the default. One more scheme must not take that away from the application's own.
        services.PostConfigure<AuthenticationOptions>(static options =>
        {
            var others = options.Schemes.Where(static scheme => scheme.Name != WixDefaults.AuthenticationScheme).ToList();
            if (options.DefaultScheme is null && others.Count == 1
                && !(AppContext.TryGetSwitch("Microsoft.AspNetCore.Authentication.SuppressAutoDefaultScheme", out var suppressed)
                    && suppressed))
            {
                options.DefaultScheme = others[0].Name;
            }
        });
    }
}
