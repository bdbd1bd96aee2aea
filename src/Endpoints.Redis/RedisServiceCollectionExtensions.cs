using Endpoints;
using Endpoints.Redis;
using Endpoints.Redis.Connecting;
using Endpoints.Redis.Inboxes;
using Endpoints.Redis.Limits;
using Endpoints.Redis.Options;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Provides extension methods for sharing through Redis.</summary>
public static class RedisServiceCollectionExtensions
{
    /// <summary>Shares rate limits between all instances of the application, with or without Wix.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configuration">The Redis servers, in the format of StackExchange.Redis: <c>localhost:6379</c>.</param>
    /// <param name="configure">A delegate that configures the other options. They are checked when the application starts.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="configuration"/> is null or empty.</exception>
    public static IServiceCollection AddRedisRateLimits(this IServiceCollection services, string configuration,
        Action<RedisSharingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(configuration);
        services.AddRateLimits();
        services.AddOptionsWithValidateOnStart<RedisSharingOptions, RedisSharingOptionsValidator>()
            .Configure(options => options.Configuration = configuration);
        if (configure is not null)
            services.Configure(configure);
        services.TryAddSingleton<RedisConnection>();
        services.Replace(ServiceDescriptor.Singleton<IRateLimitStore, RedisRateLimitStore>());
        return services;
    }

    /// <summary>
    /// Shares everything that the builder's parts can share between all instances of the application: rate limits, the inbox of messages
    /// that are handled once, and the data that the parts keep in a distributed cache.
    /// </summary>
    /// <remarks>
    /// An <see cref="IDistributedCache"/> that the application added before is kept. An <see cref="IInboxStore"/> or an
    /// <see cref="IRateLimitStore"/> of the application is kept if it is added after this call.
    /// </remarks>
    /// <typeparam name="TBuilder">The type of the builder.</typeparam>
    /// <param name="builder">The builder, such as the one that <c>AddWix</c> returns.</param>
    /// <param name="configuration">The Redis servers, in the format of StackExchange.Redis: <c>localhost:6379</c>.</param>
    /// <param name="configure">A delegate that configures the other options. They are checked when the application starts.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="configuration"/> is null or empty.</exception>
    public static TBuilder UseRedis<TBuilder>(this TBuilder builder, string configuration, Action<RedisSharingOptions>? configure = null)
        where TBuilder : IEndpointsBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddRedisRateLimits(configuration, configure);
        services.Replace(ServiceDescriptor.Singleton<IInboxStore, RedisInboxStore>());
        if (services.All(static service => service.ServiceType != typeof(IDistributedCache)))
        {
            services.AddStackExchangeRedisCache(static _ => { });
            services.AddOptions<RedisCacheOptions>()
                .Configure<RedisConnection, IOptions<RedisSharingOptions>>(static (cache, redis, sharing) =>
                (cache.ConnectionMultiplexerFactory, cache.InstanceName) = (redis.GetAsync, sharing.Value.Prefix + ":"));
        }

        return builder;
    }
}
