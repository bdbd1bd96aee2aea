using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Elevation.Bodies;

/// <summary>The memory that bodies take.</summary>
internal static class BodyServices
{
    public static void AddWixBodies(this IServiceCollection services)
    {
        services.AddSingleton<BodyMemory>();
    }
}
