using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Endpoints.Routing;

/// <summary>What an application has mapped from files, for the parts of the pipeline that run outside of endpoints.</summary>
/// <remarks>Thread-safe. It grows by calls of <c>MapFileRoutes</c> only.</remarks>
internal sealed class FileRouteRegistry
{
    private readonly ConcurrentDictionary<EndpointDataSource, string[]> _roots = [];

    /// <summary>Whether anything is mapped.</summary>
    public bool HasRoutes => !_roots.IsEmpty;

    /// <summary>The folders that hold the files, each once.</summary>
    public IReadOnlyList<string> Roots => [.. _roots.Values.SelectMany(static roots => roots).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The pipeline from its beginning, to run a request through it again; null before the application starts.</summary>
    public RequestDelegate? Pipeline { get; set; }

    public void Add(EndpointDataSource source) => _roots.TryAdd(source, []);

    /// <summary>Sets the folders that hold all files of a source: <c>/api</c>.</summary>
    public void SetRoots(EndpointDataSource source, string[] roots) => _roots[source] = roots;

    /// <summary>Whether a path lies in one of these folders.</summary>
    public bool IsUnderRoot(PathString path)
    {
        foreach (var (_, roots) in _roots)
        {
            foreach (var root in roots)
            {
                if (path.StartsWithSegments(new PathString(root), StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }
        return false;
    }
}
