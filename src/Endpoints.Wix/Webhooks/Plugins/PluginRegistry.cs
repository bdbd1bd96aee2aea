using System.Collections.Frozen;
using Endpoints.Wix.Apps;
using Endpoints.Wix.CompilerServices;
using Endpoints.Wix.Elevation;
using Endpoints.Wix.Options;
using Endpoints.Wix.Webhooks.Running;

namespace Endpoints.Wix.Webhooks.Plugins;

/// <summary>Holds the service plugins: those that are registered as services, and those of the mapped assemblies' files.</summary>
/// <remarks>
/// Addresses are mapped once, so a plugin that is added later has none until the application starts again. Tools have one address, at which
/// a call names the tool.
/// </remarks>
internal sealed class PluginRegistry(IEnumerable<WixPluginRegistration> registered, ElevationPipeline pipeline, ToolContracts contracts,
    WixApps apps, WixApp app) : MappedRegistry<WixPluginRegistration>(registered)
{
    private volatile Plugins _plugins = new([], FrozenDictionary<string, RegisteredPlugin>.Empty);

    /// <summary>Gets all plugins, each tool for itself.</summary>
    public IReadOnlyList<RegisteredPlugin> All => _plugins.All;

    /// <summary>Returns the plugin at an address; <see langword="null"/> if there is none any more.</summary>
    public RegisteredPlugin? Find(string address) => _plugins.ByAddress.GetValueOrDefault(address);

    protected override void Read(IEnumerable<WixPluginRegistration> registrations)
    {
        var all = registrations.Where(one => SignedApp.Has(apps, app, one.Plugin)).Select(Plugin).ToList();
        contracts.Demand([.. all.Select(static one => one.Registration)]);
        // As paths are matched.
        _plugins = new(all, all.GroupBy(static one => one.Registration.Address, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(static group => group.Key, static group => At([.. group]), StringComparer.OrdinalIgnoreCase));
    }

    private static RegisteredPlugin At(IReadOnlyList<RegisteredPlugin> plugins)
    {
        var first = plugins[0];
        var address = plugins[^1].Registration.Address;
        if (!EventPaths.IsSegment(address))
        {
            throw new InvalidOperationException(
                $"The address '{address}' of the service plugin {first.Registration.Plugin} can't be part of a path. Use letters, digits, "
                + "-, ., _ and ~.");
        }

        if (plugins.All(static one => one.Registration.IsTool))
        {
            return first with
            {
                Tools = plugins.ToFrozenDictionary(static one => one.Registration.Tool!.MethodName, StringComparer.Ordinal), // demanded
            };
        }

        if (plugins.Count > 1)
        {
            throw new InvalidOperationException(
                $"Two service plugins have the address '{address}': {first.Registration.Plugin} and {plugins[1].Registration.Plugin}. Set "
                + "another Address on one of them, or rename its file.");
        }

        return first;
    }

    private RegisteredPlugin Plugin(WixPluginRegistration registration) => new(
        registration,
        EventRule.Guard(pipeline, $"plugin {registration.Route} ({registration.Name})", "wix-plugin", registration.Only),
        registration.Table.Methods.ToFrozenDictionary(static method => method.Path, StringComparer.Ordinal));

    private sealed record Plugins(IReadOnlyList<RegisteredPlugin> All, FrozenDictionary<string, RegisteredPlugin> ByAddress);
}
