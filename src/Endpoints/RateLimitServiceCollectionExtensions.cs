using Endpoints;
using Endpoints.RateLimiting.Enforcing;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Provides extension methods for adding rate limits.</summary>
public static class RateLimitServiceCollectionExtensions
{
    /// <summary>
    /// Adds the services that <c>[RateLimit]</c> and <c>.RateLimit(...)</c> require. <c>AddFileRoutes</c> adds them, too. Further calls
    /// only add to the options.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">
    /// A delegate that configures the named rules and the responses. The options are checked when the application starts.
    /// </param>
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
