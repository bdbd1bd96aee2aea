using Endpoints.Listing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Elevation.Locking;

/// <summary>Registers the comparison of the running guards with the lock.</summary>
internal static class LockServices
{
    public static void AddWixLocking(this IServiceCollection services)
    {
        services.AddTransient<IStartupFilter, LockedStart>();
        services.AddSingleton<IListedGuards, ListedCalls>();
    }
}
