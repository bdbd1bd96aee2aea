using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Endpoints.Routing;

/// <summary>Records the mapped files of an application for the parts of the pipeline that run outside of endpoints.</summary>
/// <remarks>Thread-safe. Only calls to <c>MapFileRoutes</c> add to it.</remarks>
internal sealed class FileRouteRegistry
{
    private readonly ConcurrentDictionary<EndpointDataSource, string[]> _folders = [];
    private readonly ConcurrentDictionary<Assembly, bool> _assemblies = [];
    private volatile PathString[]? _own;

    /// <summary>Gets a value that indicates whether any files are mapped.</summary>
    public bool HasRoutes => !_folders.IsEmpty;

    /// <summary>Gets the topmost folders that contain the files, each once.</summary>
    public IReadOnlyList<string> Roots => [.. OwnFolders.Uppermost(AllFolders, static _ => true).Select(static folder => folder.Value!)];

    /// <summary>Gets or sets the whole pipeline, through which a request can run again; null before the application starts.</summary>
    public RequestDelegate? Pipeline { get; set; }

    public void Add(EndpointDataSource source, Assembly? assembly)
    {
        _folders.TryAdd(source, []);
        if (assembly is not null)
            _assemblies.TryAdd(assembly, true);
    }

    /// <summary>Determines whether the files of an assembly are mapped.</summary>
    public bool Maps(Assembly assembly) => _assemblies.ContainsKey(assembly);

    /// <summary>Sets the folders that contain the files of a source: <c>/api</c>, <c>/api/orders</c>.</summary>
    public void SetFolders(EndpointDataSource source, string[] folders)
    {
        _folders[source] = folders;
        _own = null;
    }

    /// <summary>Determines whether an unanswered request is for a folder that belongs to endpoint files alone.</summary>
    public bool IsInOwnFolder(HttpContext context)
    {
        if (context.GetEndpoint() is not null)
            return false;
        // Found out at the first such request: endpoints may be added until then, and after a hot-reload update.
        foreach (var folder in _own ??= OwnFolders.Among(AllFolders, context.RequestServices))
        {
            if (context.Request.Path.StartsWithSegments(folder, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    private IEnumerable<string> AllFolders => _folders.Values.SelectMany(static folders => folders);
}
