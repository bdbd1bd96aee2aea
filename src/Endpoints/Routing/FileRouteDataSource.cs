using Endpoints.CrossSite;
using Endpoints.Handlers;
using Endpoints.Updates;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace Endpoints.Routing;

/// <summary>Makes the endpoints of a route table, and makes them again when a hot-reload update has changed the code.</summary>
/// <remarks>
/// For each file there is one endpoint for each of its methods, which the matcher is told to leave alone, and one that stands for the file while the
/// matcher looks for it. The former are what API descriptions list and what requests reach in the end.
/// </remarks>
internal sealed class FileRouteDataSource(
    Func<IReadOnlyList<FileRoute>> load, IServiceProvider services, OriginCheck origin, FileRouteRegistry registry, HotReload reload) : EndpointDataSource
{
    private static readonly RequestDelegate NeverRun = static context =>
        throw new InvalidOperationException($"'{context.GetEndpoint()?.DisplayName}' was reached without its method. Is the routing of ASP.NET Core replaced?");

    public override IReadOnlyList<Endpoint> Endpoints => GetGroupedEndpoints(new RouteGroupContext
    {
        Prefix = RoutePatternFactory.Parse(""),
        ApplicationServices = services,
        Conventions = [],
        FinallyConventions = [],
    });

    public override IChangeToken GetChangeToken() => reload.Next;

    public override IReadOnlyList<Endpoint> GetGroupedEndpoints(RouteGroupContext context)
    {
        var routes = load();
        var handlers = ActivatorUtilities.CreateInstance<HandlerEndpoints>(services);
        var endpoints = new List<Endpoint>(routes.Count * 2);
        var roots = new HashSet<PathString>();
        foreach (var file in routes)
        {
            var pattern = FilePattern.Create(context.Prefix, file);
            var own = file.Methods.ToDictionary(static method => method.HttpMethod, method => handlers.Create(file, method, pattern, context));
            endpoints.AddRange(own.Values);
            endpoints.Add(Match(file, pattern, own));

            // All of a source's files lie in few folders: api, say.
            var root = pattern.Route.Segments.Take((context.Prefix?.PathSegments.Count ?? 0) + 1).ToArray();
            if (root.Length > 0 && root.All(static segment => segment.IsLiteral))
                roots.Add("/" + string.Join('/', root.Select(static segment => segment.Text)));
        }
        registry.SetRoots(this, [.. roots]);
        return endpoints;
    }

    private RouteEndpoint Match(FileRoute file, FilePattern pattern, Dictionary<string, RouteEndpoint> handlers)
    {
        var order = handlers.Values.FirstOrDefault()?.Order ?? 0;
        var answers = new MethodAnswers(file, pattern, order, origin);
        var match = new FileMatch(
            file,
            pattern,
            answers.Map(handlers),
            pattern.WithoutRest is null ? null : answers.Map(handlers.ToDictionary(static handler => handler.Key, handler => WithoutRest(handler.Value, pattern))),
            answers.Redirect());

        // No method, but preflights too: otherwise another endpoint's policy for this path would keep them from the file.
        var metadata = new List<object> { match, new HttpMethodMetadata([], acceptCorsPreflight: true), new SuppressLinkGenerationMetadata(), new ExcludeFromDescriptionAttribute() };
        if (Hosts(file, handlers) is { } hosts)
            metadata.Add(hosts);
        return new RouteEndpoint(NeverRun, pattern.Matched, order, new EndpointMetadataCollection(metadata), $"{pattern.Shown.RawText} ({file.File})");
    }

    private static RouteEndpoint WithoutRest(RouteEndpoint endpoint, FilePattern pattern) =>
        new(endpoint.RequestDelegate!, pattern.WithoutRest!, endpoint.Order, endpoint.Metadata, endpoint.DisplayName);

    /// <remarks>The host decides which file owns a path, before the method is looked at. So all of a file's methods must have the same.</remarks>
    private static IHostMetadata? Hosts(FileRoute file, Dictionary<string, RouteEndpoint> handlers)
    {
        var hosts = handlers.Values.Select(static handler => handler.Metadata.GetMetadata<IHostMetadata>()).ToArray();
        return hosts.Select(static host => string.Join('\n', host?.Hosts ?? [])).Distinct().Count() <= 1
            ? hosts.FirstOrDefault()
            : throw new InvalidOperationException(
                $"{file.File} answers some of its methods on other hosts than the rest. A file is one address: put [Host] on its class, or the methods in files of their own.");
    }
}
