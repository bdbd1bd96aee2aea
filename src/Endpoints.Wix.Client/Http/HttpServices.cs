using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Http;

/// <summary>Registers the services that send requests to Wix.</summary>
internal static class HttpServices
{
    public static void AddWixHttp(this IServiceCollection services)
    {
        services.AddSingleton<WixResilience>();
        services.AddSingleton<WixClock>();
        services.AddSingleton<WixConnection>();
        services.AddSingleton<WixHttp>();
    }
}
