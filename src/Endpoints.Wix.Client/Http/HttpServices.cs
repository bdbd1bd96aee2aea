using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Endpoints.Wix.Http;

/// <summary>Registers the services that send requests to Wix.</summary>
internal static class HttpServices
{
    public static void AddWixHttp(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<WixResilience>();
        services.AddSingleton<WixClock>();
        services.AddSingleton<WixConnection>();
        services.AddSingleton<WixHttp>();
    }
}
