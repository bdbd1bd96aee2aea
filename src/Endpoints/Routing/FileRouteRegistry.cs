using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Endpoints.Routing;

/// <summary>What an application has mapped from files, for the parts of the pipeline that run outside of endpoints.</summary>
/// <remarks>Thread-safe. It grows by calls of <c>MapFileRoutes</c> only.</remarks>
internal sealed class FileRouteRegistry
{
    private readonly ConcurrentDictionary<EndpointDataSource, string[]> _folders = [];
    private readonly ConcurrentDictionary<Assembly, bool> _assemblies = [];
    private volatile PathString[]? _own;

    /// <summary>Whether anything is mapped.</summary>
    public bool HasRoutes => !_folders.IsEmpty;

    /// <summary>The uppermost folders that hold the files, each once.</summary>
    public IReadOnlyList<string> Roots => [.. OwnFolders.Uppermost(AllFolders, static _ => true).Select(static folder => folder.Value!)];

    /// <summary>The pipeline from its beginning, to run a request through it again; null before the application starts.</summary>
    public RequestDelegate? Pipeline { get; set; }

    public void Add(EndpointDataSource source, Assembly? assembly)
    {
        _folders.TryAdd(source, []);
        if (assembly is not null)
            _assemblies.TryAdd(assembly, true);
    }

    /// <summary>Whether the files of an assembly are mapped.</summary>
    public bool Maps(Assembly assembly) => _assemblies.ContainsKey(assembly);

    /// <summary>Sets the folders that hold the files of a source: <c>/api</c>, <c>/api/orders</c>.</summary>
    public void SetFolders(EndpointDataSource source, string[] folders)
    {
        _folders[source] = folders;
        _own = null;
    }

    /// <summary>Whether a request that nothing has answered is for a folder that endpoint files have for themselves.</summary>
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
