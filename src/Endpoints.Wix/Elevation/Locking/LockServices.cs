using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Elevation.Locking;

/// <summary>What holds the running guards against the lock.</summary>
internal static class LockServices
{
    public static void AddWixLocking(this IServiceCollection services)
    {
        services.AddTransient<IStartupFilter, LockedStart>();
    }
}
