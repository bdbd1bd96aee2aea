using System.Net;
using System.Net.Sockets;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Tests.Elevation;

/// <summary>Behind a proxy whose word on its clients nobody uses, all of them share one limit: it is said once, with what to set.</summary>
public sealed class SharedAddressTests
{
    [Theory]
    [InlineData(true, "over a Unix socket")]
    [InlineData(false, "from a proxy on this machine")]
    public async Task F14_That_all_clients_share_a_limit_is_one_warning(bool unix, string how)
    {
        await using var wix = await WixEmulator.StartAsync();
        using var logs = new CapturedLogs();
        await using var app = await ServeAsync(wix, logs, unix, forwarded: false);
        using var client = Client(app, unix);

        Assert.Equal("200, 200, 429", await StatusesAsync(client, "203.0.113.1", "203.0.113.2", "203.0.113.3"));
        var warning = Assert.Single(logs.Of("RateLimitGate"), static line => line.Contains("share the limits", StringComparison.Ordinal));
        Assert.Contains(how, warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task F14_With_what_it_says_to_set_each_client_has_its_own(bool unix)
    {
        await using var wix = await WixEmulator.StartAsync();
        using var logs = new CapturedLogs();
        await using var app = await ServeAsync(wix, logs, unix, forwarded: true);
        using var client = Client(app, unix);

        Assert.Equal("200, 200, 200, 200, 429",
            await StatusesAsync(client, "203.0.113.1", "203.0.113.2", "203.0.113.3", "203.0.113.1", "203.0.113.1"));
        Assert.DoesNotContain(logs.Of("RateLimitGate"), static line => line.Contains("share the limits", StringComparison.Ordinal));
    }

    [Fact]
    public async Task F14_A_client_that_comes_by_itself_is_no_reason_for_a_warning()
    {
        await using var wix = await WixEmulator.StartAsync();
        using var logs = new CapturedLogs();
        await using var app = await ServeAsync(wix, logs, unix: false, forwarded: false);
        using var client = Client(app, unix: false);

        Assert.Equal("200", await StatusesAsync(client, (string?)null));
        Assert.DoesNotContain(logs.Of("RateLimitGate"), static line => line.Contains("share the limits", StringComparison.Ordinal));
    }

    [Theory]
    // Proxies of a cluster or a data center, as the connection shows them.
    [InlineData("10.0.0.5", "X-Forwarded-For", true)]
    [InlineData("172.16.0.1", "X-Forwarded-For", true)]
    [InlineData("172.31.255.1", "Forwarded", true)]
    [InlineData("192.168.1.10", "X-Forwarded-For", true)]
    [InlineData("100.64.3.4", "X-Forwarded-For", true)]
    [InlineData("169.254.1.1", "X-Forwarded-For", true)]
    [InlineData("::ffff:10.0.0.5", "X-Forwarded-For", true)]
    [InlineData("fd12:3456::1", "X-Forwarded-For", true)]
    [InlineData("fe80::1%3", "X-Forwarded-For", true)]
    [InlineData("::1", "X-Forwarded-For", true)]
    // Clients that say something of themselves, or nothing.
    [InlineData("203.0.113.5", "X-Forwarded-For", false)]
    [InlineData("172.32.0.1", "X-Forwarded-For", false)]
    [InlineData("100.128.0.1", "X-Forwarded-For", false)]
    [InlineData("2001:db8::1", "X-Forwarded-For", false)]
    [InlineData("10.0.0.5", "X-Request-Id", false)]
    public async Task F14_A_proxy_in_the_same_network_is_one_too(string address, string header, bool warned)
    {
        await using var site = await WixSite.StartAsync(app =>
        {
            app.Use((context, next) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(address);
                return next(context);
            });
            app.MapGet("/", static () => "in").Elevate(Callers.Visitor, static options => options.RateLimit = "2/1h");
        });

        for (var i = 0; i < 3; i++)
            await site.GetAsync("/", headers: (header, "198.51.100.7"));

        Assert.Equal(warned ? 1 : 0,
            site.Logs.Of("RateLimitGate").Count(static line => line.Contains("share the limits", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task F14_Behind_such_a_proxy_what_the_warning_says_to_set_tells_clients_apart()
    {
        await using var site = await WixSite.StartAsync(
            static app =>
            {
                app.Use(static (context, next) =>
                {
                    context.Connection.RemoteIpAddress = IPAddress.Parse("10.0.0.5");
                    return next(context);
                });
                app.UseForwardedHeaders();
                app.MapGet("/", static () => "in").Elevate(Callers.Visitor, static options => options.RateLimit = "1/1h");
            },
            build: static builder => builder.Services.Configure<ForwardedHeadersOptions>(static options =>
            {
                options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
                options.KnownProxies.Add(IPAddress.Parse("10.0.0.5"));
            }));

        foreach (var client in (string[])["198.51.100.7", "198.51.100.8"])
        {
            Assert.Equal(200, (int)(await site.GetAsync("/", headers: ("X-Forwarded-For", client))).Status);
            Assert.Equal(429, (int)(await site.GetAsync("/", headers: ("X-Forwarded-For", client))).Status);
        }

        Assert.DoesNotContain(site.Logs.Of("RateLimitGate"), static line => line.Contains("share the limits", StringComparison.Ordinal));
    }

    private static async Task<string> StatusesAsync(HttpClient client, params string?[] addresses)
    {
        var statuses = new List<int>();
        foreach (var address in addresses)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/");
            if (address is not null)
                request.Headers.Add("X-Forwarded-For", address);
            using var response = await client.SendAsync(request);
            statuses.Add((int)response.StatusCode);
        }

        return string.Join(", ", statuses);
    }

    private static HttpClient Client(WebApplication app, bool unix) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, ct) =>
        {
            var socket = unix ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
                : new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(
                unix ? new UnixDomainSocketEndPoint(app.Urls.First()["http://unix:".Length..])
                    : new DnsEndPoint(context.DnsEndPoint.Host, context.DnsEndPoint.Port), ct);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = new(unix ? "http://localhost" : app.Urls.First()),
    };

    private static async Task<WebApplication> ServeAsync(WixEmulator wix, CapturedLogs logs, bool unix, bool forwarded)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(logs);
        builder.Services.AddWix(options =>
        {
            (options.ClientId, options.ClientSecret, options.InstanceId) = (wix.App.ClientId, new(wix.App.ClientSecret), wix.InstanceId);
            options.ApiBaseAddress = wix.Address;
        });
        builder.Services.Configure<ForwardedHeadersOptions>(static options => options.ForwardedHeaders = ForwardedHeaders.XForwardedFor);
        var app = builder.Build();
        app.Urls.Add(unix ? $"http://unix:{Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())}" : "http://127.0.0.1:0");
        if (forwarded)
            app.UseForwardedHeaders();
        app.MapGet("/", static () => "in").Elevate(Callers.Visitor, static options => options.RateLimit = "2/1h");
        await app.StartAsync();
        return app;
    }
}
