using System.Reflection.Metadata;
using Endpoints.Updates;

[assembly: MetadataUpdateHandler(typeof(MetadataUpdate))]

namespace Endpoints.Updates;

/// <summary>Receives the runtime's calls when a hot-reload update was applied.</summary>
/// <remarks>
/// The runtime knows types, not applications. So the event is process-wide, and each running application subscribes; without hot reload,
/// none does.
/// </remarks>
internal static class MetadataUpdate
{
    public static event Action? Applied;

    /// <summary>Called by the runtime after all reflection caches are cleared.</summary>
    internal static void UpdateApplication(Type[]? updatedTypes) => Applied?.Invoke();
}
