using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Endpoints.Listing;

/// <summary>
/// Provides the endpoint <c>/_endpoints</c>. It is at the root of the application, regardless of the route group it is added to.
/// </summary>
internal sealed class ListingDataSource(ListingPage page) : EndpointDataSource
{
    private readonly Endpoint[] _endpoints =
    [
        new RouteEndpoint(
            page.InvokeAsync,
            RoutePatternFactory.Parse("/_endpoints"),
            order: 0,
            new EndpointMetadataCollection(
                ListingMetadata.Instance,
                new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]),
                new ExcludeFromDescriptionAttribute(),
                new SuppressLinkGenerationMetadata()),
            "List of endpoints"),
    ];

    public override IReadOnlyList<Endpoint> Endpoints => _endpoints;

    public override IReadOnlyList<Endpoint> GetGroupedEndpoints(RouteGroupContext context) => _endpoints;

    public override IChangeToken GetChangeToken() => NullChangeToken.Singleton;
}
