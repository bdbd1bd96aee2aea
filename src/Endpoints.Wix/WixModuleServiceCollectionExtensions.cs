using Endpoints.Wix;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Provides extension methods that register modules of Wix's API as services.</summary>
public static class WixModuleServiceCollectionExtensions
{
    /// <summary>
    /// Registers a module, so that handlers can take it as a parameter. It calls Wix as the caller, as <see cref="WixClient"/> does.
    /// </summary>
    /// <remarks><see cref="WixApiClient.GetModule{TModule}"/> requires no registration.</remarks>
    /// <typeparam name="TModule">The type of the module.</typeparam>
    /// <param name="services">The service collection.</param>
    /// <returns>The same service collection, so that calls can be chained.</returns>
    public static IServiceCollection AddWixModule<TModule>(this IServiceCollection services)
        where TModule : WixModule, IWixModule<TModule>
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddScoped(static scope => scope.GetRequiredService<WixClient>().GetModule<TModule>());
        services.TryAddKeyedScoped(KeyedService.AnyKey,
            static (scope, app) => scope.GetRequiredKeyedService<WixClient>(app).GetModule<TModule>());
        return services;
    }
}
