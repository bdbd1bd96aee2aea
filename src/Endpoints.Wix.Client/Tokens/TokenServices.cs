using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Tokens;

/// <summary>The app's own tokens.</summary>
internal static class TokenServices
{
    public static void AddWixTokens(this IServiceCollection services)
    {
        services.AddSingleton<TokenEndpoint>();
        services.AddSingleton<IAppTokenSource>(static services => services.GetRequiredService<TokenEndpoint>());
        services.AddSingleton<AppTokens>();
    }
}
