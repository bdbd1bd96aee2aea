using System.Collections.Frozen;
using Endpoints.Wix.CompilerServices;
using Endpoints.Wix.Elevation;

namespace Endpoints.Wix.Webhooks.Plugins;

/// <summary>Represents a plugin, that under which its calls are made and recorded, and its methods by their exact paths.</summary>
internal sealed record RegisteredPlugin(
    WixPluginRegistration Registration, GuardedEndpoint Guarded, FrozenDictionary<string, WixPluginMethod> Methods);
