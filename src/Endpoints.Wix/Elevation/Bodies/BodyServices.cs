using Endpoints.Wix.Apps;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Elevation.Bodies;

/// <summary>Registers the memory limit of bodies.</summary>
internal static class BodyServices
{
    public static void AddWixBodies(this IServiceCollection services)
    {
        services.AddOfFirstApp<BodyMemory>();
    }
}
