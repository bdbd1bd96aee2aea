using Endpoints.CompilerServices;
using Endpoints.Shared.Naming;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.FileProviders;

namespace Endpoints.Routing;

/// <summary>Finds the static files and the pages of conventional routes that endpoint files with parameters hide.</summary>
internal static class HiddenPaths
{
    private const int MostLookedAt = 500;

    /// <summary>Returns the first static file that an endpoint file hides, or null if there is none among the first hundreds.</summary>
    public static (string File, string Path)? StaticFile(IReadOnlyList<Endpoint> endpoints, IFileProvider files)
    {
        var routes = endpoints.Select(FileNode.Of).OfType<FileNode>().Where(static file => file.Pattern.Route.Parameters.Count > 0)
            .ToArray();
        if (routes.Length == 0)
            return null;

        // An endpoint of its own is more than any parameter.
        var own = endpoints.OfType<RouteEndpoint>().Where(static endpoint => endpoint.RoutePattern.Parameters.Count == 0)
            .Select(static endpoint => "/" + endpoint.RoutePattern.RawText?.TrimStart('/')).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var path in Paths(files, "").Take(MostLookedAt))
        {
            if (!own.Contains(path) && Array.Find(routes, route => route.TryMatch(path, out _)) is { } taken)
                return (taken.FileName, path);
        }
        return null;
    }

    /// <summary>
    /// Returns the endpoint file that hides every path of conventional routes, or null if there is none or there are no such routes.
    /// </summary>
    public static string? EveryPage(IReadOnlyList<Endpoint> endpoints) =>
        endpoints.Any(static endpoint =>
            endpoint is RouteEndpoint { Order: > 0 and < int.MaxValue } && FileNode.Of(endpoint) is null
                && endpoint.Metadata.GetMetadata<FileRoute>() is null)
            ? endpoints.Select(FileNode.Of).OfType<FileNode>()
                .FirstOrDefault(static file => file.Pattern.Route.Segments is [{ Parts: [{ Kind: RoutePartKind.Rest }] }])?.FileName
            : null;

    private static IEnumerable<string> Paths(IFileProvider files, string folder)
    {
        foreach (var entry in files.GetDirectoryContents(folder))
        {
            var path = $"{folder}/{entry.Name}";
            if (!entry.IsDirectory)
            {
                yield return path;
                continue;
            }
            foreach (var below in Paths(files, path))
                yield return below;
        }
    }
}
