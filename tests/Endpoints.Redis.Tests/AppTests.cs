using System.Net;
using Endpoints.Wix;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;

namespace Endpoints.Redis.Tests;

/// <summary>Tests that nodes that serve several apps share each app's limits, and no app's with another.</summary>
public sealed class AppTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [Fact]
    public async Task Nodes_share_an_apps_limits_and_apps_do_not()
    {
        await using var one = await StartAsync();
        await using var two = await StartAsync();

        foreach (var host in (string[])["shop.example", "main.example"])
        {
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(one, host));
            Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(two, host));
            Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(one, host));
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(WebApplication node, string host)
    {
        using var client = node.GetTestClient();
        for (var tries = 0; ; tries++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/limited") { Headers = { Host = host } };
            using var response = await client.SendAsync(request);
            if (response.StatusCode != HttpStatusCode.ServiceUnavailable || tries > 100)
                return response.StatusCode;
            await Task.Delay(100); // until it is connected
        }
    }

    private async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddWix(static options => Set(options, "00000000-0000-0000-0000-000000000001")).UseRedis(redis.Address);
        builder.Services.AddWix("shop", static options =>
        {
            Set(options, "00000000-0000-0000-0000-000000000002");
            options.Hosts.Add("shop.example");
        });
        var app = builder.Build();
        app.MapGet("/limited", static () => "in").Elevate(Callers.Visitor, static options => options.RateLimit = "1/1h");
        await app.StartAsync();
        return app;
    }

    private static void Set(WixOptions options, string client) => (options.ClientId, options.ClientSecret) = (client, new("no secret"));
}
