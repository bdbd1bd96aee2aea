using System.Collections.Frozen;
using Endpoints.Wix.CompilerServices;
using Endpoints.Wix.Elevation;

namespace Endpoints.Wix.Webhooks.Plugins;

/// <summary>Represents a plugin, that under which its calls are made and recorded, and its methods by their exact paths.</summary>
internal sealed record RegisteredPlugin(
    WixPluginRegistration Registration, GuardedEndpoint Guarded, FrozenDictionary<string, WixPluginMethod> Methods)
{
    /// <summary>
    /// Gets the tools at the address by their names, of which a call names one; <see langword="null"/> for every other plugin.
    /// </summary>
    public FrozenDictionary<string, RegisteredPlugin>? Tools { get; init; }
}
