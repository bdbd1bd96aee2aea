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
    public static void AddWixIdentification(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<IdentificationBudget>();
        services.AddSingleton<TokenInspector>();
        services.Decorate<IAppTokenSource, VerifiedTokenSource>();
        services.AddSingleton<TokenOwner>();
        services.AddSingleton<CallerIdentifier>();
        services.AddSingleton<CurrentRequest>();
        services.TryAddSingleton<IRateLimitCallers, WixRateLimitCallers>();
        AddScheme(services);

        services.AddScoped(static scope => new CallerIdentity(
            CurrentRequest.TieTo(scope), scope.GetRequiredService<CurrentRequest>(), scope.GetRequiredService<TokenInspector>(),
            scope.GetRequiredService<Consistency>()));
        services.AddScoped(
            static scope => new WixClient(new(scope.GetRequiredService<WixTransport>(), scope.GetRequiredService<CallerIdentity>())));
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
