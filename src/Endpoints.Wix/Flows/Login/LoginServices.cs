using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Flows.Login;

/// <summary>Registers login and logout.</summary>
internal static class LoginServices
{
    public static void AddWixLogin(this IServiceCollection services)
    {
        services.AddSingleton<LoginAttempts>();
        services.AddSingleton<RedirectSessions>();
        services.AddSingleton<AuthEndpoints>();
    }
}
