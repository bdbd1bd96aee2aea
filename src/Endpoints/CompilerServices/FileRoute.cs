using System.ComponentModel;

namespace Endpoints.CompilerServices;

/// <summary>One endpoint file and the route it owns: a row of the table that the generator writes.</summary>
/// <remarks>
/// Mirrors an entry of Astro's route manifest. <see cref="FileRouteTable.For"/> lists an assembly's rows. What a row will say in addition
/// are properties that may be left out.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FileRoute
{
    /// <summary>Initializes a new instance of the <see cref="FileRoute"/> class.</summary>
    /// <param name="file">
    /// The file, relative to the project's folder, with <c>/</c> between folders: <c>pages/api/products/[id].cs</c>.
    /// </param>
    /// <param name="route">The route in Astro's notation: <c>/api/products/[id]</c>.</param>
    /// <param name="handler">The handler class.</param>
    /// <param name="methods">The HTTP methods that the class handles, in the order of the file.</param>
    /// <param name="folders">The classes of the <c>_folder.cs</c> files above the file, outermost first.</param>
    public FileRoute(string file, string route, Type handler, FileRouteMethod[] methods, params Type[] folders)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        ArgumentException.ThrowIfNullOrEmpty(route);
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(methods);
        ArgumentNullException.ThrowIfNull(folders);
        File = file;
        Route = route;
        Handler = handler;
        Methods = methods;
        Folders = folders;
    }

    /// <summary>Gets the file, relative to the project's folder, with <c>/</c> between folders.</summary>
    public string File { get; }

    /// <summary>Gets the route in Astro's notation, without base path: <c>/api/products/[id]</c>, <c>/api/files/[...path]</c>.</summary>
    public string Route { get; }

    /// <summary>Gets the handler class.</summary>
    public Type Handler { get; }

    /// <summary>Gets the HTTP methods that the class handles, in the order of the file.</summary>
    public IReadOnlyList<FileRouteMethod> Methods { get; }

    /// <summary>Gets the classes of the <c>_folder.cs</c> files above the file, outermost first. Their attributes apply to it.</summary>
    public IReadOnlyList<Type> Folders { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Route} ({File})";
}
