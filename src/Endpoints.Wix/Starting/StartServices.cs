using Endpoints.Wix.Elevation.Running;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Endpoints.Wix.Starting;

/// <summary>Registers the checks that stop endpoints whose guards don't run.</summary>
internal static class StartServices
{
    public static void AddWixStart(this IServiceCollection services)
    {
        services.AddHostedService<AppsStart>();
        services.AddHostedService<UnmappedEvents>();
        services.AddTransient<IStartupFilter, UnguardedEndpoints>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, UnguardedEndpointPolicy>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, RoutedDemands>());
    }
}
