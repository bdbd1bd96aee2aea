using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Endpoints.Wix.Introspection;

/// <summary>Registers the source of information about tokens.</summary>
internal static class IntrospectionServices
{
    public static void AddWixIntrospection(this IServiceCollection services)
    {
        services.TryAddSingleton<IWixTokenInfoSource, TokenInfoEndpoint>();
        services.AddSingleton<CheckedTokenInfo>();
    }
}
