using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Elevation;

/// <summary>Registers the guards.</summary>
internal static class ElevationServices
{
    public static void AddWixElevation(this IServiceCollection services)
    {
        services.AddSingleton<ActingInstance>();
        services.AddSingleton<ElevationPipeline>();
        services.AddSingleton<ElevationAudit>();
    }
}
