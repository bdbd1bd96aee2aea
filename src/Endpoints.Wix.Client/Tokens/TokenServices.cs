using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Endpoints.Wix.Tokens;

/// <summary>Registers the services for the app's own tokens.</summary>
internal static class TokenServices
{
    public static void AddWixTokens(this IServiceCollection services)
    {
        services.AddSingleton<TokenEndpoint>();
        services.TryAddSingleton<IWixTokenSource, EndpointTokenSource>();
        services.AddSingleton<IAppTokenSource, CheckedTokenSource>();
        services.AddSingleton<AppTokens>();
    }
}
