using Endpoints.CompilerServices;
using Endpoints.Origins;
using Endpoints.Routing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Endpoints.Listing;

/// <summary>Lists the endpoints of an application from their metadata.</summary>
internal sealed class EndpointList(EndpointDataSource endpoints, IOptions<FileRouteOptions> options, IEnumerable<IListedRows> more)
{
    /// <summary>
    /// Returns the endpoint files in the order in which their routes are matched, then other files, followed by all other endpoints.
    /// </summary>
    public IReadOnlyList<ListedEndpoint> Load()
    {
        var listed = endpoints.Endpoints
            .OfType<RouteEndpoint>()
            .Where(static endpoint => endpoint.Metadata.GetMetadata<FileNode>() is null
                && endpoint.Metadata.GetMetadata<ListingMetadata>() is null)
            .Select(Describe);
        return [.. listed.Concat(more.SelectMany(static rows => rows.Load())).OrderBy(static endpoint => endpoint.File is null)];
    }

    private ListedEndpoint Describe(RouteEndpoint endpoint)
    {
        var file = endpoint.Metadata.GetMetadata<FileRoute>();
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
        var guards = GuardDescriptions.Of(endpoint.Metadata);
        if (file is not null && options.Value.CheckOrigin && (methods.Count == 0 || !methods.All(SafeRequest.IsSafeMethod)))
            guards.Insert(0, new EndpointGuard("Origin", "no unsafe requests from other sites, unless CORS allows them"));

        var route = endpoint.RoutePattern.RawText ?? "";
        return new ListedEndpoint(
            methods,
            route.StartsWith('/') ? route : "/" + route,
            file?.File,
            endpoint.DisplayName,
            file is null ? [] : [.. file.Folders.Select(static folder => folder.Name)],
            guards);
    }
}
