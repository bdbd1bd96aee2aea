using System.Collections.Frozen;
using Endpoints.Wix.Apps;
using Endpoints.Wix.CompilerServices;
using Endpoints.Wix.Elevation;
using Endpoints.Wix.Options;
using Endpoints.Wix.Webhooks.Running;

namespace Endpoints.Wix.Webhooks.Plugins;

/// <summary>Holds the service plugins: those that are registered as services, and those of the mapped assemblies' files.</summary>
/// <remarks>Addresses are mapped once, so a plugin that is added later has none until the application starts again.</remarks>
internal sealed class PluginRegistry(IEnumerable<WixPluginRegistration> registered, ElevationPipeline pipeline, WixApps apps, WixApp app)
    : MappedRegistry<WixPluginRegistration>(registered)
{
    private volatile FrozenDictionary<string, RegisteredPlugin> _byAddress = FrozenDictionary<string, RegisteredPlugin>.Empty;

    /// <summary>Gets all plugins.</summary>
    public IReadOnlyCollection<RegisteredPlugin> All => _byAddress.Values;

    /// <summary>Returns the plugin at an address; <see langword="null"/> if there is none any more.</summary>
    public RegisteredPlugin? Find(string address) => _byAddress.GetValueOrDefault(address);

    protected override void Read(IEnumerable<WixPluginRegistration> registrations)
    {
        var plugins = new Dictionary<string, RegisteredPlugin>(StringComparer.OrdinalIgnoreCase); // as paths are matched
        foreach (var registration in registrations.Where(one => SignedApp.Has(apps, app, one.Plugin)))
        {
            if (!EventPaths.IsSegment(registration.Address))
            {
                throw new InvalidOperationException(
                    $"The address '{registration.Address}' of the service plugin {registration.Plugin} can't be part of a path. Use "
                    + "letters, digits, -, ., _ and ~.");
            }

            if (!plugins.TryAdd(registration.Address, Plugin(registration)))
            {
                throw new InvalidOperationException(
                    $"Two service plugins have the address '{registration.Address}': "
                    + $"{plugins[registration.Address].Registration.Plugin} and {registration.Plugin}. Set another "
                    + "Address on one of them, or rename its file.");
            }
        }

        _byAddress = plugins.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    private RegisteredPlugin Plugin(WixPluginRegistration registration) => new(
        registration,
        EventRule.Guard(pipeline, $"plugin {registration.Table.ExtensionType} ({registration.Name})", "wix-plugin", registration.Only),
        registration.Table.Methods.ToFrozenDictionary(static method => method.Path, StringComparer.Ordinal));
}
