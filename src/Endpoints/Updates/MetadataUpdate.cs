using System.Reflection.Metadata;
using Endpoints.Updates;

[assembly: MetadataUpdateHandler(typeof(MetadataUpdate))]

namespace Endpoints.Updates;

/// <summary>What the runtime calls when it has applied a hot-reload update.</summary>
/// <remarks>The runtime knows types, not applications. So this event is the process's, and each application that lives listens; without hot reload none does.</remarks>
internal static class MetadataUpdate
{
    public static event Action? Applied;

    /// <summary>Called by the runtime, when all caches of reflection are cleared.</summary>
    internal static void UpdateApplication(Type[]? updatedTypes) => Applied?.Invoke();
}
