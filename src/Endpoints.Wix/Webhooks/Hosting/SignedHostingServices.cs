using Endpoints.Listing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Webhooks.Hosting;

/// <summary>Registers the place of events and plugins in the list of endpoints, in the guard lock and in hot reload.</summary>
internal static class SignedHostingServices
{
    public static void AddWixSignedHosting(this IServiceCollection services)
    {
        services.AddSingleton<IListedRows, SignedRows>();
        services.AddSingleton<SignedUpdates>();
        services.AddSingleton<ToolsPage>();
        services.AddTransient<IStartupFilter, LockedSignedCalls>();
    }
}
