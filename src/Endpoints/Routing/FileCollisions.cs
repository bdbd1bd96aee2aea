using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Endpoints.Routing;

/// <summary>Finds files of different assemblies that claim the same paths. Within one assembly, the compiler has found them.</summary>
internal static class FileCollisions
{
    /// <exception cref="InvalidOperationException">Two files have the same route and no hosts to distinguish them.</exception>
    public static void Check(IReadOnlyList<Endpoint> endpoints)
    {
        var seen = new Dictionary<string, List<(FileNode File, IReadOnlyList<string> Hosts)>>(StringComparer.OrdinalIgnoreCase);
        foreach (var endpoint in endpoints)
        {
            if (FileNode.Of(endpoint) is not { } file)
                continue;

            var shape = file.Pattern.Route.Shape;
            if (!seen.TryGetValue(shape, out var rivals))
                seen[shape] = rivals = [];
            var hosts = Hosts(endpoint);
            if (rivals.Find(rival => ShareHost(rival.Hosts, hosts)) is { File: { } same })
            {
                throw new InvalidOperationException(same.FileName == file.FileName && same.Handler == file.Handler
                    ? $"'{file.FileName}' is mapped twice as '{file.Pattern.Route}'. Call MapFileRoutes() once for its assembly, or under "
                        + "different paths: MapGroup(\"/v2\").MapFileRoutes()."
                    : $"'{same.FileName}' and '{file.FileName}' both answer '{file.Pattern.Route}'. "
                    + "Rename one of them, or map one of the assemblies under another path or host.");
            }
            rivals.Add((file, hosts));
        }
    }

    public static bool ShareHost(Endpoint x, Endpoint y) => ShareHost(Hosts(x), Hosts(y));

    private static IReadOnlyList<string> Hosts(Endpoint endpoint) => endpoint.Metadata.GetMetadata<IHostMetadata>()?.Hosts ?? [];

    private static bool ShareHost(IReadOnlyList<string> x, IReadOnlyList<string> y) =>
        x.Count == 0 || y.Count == 0 ? x.Count == y.Count : x.Intersect(y, StringComparer.OrdinalIgnoreCase).Any();
}
