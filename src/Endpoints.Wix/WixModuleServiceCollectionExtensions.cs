using Endpoints.Wix;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Extension methods that add modules of Wix's API to the services.</summary>
public static class WixModuleServiceCollectionExtensions
{
    /// <summary>Adds a module, so that handlers can take it as a parameter. It speaks for the caller, as <see cref="WixClient"/> does.</summary>
    /// <remarks><see cref="WixApiClient.GetModule{TModule}"/> needs no registration.</remarks>
    /// <typeparam name="TModule">The module.</typeparam>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddWixModule<TModule>(this IServiceCollection services)
        where TModule : WixModule, IWixModule<TModule>
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddScoped(static scope => scope.GetRequiredService<WixClient>().GetModule<TModule>());
        return services;
    }
}
