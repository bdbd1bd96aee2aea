using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Endpoints.Origins;

/// <summary>Adds the services that determine which page sent a request.</summary>
internal static class OriginServices
{
    public static void AddOrigins(this IServiceCollection services)
    {
        services.TryAddSingleton<Senders>();
        services.TryAddSingleton<OriginCheck>();
        services.TryAddEnumerable(ServiceDescriptor.Transient<IStartupFilter, CorsObserver>());
    }
}
