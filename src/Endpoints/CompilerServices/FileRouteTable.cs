using System.ComponentModel;
using System.Reflection;

namespace Endpoints.CompilerServices;

/// <summary>The endpoint files of one assembly. The generator derives a class from it; applications only read it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class FileRouteTable
{
    /// <summary>The routes, in the order in which they are tried.</summary>
    /// <remarks>A method, not a stored list, so that a hot-reload update changes what the next call gives.</remarks>
    public abstract IReadOnlyList<FileRoute> Load();

    /// <summary>The routes of <paramref name="assembly"/>, in the order in which they are tried; empty when it has no endpoint files.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="assembly"/> is null.</exception>
    public static IReadOnlyList<FileRoute> For(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return assembly.GetCustomAttribute<FileRouteTableAttribute>()?.CreateTable().Load() ?? [];
    }
}
