using System.Net;
using Endpoints.Wix.Emulator;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Tests.Elevation;

/// <summary>Over a real server, which uses its request objects again.</summary>
public sealed class KestrelTests
{
    [Fact]
    public async Task S09_On_one_connection_nothing_of_Alices_request_is_left_for_Bobs()
    {
        WixClient? kept = null;
        await using var wix = await WixEmulator.StartAsync();
        await using var app = await ServeAsync(wix, app => app.MapGet("/", async (Caller caller, WixClient client) =>
        {
            if (kept is not null)
                await Assert.ThrowsAsync<ObjectDisposedException>(() => kept.SiteProperties.GetSitePropertiesAsync());
            kept = client;
            return caller.Id;
        }).Elevate(Callers.User));
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1 }) { BaseAddress = new(app.Urls.First()) };

        for (var i = 0; i < 20; i++)
        {
            var name = i % 2 == 0 ? "alice" : "bob";
            using var request = new HttpRequestMessage(HttpMethod.Get, "/");
            request.Headers.TryAddWithoutValidation("Authorization", wix.IssueToken(EmulatedIdentity.User(name)));
            using var response = await client.SendAsync(request);
            Assert.Equal(name, await response.Content.ReadAsStringAsync());
        }

        Assert.Equal(0, wix.CountOf("GET /site-properties/v4/properties"));
    }

    [Fact]
    public async Task S02_A_token_of_a_megabyte_is_refused_by_the_server_or_by_us()
    {
        await using var wix = await WixEmulator.StartAsync();
        await using var app = await ServeAsync(wix, app => app.MapGet("/", () => "in").Elevate(Callers.User), limit: null);
        await using var generous = await ServeAsync(wix, app => app.MapGet("/", () => "in").Elevate(Callers.User), limit: 4 * 1024 * 1024);

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, await StatusAsync(app));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(generous));
        Assert.Empty(wix.Calls);

        static async Task<HttpStatusCode> StatusAsync(WebApplication app)
        {
            using var client = new HttpClient { BaseAddress = new(app.Urls.First()) };
            using var request = new HttpRequestMessage(HttpMethod.Get, "/");
            request.Headers.TryAddWithoutValidation("Authorization", new string('a', 1024 * 1024));
            using var response = await client.SendAsync(request);
            return response.StatusCode;
        }
    }

    private static async Task<WebApplication> ServeAsync(WixEmulator wix, Action<WebApplication> map, int? limit = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddWix(options =>
        {
            (options.ClientId, options.ClientSecret, options.InstanceId) = (wix.App.ClientId, new(wix.App.ClientSecret), wix.InstanceId);
            options.ApiBaseAddress = wix.Address;
        });
        if (limit is { } bytes)
            builder.Services.Configure<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>(options =>
                (options.Limits.MaxRequestHeadersTotalSize, options.Limits.MaxRequestBufferSize) = (bytes, 2 * bytes));
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        map(app);
        await app.StartAsync();
        return app;
    }
}
