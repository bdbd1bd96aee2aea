using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Endpoints.Listing;

/// <summary>Adds the list of endpoints.</summary>
internal static class ListingServices
{
    public static void AddListing(this IServiceCollection services)
    {
        services.TryAddSingleton<EndpointList>();
        services.TryAddSingleton<ListingPage>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, ListingPolicy>());
    }
}
