using System.ComponentModel;
using System.Reflection;

namespace Endpoints.CompilerServices;

/// <summary>The endpoint files of one assembly. The generator derives a class from it; applications only read it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class FileRouteTable
{
    /// <summary>Returns the routes, in the order in which they are matched.</summary>
    /// <remarks>This is a method, not a stored list, so that a hot-reload update changes the result of the next call.</remarks>
    public abstract IReadOnlyList<FileRoute> Load();

    /// <summary>
    /// Returns the routes of <paramref name="assembly"/> in the order in which they are matched, or an empty list if it has no endpoint
    /// files.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="assembly"/> is null.</exception>
    public static IReadOnlyList<FileRoute> For(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return assembly.GetCustomAttribute<FileRouteTableAttribute>()?.CreateTable().Load() ?? [];
    }
}
