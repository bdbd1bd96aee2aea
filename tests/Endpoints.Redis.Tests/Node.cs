using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;

namespace Endpoints.Redis.Tests;

/// <summary>One instance of an application that shares its limits.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Node(WebApplication app)
    {
        _app = app;
        Client = app.GetTestClient();
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public IRateLimitStore Store => _app.Services.GetRequiredService<IRateLimitStore>();

    public static async Task<Node> StartAsync(RedisServer redis, Action<RateLimitOptions>? limits = null,
        Action<RedisSharingOptions>? sharing = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddRateLimits(options =>
        {
            options.AddRule("all", "100/1h", static rule => rule.By = RateLimitBy.Everybody);
            limits?.Invoke(options);
        });
        builder.Services.AddRedisRateLimits(redis.Address, sharing);
        builder.Services.AddHealthChecks().AddRedisSharing();
        var app = builder.Build();
        app.MapGet("/", static () => "in").RateLimit("all");
        app.MapHealthChecks("/health");
        await app.StartAsync();
        var node = new Node(app);
        await node.ReadyAsync();
        return node;
    }

    /// <summary>Waits for the connection.</summary>
    public async Task ReadyAsync()
    {
        for (var tries = 0; tries < 100; tries++)
        {
            if ((await Client.GetAsync(new Uri("/health", UriKind.Relative))).IsSuccessStatusCode)
                return;
            await Task.Delay(100);
        }

        Assert.Fail("Redis is not reached.");
    }

    public async Task<int> StatusAsync() => (int)(await Client.GetAsync(new Uri("/", UriKind.Relative))).StatusCode;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
