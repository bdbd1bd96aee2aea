using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Webhooks.Plugins;

/// <summary>Registers the receiving of service plugin calls.</summary>
internal static class PluginServices
{
    public static void AddWixPlugins(this IServiceCollection services)
    {
        services.AddSingleton<PluginRegistry>();
        services.AddSingleton<PluginEndpoint>();
    }
}
