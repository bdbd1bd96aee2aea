using System.Collections.Frozen;
using Endpoints.Wix.CompilerServices;
using Endpoints.Wix.Elevation;
using Endpoints.Wix.Options;
using Endpoints.Wix.Webhooks.Running;

namespace Endpoints.Wix.Webhooks.Plugins;

/// <summary>Holds the service plugins: those that are registered as services, and those of the mapped assemblies' files.</summary>
/// <remarks>
/// Thread-safe. A hot-reload update replaces the plugins of files by a new <see cref="Load"/>. Addresses are mapped once, so a plugin that
/// is added later has none until the application starts again.
/// </remarks>
internal sealed class PluginRegistry(IEnumerable<WixPluginRegistration> registered, ElevationPipeline pipeline)
{
    private readonly Lock _gate = new();
    private readonly List<Func<IReadOnlyList<WixPluginRegistration>>> _sources = [];
    private volatile FrozenDictionary<string, RegisteredPlugin> _byAddress = FrozenDictionary<string, RegisteredPlugin>.Empty;

    /// <summary>Gets all plugins.</summary>
    public IReadOnlyCollection<RegisteredPlugin> All => _byAddress.Values;

    /// <summary>Gets the plugins that are registered as services.</summary>
    public IEnumerable<WixPluginRegistration> InCode => registered;

    /// <summary>Returns the plugin at an address; <see langword="null"/> if there is none any more.</summary>
    public RegisteredPlugin? Find(string address) => _byAddress.GetValueOrDefault(address);

    /// <summary>Adds the plugins of an assembly's files.</summary>
    /// <exception cref="InvalidOperationException">Two plugins have the same address, or one has an invalid setting.</exception>
    public void Map(IEnumerable<Func<IReadOnlyList<WixPluginRegistration>>> files)
    {
        lock (_gate)
        {
            _sources.AddRange(files);
            _byAddress = Read();
        }
    }

    /// <summary>Reads the plugins of files again, after a hot-reload update.</summary>
    /// <exception cref="InvalidOperationException">Two plugins have the same address, or one has an invalid setting.</exception>
    public void Load()
    {
        lock (_gate)
            _byAddress = Read();
    }

    private FrozenDictionary<string, RegisteredPlugin> Read()
    {
        var plugins = new Dictionary<string, RegisteredPlugin>(StringComparer.OrdinalIgnoreCase); // as paths are matched
        foreach (var registration in registered.Concat(_sources.SelectMany(static load => load())))
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

        return plugins.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    private RegisteredPlugin Plugin(WixPluginRegistration registration) => new(
        registration,
        pipeline.Guard($"plugin {registration.Table.ExtensionType} ({registration.Name})", "wix-plugin", new EventRule(registration.Only),
            new(type: null, options: null), metadata: null),
        registration.Table.Methods.ToFrozenDictionary(static method => method.Path, StringComparer.Ordinal));
}
