using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Endpoints.Listing;

/// <summary>
/// Provides the endpoint of a page that exists during development, such as <c>/_endpoints</c>. It is at the root of the application,
/// regardless of the route group it is added to.
/// </summary>
internal sealed class ListingDataSource(RequestDelegate page, string path, string name, params string[] methods) : EndpointDataSource
{
    private readonly Endpoint[] _endpoints =
    [
        new RouteEndpoint(
            page,
            RoutePatternFactory.Parse(path),
            order: 0,
            new EndpointMetadataCollection(
                ListingMetadata.Instance,
                new HttpMethodMetadata(methods),
                new ExcludeFromDescriptionAttribute(),
                new SuppressLinkGenerationMetadata()),
            name),
    ];

    public override IReadOnlyList<Endpoint> Endpoints => _endpoints;

    public override IReadOnlyList<Endpoint> GetGroupedEndpoints(RouteGroupContext context) => _endpoints;

    public override IChangeToken GetChangeToken() => NullChangeToken.Singleton;
}
