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

    /// <summary>Adds what reads and writes for the tools of all apps.</summary>
    public static void AddWixTools(this IServiceCollection services) => services.AddSingleton<ToolContracts>();
}
