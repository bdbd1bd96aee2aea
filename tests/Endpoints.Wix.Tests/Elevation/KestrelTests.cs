using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Endpoints.Wix.Emulator;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Server.Kestrel.Core;
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

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/octet-stream")]
    public async Task S23_A_body_without_end_is_cut_off_at_the_limit_and_reaches_no_handler(string contentType)
    {
        var handled = 0;
        await using var wix = await WixEmulator.StartAsync();
        await using var app = await ServeAsync(wix, app => app.MapPost("/", (HttpContext context) => ++handled).Elevate(Callers.Visitor));
        using var connection = new System.Net.Sockets.TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, new Uri(app.Urls.First()).Port);
        await using var stream = connection.GetStream();
        var answer = ReadAsync(stream);

        await stream.WriteAsync(
            System.Text.Encoding.ASCII.GetBytes(
                $"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: {contentType}\r\nTransfer-Encoding: chunked\r\n\r\n"));
        var chunk = System.Text.Encoding.ASCII.GetBytes("4000\r\n" + new string('7', 0x4000) + "\r\n");
        var sent = 0;
        try
        {
            // Far more than any buffer on the way takes.
            for (; sent < 4_000 && !answer.IsCompleted; sent++)
                await stream.WriteAsync(chunk);
        }
        catch (IOException)
        {
            // Cut off, as it should be.
        }

        Assert.StartsWith("HTTP/1.1 413 ", await answer, StringComparison.Ordinal);
        Assert.True(sent < 4_000);
        Assert.Equal(0, handled);

        static async Task<string> ReadAsync(Stream stream)
        {
            var buffer = new byte[12];
            await stream.ReadExactlyAsync(buffer);
            return System.Text.Encoding.ASCII.GetString(buffer) + " ";
        }
    }

    [Fact]
    public async Task S09_On_one_connection_each_request_has_its_own_body_whole()
    {
        await using var wix = await WixEmulator.StartAsync();
        await using var app = await ServeAsync(wix, app =>
        {
            app.MapPost("/bound", (Label label) => label.Text).Elevate(Callers.Visitor);
            app.MapPost("/read", async (HttpRequest request) =>
            {
                using var reader = new StreamReader(request.Body);
                return await reader.ReadToEndAsync();
            }).Elevate(Callers.Visitor);
        });
        var connections = 0;
        using var client = new HttpClient(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = 1,
            ConnectCallback = async (context, ct) =>
            {
                connections++;
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(context.DnsEndPoint, ct);
                return new NetworkStream(socket, ownsSocket: true);
            },
        }) { BaseAddress = new(app.Urls.First()) };

        for (var i = 0; i < 40; i++)
        {
            var text = new string((char)('a' + (i % 26)), i % 4 == 3 ? 200_000 : 10); // of one segment and of many
            var whole = $$"""{"text":"{{text}}"}""";
            Assert.Equal((200, text), await PostAsync("/bound", whole, isChunked: i % 2 == 0));
            Assert.Equal((200, whole), await PostAsync("/read", whole, isChunked: i % 2 == 1));
            Assert.Equal(400, (await PostAsync("/bound", $$"""{"text":"{{text}}","isAdmin":true}""", isChunked: i % 2 == 0)).Status);
        }

        Assert.Equal(1, connections);

        async Task<(int Status, string Body)> PostAsync(string path, string json, bool isChunked)
        {
            using var request =
                new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
            request.Headers.TransferEncodingChunked = isChunked;
            using var response = await client.SendAsync(request);
            return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
        }
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(2, false)]
    public async Task S23_A_body_far_larger_than_the_servers_buffers_comes_whole_where_it_is_allowed(int version, bool isChunked)
    {
        const int Length = 10_000_000;
        var http = version == 1 ? HttpVersion.Version11 : HttpVersion.Version20;
        await using var wix = await WixEmulator.StartAsync();
        await using var app = await ServeAsync(
            wix,
            app =>
            {
                var allowed = new RequestSizeLimitAttribute(Length * 2); // Kestrel counts what is around chunks as well
                app.MapPost("/bound", (Label label) => label.Text.Length).Elevate(Callers.Visitor).WithMetadata(allowed);
                app.MapPost("/read", async (HttpRequest request) =>
                {
                    using var reader = new StreamReader(request.Body);
                    return JsonSerializer.Deserialize<Label>(await reader.ReadToEndAsync(), JsonSerializerOptions.Web)!.Text.Length;
                }).Elevate(Callers.Visitor).WithMetadata(allowed);
                app.MapPost("/unread", () => Length).Elevate(Callers.Visitor).WithMetadata(allowed);
            },
            protocols: version == 1 ? HttpProtocols.Http1 : HttpProtocols.Http2);
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1 }) { BaseAddress = new(app.Urls.First()) };
        var json = Encoding.UTF8.GetBytes($$"""{"text":"{{new string('x', Length)}}"}""");

        foreach (var path in new[] { "/bound", "/read", "/unread", "/bound" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path)
            {
                Version = http,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                Content = isChunked ? new StreamContent(new Unmeasured(json)) : new ByteArrayContent(json),
            };
            request.Content.Headers.ContentType = new("application/json");
            using var response = await client.SendAsync(request);
            Assert.Equal((HttpStatusCode.OK, $"{Length}"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        }
    }

    private sealed record Label(string Text);

    private sealed class Unmeasured(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }

    private static async Task<WebApplication> ServeAsync(WixEmulator wix, Action<WebApplication> map, int? limit = null,
        HttpProtocols? protocols = null)
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
        if (protocols is { } only)
            builder.Services.Configure<KestrelServerOptions>(
                options => options.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = only));
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        map(app);
        await app.StartAsync();
        return app;
    }
}
