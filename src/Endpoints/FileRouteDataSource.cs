using Endpoints.CompilerServices;
using Endpoints.Handlers;
using Endpoints.Origins;
using Endpoints.Routing;
using Endpoints.Shared.Naming;
using Endpoints.Updates;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Endpoints;

/// <summary>Creates the endpoints of a route table, and creates them again when a hot-reload update has changed the code.</summary>
/// <remarks>
/// Each file has one endpoint for each of its methods, which the matcher ignores, and one that represents the file while the matcher looks
/// for it. The former appear in API descriptions and handle the requests in the end.
/// </remarks>
internal sealed class FileRouteDataSource(
    Func<IReadOnlyList<FileRoute>> load, IServiceProvider services, FileRouteRegistry registry) : EndpointDataSource
{
    private static readonly RequestDelegate NeverRun = static context =>
        throw new InvalidOperationException(
            $"'{context.GetEndpoint()?.DisplayName}' was reached without its method. Is the routing of ASP.NET Core replaced?");

    private readonly OriginCheck _origin = services.GetRequiredService<OriginCheck>();
    private readonly HotReload? _reload = HotReload.Of(services);

    public override IReadOnlyList<Endpoint> Endpoints => GetGroupedEndpoints(new RouteGroupContext
    {
        Prefix = RoutePatternFactory.Parse(""),
        ApplicationServices = services,
        Conventions = [],
        FinallyConventions = [],
    });

    public override IChangeToken GetChangeToken() => _reload?.Next ?? NullChangeToken.Singleton;

    public override IReadOnlyList<Endpoint> GetGroupedEndpoints(RouteGroupContext context)
    {
        var routes = load();
        var handlers = new HandlerEndpoints(services);
        var endpoints = new List<Endpoint>(routes.Count * 2);
        var folders = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in routes)
        {
            var pattern = FilePattern.Create(context.Prefix, file);
            var own = new RouteEndpoint[file.Methods.Count];
            for (var i = 0; i < own.Length; i++)
                own[i] = handlers.Create(file, file.Methods[i], pattern, context);
            endpoints.AddRange(own);
            endpoints.Add(Match(file, pattern, own));

            AddFolders(folders, file, pattern.Route, (context.Prefix?.PathSegments.Count ?? 0) + 1);
        }
        registry.SetFolders(this, [.. folders]);
        return endpoints;
    }

    /// <summary>Adds the paths of a file's folders, from the specified segment on, and none below a folder with parameters.</summary>
    private static void AddFolders(HashSet<string> folders, FileRoute file, RouteSegments route, int from)
    {
        var count = route.Segments.Count - (Path.GetFileName(file.File).Equals("index.cs", StringComparison.OrdinalIgnoreCase) ? 0 : 1);
        var path = "";
        for (var i = 0; i < count && route.Segments[i].IsLiteral; i++)
        {
            path += "/" + route.Segments[i].Text;
            if (i + 1 >= from)
                folders.Add(path);
        }
    }

    private RouteEndpoint Match(FileRoute file, FilePattern pattern, RouteEndpoint[] handlers)
    {
        // No method, but preflights too: otherwise another endpoint's policy for this path would keep them from the file.
        var metadata = new List<object>
        {
            new FileNode(file, pattern, new MethodTableBuilder(file, pattern, handlers, _origin)),
            new HttpMethodMetadata([], acceptCorsPreflight: true),
            new SuppressLinkGenerationMetadata(),
            new ExcludeFromDescriptionAttribute(),
        };
        if (Hosts(file, handlers) is { } hosts)
            metadata.Add(hosts);
        var order = handlers.Length == 0 ? 0 : handlers[0].Order;
        return new RouteEndpoint(NeverRun, pattern.Matched, order, new EndpointMetadataCollection(metadata),
            $"{pattern.Shown.RawText} ({file.File})");
    }

    /// <remarks>
    /// The host decides which file owns a path, before the method is matched. So all methods of a file must have the same hosts.
    /// </remarks>
    private static IHostMetadata? Hosts(FileRoute file, RouteEndpoint[] handlers)
    {
        var first = handlers.Length == 0 ? null : handlers[0].Metadata.GetMetadata<IHostMetadata>();
        foreach (var handler in handlers)
        {
            if (!AreSame(first, handler.Metadata.GetMetadata<IHostMetadata>()))
            {
                throw new InvalidOperationException(
                    $"{file.File} answers some of its methods on other hosts than the rest. A file is one address: put [Host] on its "
                    + "class, or the methods in files of their own.");
            }
        }
        return first;
    }

    private static bool AreSame(IHostMetadata? x, IHostMetadata? y) => x == y || (x?.Hosts ?? []).SequenceEqual(y?.Hosts ?? []);
}
