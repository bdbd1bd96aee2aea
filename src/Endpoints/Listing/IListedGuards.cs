using Microsoft.AspNetCore.Routing;

namespace Endpoints.Listing;

/// <summary>Provides guards for the list of endpoints that are known of an endpoint and not in its metadata.</summary>
internal interface IListedGuards
{
    /// <summary>Returns the guards of an endpoint.</summary>
    IEnumerable<EndpointGuard> Of(RouteEndpoint endpoint);
}
