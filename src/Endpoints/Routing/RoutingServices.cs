using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Endpoints.Routing;

/// <summary>Adds the services that find the file for a request.</summary>
internal static class RoutingServices
{
    public static void AddFileRouting(this IServiceCollection services)
    {
        services.AddRouting();
        services.AddOptions<FileRouteOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FileRouteOptions>, FileRouteOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, FileRouteMatcherPolicy>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, FallbackPolicy>());
        services.TryAddSingleton<FileRouteRegistry>();
    }
}
