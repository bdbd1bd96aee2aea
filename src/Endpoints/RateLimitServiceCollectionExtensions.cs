using Endpoints;
using Endpoints.RateLimiting.Enforcing;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds rate limits.</summary>
public static class RateLimitServiceCollectionExtensions
{
    /// <summary>Adds what <c>[RateLimit]</c> and <c>.RateLimit(...)</c> need. <c>AddFileRoutes</c> does so, too. Calling it again only adds to the options.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets the options: the named rules, and what answers say. They are checked when the application starts.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddRateLimits(this IServiceCollection services, Action<RateLimitOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddRateLimiting();
        if (configure is not null)
            services.Configure(configure);
        return services;
    }
}
