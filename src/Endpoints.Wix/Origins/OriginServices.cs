using Endpoints.Origins;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Endpoints.Wix.Origins;

/// <summary>Registers the services that determine whose pages send requests.</summary>
internal static class OriginServices
{
    public static void AddWixOrigins(this IServiceCollection services)
    {
        services.AddSingleton<OwnOrigins>();
        services.AddSingleton<IOwnOrigins>(static services => services.GetRequiredService<OwnOrigins>());
        services.TryAddSingleton<Senders>();
        services.AddSingleton<OwnPages>();
        services.AddSingleton<SiteOrigin>();
    }
}
