using Endpoints.Conventions;
using Endpoints.Origins;
using Endpoints.RateLimiting.Counting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Endpoints.RateLimiting.Enforcing;

/// <summary>Adds rate limits.</summary>
internal static class RateLimitServices
{
    public static void AddRateLimiting(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddOptions<RateLimitOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RateLimitOptions>, RateLimitOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new KeptServices(services));
        services.TryAddSingleton<MemoryRateLimitStore>();
        services.TryAddSingleton<IRateLimitStore>(static services => services.GetRequiredService<MemoryRateLimitStore>());
        services.TryAddSingleton<RateLimitMetrics>();
        services.TryAddSingleton<RequestQueues>();
        services.TryAddSingleton<RateLimitScopes>();
        services.TryAddSingleton<RateLimitGate>();
        services.TryAddSingleton(static services => new RateLimits(
            services.GetRequiredService<RateLimitScopes>(), services.GetRequiredService<IRateLimitStore>(),
            services.GetRequiredService<IOptions<RateLimitOptions>>()));
        services.TryAddEnumerable(ServiceDescriptor.Transient<IStartupFilter, CorsObserver>());
        services.TryAddSingleton<LimitedEndpoints>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<MatcherPolicy, LimitedEndpoints>(
                static services => services.GetRequiredService<LimitedEndpoints>()));
        services.TryAddEnumerable(ServiceDescriptor.Transient<IStartupFilter, RateLimitStart>());
    }
}
