using Endpoints.Wix;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.StackExchangeRedis;

namespace Endpoints.Redis.Tests;

public sealed class RegistrationTests
{
    [Fact]
    public void On_what_AddWix_returns_it_shares_limits_and_the_distributed_cache()
    {
        var services = new ServiceCollection();
        services.AddLogging().AddWix(static _ => { }).UseRedis("localhost:1");

        Assert.Equal("RedisRateLimitStore",
            services.Last(static service => service.ServiceType == typeof(IRateLimitStore)).ImplementationType?.Name);
        Assert.Contains(services,
            static service => service.ServiceType == typeof(IDistributedCache)
                && typeof(RedisCache).IsAssignableFrom(service.ImplementationType));
    }

    [Fact]
    public async Task S22_An_elevated_endpoint_is_closed_while_Redis_is_away_and_another_is_not()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddWix(
            static options => (options.ClientId, options.ClientSecret) = ("00000000-0000-0000-0000-000000000001", new("no secret")))
            .UseRedis("127.0.0.1:1");
        await using var app = builder.Build();
        app.MapGet("/elevated", static () => "in").Elevate(Callers.Visitor);
        app.MapGet("/plain", static () => "in").RateLimit("1/1m");
        await app.StartAsync();
        using var client = app.GetTestClient();

        var closed = await client.GetAsync(new Uri("/elevated", UriKind.Relative));

        Assert.Equal(503, (int)closed.StatusCode);
        Assert.Contains("limits-unavailable", await closed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(closed.Headers.Contains("Retry-After"));
        Assert.Equal(200, (int)(await client.GetAsync(new Uri("/plain", UriKind.Relative))).StatusCode);
        Assert.Equal(429, (int)(await client.GetAsync(new Uri("/plain", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public void A_distributed_cache_of_the_application_is_kept()
    {
        var services = new ServiceCollection();
        services.AddDistributedMemoryCache().AddLogging().AddWix(static _ => { }).UseRedis("localhost:1");

        Assert.Equal("MemoryDistributedCache",
            services.Single(static service => service.ServiceType == typeof(IDistributedCache)).ImplementationType?.Name);
    }

    [Fact]
    public void Without_Wix_it_shares_limits_alone_in_either_order()
    {
        foreach (var isFirst in (bool[])[true, false])
        {
            var services = new ServiceCollection();
            if (isFirst)
                services.AddRedisRateLimits("localhost:1").AddFileRoutes();
            else
                services.AddFileRoutes().AddRedisRateLimits("localhost:1");

            Assert.Equal("RedisRateLimitStore",
                services.Single(static service => service.ServiceType == typeof(IRateLimitStore)).ImplementationType?.Name);
            Assert.DoesNotContain(services, static service => service.ServiceType == typeof(IDistributedCache));
        }
    }
}
