using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Elevation;

/// <summary>Registers the guards.</summary>
internal static class ElevationServices
{
    /// <summary>Adds the guards of all endpoints, which ask the app that a request is for.</summary>
    public static void AddWixElevation(this IServiceCollection services)
    {
        services.AddSingleton<ElevationPipeline>();
    }

    public static void AddWixAppGuards(this IServiceCollection app)
    {
        app.AddSingleton<ActingInstance>();
        app.AddSingleton<AppGuards>();
        app.AddSingleton<ElevationAudit>();
    }
}
