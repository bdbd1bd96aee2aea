using System.Net;
using System.Net.WebSockets;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace Endpoints.Wix.Tests.Origins;

/// <summary>Requests that look like reads and act: sockets, streams, tunnels, and methods by another name.</summary>
public sealed class UpgradeTests
{
    [Theory]
    [InlineData("https://evil.example", false)]
    [InlineData("null", false)]
    [InlineData(null, false)]
    [InlineData("http://localhost", true)]
    [InlineData("https://www.shop.example", true)]
    public async Task S57_A_socket_of_another_origin_is_not_opened_with_a_members_cookie(string? origin, bool opens)
    {
        await using var site = await WixSite.StartAsync(
            app =>
            {
                app.UseWebSockets();
                app.MapGet("/", async (HttpContext context, ElevatedWixClient wix) =>
                {
                    if (context.WebSockets.IsWebSocketRequest)
                    {
                        using var socket = await context.WebSockets.AcceptWebSocketAsync();
                        await wix.SiteProperties.GetSitePropertiesAsync();
                        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default);
                    }
                }).Elevate(Callers.Member);
            },
            options => options.OwnOrigins.Add(new("https://www.shop.example")));
        var cookie = Hosting.SessionCookie.Of(site.Wix.App.ClientId, site.Wix.IssueSession(EmulatedIdentity.Member()));
        var client = site.Server.CreateWebSocketClient();
        client.ConfigureRequest = request =>
        {
            request.Headers.Cookie = cookie;
            request.Headers.Origin = origin;
        };

        var opening = client.ConnectAsync(new("ws://localhost/"), default);
        if (opens)
        {
            using var socket = await opening;
            Assert.Equal(WebSocketMessageType.Close, (await socket.ReceiveAsync(new byte[1], default)).MessageType);
        }
        else
        {
            Assert.Contains("403", (await Assert.ThrowsAsync<InvalidOperationException>(() => opening)).Message, StringComparison.Ordinal);
        }

        Assert.Equal(opens ? 1 : 0, site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    public static TheoryData<string, string> Acts => new()
    {
        { "GET", "Connection: Upgrade|Upgrade: websocket|Sec-WebSocket-Version: 13|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==" },
        { "GET", "Connection: keep-alive, upgrade|Upgrade: WebSocket" },
        { "GET", "Connection: Upgrade|Upgrade: anything/1" },
        { "GET", "Connection: Upgrade|Upgrade: h2c" },
        { "GET", "Connection: Upgrade" },
        { "GET", "Upgrade: websocket" },
        { "GET", "Accept: text/event-stream" },
        { "GET", "Accept: text/html, TEXT/Event-Stream;q=0.1" },
        { "GET", "Content-Length: 2" },
        { "GET", "Transfer-Encoding: chunked" },
        { "GET", "X-HTTP-Method-Override: POST" },
        { "GET", "X-HTTP-Method: DELETE" },
        { "GET", "X-Method-Override: PUT" },
        { "HEAD", "Connection: Upgrade|Upgrade: websocket" },
        { "HEAD", "Accept: text/event-stream" },
        { "OPTIONS", "Connection: Upgrade|Upgrade: websocket" },
        { "POST", "Content-Length: 0" },
        { "get", "Accept: */*" },
        { "Get", "Accept: */*" },
        { "CONNECT", "Accept: */*" },
        { "TRACE", "Accept: */*" },
        { "QUERY", "Accept: */*" },
        { "PROPFIND", "Accept: */*" },
        { "GETX", "Accept: */*" },
    };

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task S57_Whatever_acts_needs_the_sites_own_page(string method, string headers)
    {
        foreach (var surface in new[] { "minimal", "file", "foreign file" })
        {
            await using var wix = await WixEmulator.StartAsync();
            await using var app = await Wires.ServeAsync(wix, app =>
            {
                if (surface == "minimal")
                    app.Map("/", () => "in").Elevate(Callers.Member);
                else if (surface == "file")
                    app.MapFileRoutes([new FileRoute("pages/index.cs", "/", typeof(ElevatedFile), [new("ALL", nameof(ElevatedFile.All))])]);
                else
                    app.MapFileRoutes([new FileRoute("pages/index.cs", "/", typeof(OpenFile), [new("ALL", nameof(OpenFile.All))])]);
            });
            var cookie = Hosting.SessionCookie.Of(wix.App.ClientId, wix.IssueSession(EmulatedIdentity.Member()));
            var body = headers.Contains("Content-Length: 2", StringComparison.Ordinal)
                ? "{}" : headers.Contains("chunked", StringComparison.Ordinal) ? "2\r\n{}\r\n0\r\n\r\n" : "";

            foreach (var (origin, passes) in new[] { ("https://evil.example", false), ("null", false),
                ($"http://localhost:{new Uri(app.Urls.First()).Port}", true) })
            {
                var status = await Wires.StatusAsync(app, method, [.. headers.Split('|'), $"Cookie: {cookie}", $"Origin: {origin}"], body);
                if (!passes)
                    Assert.True(status == 403, $"{surface} {method} {headers} from {origin}: {status}");
                else
                    Assert.True(status is 200 or 101, $"{surface} {method} {headers} from {origin}: {status}");
            }
        }
    }

    [Theory]
    [InlineData("GET",
        "Accept: text/html,application/xhtml+xml,*/*;q=0.8|Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: navigate|Sec-Fetch-Dest: "
        + "document|Upgrade-Insecure-Requests: 1")]
    [InlineData("GET", "Accept: text/html|Sec-Fetch-Site: none|Connection: keep-alive")]
    [InlineData("GET", "Accept: application/json|Sec-Fetch-Site: same-origin")]
    [InlineData("HEAD", "Accept: */*")]
    [InlineData("OPTIONS", "Accept: */*")]
    public async Task S57_A_read_stays_one(string method, string headers)
    {
        await using var wix = await WixEmulator.StartAsync();
        await using var app = await Wires.ServeAsync(wix, app => app.Map("/", () => "in").Elevate(Callers.Member));
        var cookie = Hosting.SessionCookie.Of(wix.App.ClientId, wix.IssueSession(EmulatedIdentity.Member()));

        Assert.Equal(200, await Wires.StatusAsync(app, method, [.. headers.Split('|'), $"Cookie: {cookie}"]));
    }

    [Theory]
    [InlineData("header")]
    [InlineData("form")]
    public async Task S57_A_method_that_middleware_has_overridden_is_still_what_came(string how)
    {
        await using var wix = await WixEmulator.StartAsync();
        await using var app = await Wires.ServeAsync(wix, app =>
        {
            app.UseHttpMethodOverride(how == "form" ? new() { FormFieldName = "_method" } : new());
            app.UseRouting();
            app.MapGet("/", () => "in").Elevate(Callers.Member);
        });
        var cookie = Hosting.SessionCookie.Of(wix.App.ClientId, wix.IssueSession(EmulatedIdentity.Member()));
        string[] headers = how == "form" ? ["Content-Type: application/x-www-form-urlencoded", "Content-Length: 11"]
            : ["X-HTTP-Method-Override: GET", "Content-Length: 0"];
        var body = how == "form" ? "_method=GET" : "";

        Assert.Equal(403, await Wires.StatusAsync(app, "POST", [.. headers, $"Cookie: {cookie}", "Origin: https://evil.example"], body));
        Assert.Equal(
            200, await Wires.StatusAsync(
                app, "POST", [.. headers, $"Cookie: {cookie}", $"Origin: http://localhost:{new Uri(app.Urls.First()).Port}"], body));
    }

    [Theory]
    [InlineData("https://evil.example", false)]
    [InlineData(null, false)]
    [InlineData("own", true)]
    public async Task S57_A_socket_over_http2_is_no_read_either(string? origin, bool opens)
    {
        await using var wix = await WixEmulator.StartAsync();
        await using var app = await Wires.ServeAsync(
            wix,
            app =>
            {
                app.UseWebSockets();
                app.Use((context, next) =>
                {
                    if (!opens)
                        context.Request.Method = "GET"; // what makes a read of it: the connect's own name is gone
                    return next();
                });
                app.UseRouting();
                app.Map("/", async (HttpContext context) =>
                {
                    using var socket = await context.WebSockets.AcceptWebSocketAsync();
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default);
                }).Elevate(Callers.Member);
            },
            isHttp2: true);
        using var socket =
            new ClientWebSocket { Options = { HttpVersion = HttpVersion.Version20,
                HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact } };
        var address = new Uri(app.Urls.First());
        socket.Options.SetRequestHeader("Cookie", Hosting.SessionCookie.Of(wix.App.ClientId, wix.IssueSession(EmulatedIdentity.Member())));
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin == "own" ? $"http://{address.Host}:{address.Port}" : origin);
        using var client = new HttpMessageInvoker(new SocketsHttpHandler());

        var opening = socket.ConnectAsync(new($"ws://{address.Host}:{address.Port}/"), client, default);

        if (opens)
            await opening;
        else
            await Assert.ThrowsAsync<WebSocketException>(() => opening);
        Assert.Equal(opens ? WebSocketState.Open : WebSocketState.Closed, socket.State);
    }

    [Theory]
    [InlineData("stream")]
    [InlineData("action")]
    [InlineData("transport")]
    public async Task S57_A_stream_that_the_endpoint_declares_acts_whatever_the_client_accepts(string kind)
    {
        await using var site = await WixSite.StartAsync(
            app =>
            {
                app.Use((context, next) =>
                {
                    if (kind == "transport")
                        context.Features.Set<IHttpWebSocketFeature>(new Socket());
                    return next();
                });
                app.UseRouting();
                if (kind == "action")
                    app.MapControllers();
                else if (kind == "stream")
                    app.MapGet("/stream", static () => TypedResults.ServerSentEvents(Empty())).Elevate(Callers.Member);
                else
                    app.MapGet("/stream", () => "in").Elevate(Callers.Member);
            },
            build: builder => Surfaces.OnlyControllers.AddTo(builder, typeof(StreamController)));
        var cookie = Hosting.SessionCookie.Of(site.Wix.App.ClientId, site.Wix.IssueSession(EmulatedIdentity.Member()));

        Assert.Equal("cross-site-session", (await site.GetAsync("/stream", cookie: cookie)).Problem);
        Assert.Equal(HttpStatusCode.OK,
            (await site.GetAsync("/stream", cookie: cookie, headers: ("Sec-Fetch-Site", "same-origin"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/stream", site.Wix.IssueToken(EmulatedIdentity.Member()))).Status);
    }

    [Theory]
    [InlineData("cross-site", "https://evil.example", false)]
    [InlineData("cross-site", null, false)]
    [InlineData("same-site", null, false)]
    [InlineData(null, null, false)]
    [InlineData("same-origin", null, true)]
    public async Task S57_A_stream_that_nobody_declared_is_elevated_for_the_sites_own_page_only(string? from, string? origin, bool goesOn)
    {
        foreach (var isAction in new[] { false, true })
        {
            await using var site = await WixSite.StartAsync(
                app =>
                {
                    if (isAction)
                        app.MapControllers();
                    else
                        app.MapGet("/stream", StreamAsync).Elevate(Callers.Member);
                },
                build: builder => Surfaces.OnlyControllers.AddTo(builder, typeof(UnsaidStreamController)));
            var cookie = Hosting.SessionCookie.Of(site.Wix.App.ClientId, site.Wix.IssueSession(EmulatedIdentity.Member()));
            (string, string)[] headers =
                [.. new[] { ("Sec-Fetch-Site", from), ("Origin", origin) }.Where(static header => header.Item2 is not null)
                    .Select(static header => (header.Item1, header.Item2!))];

            var answer = await site.GetAsync("/stream", cookie: cookie, headers: headers);

            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Equal(goesOn ? "data: 1\n\ndata: went on\n\n" : "data: 1\n\ndata: Elevation has ended\n\n", answer.Body);
            Assert.Equal(goesOn ? 2 : 1, site.Wix.CountOf(WixSite.GetSiteProperties));
            Assert.StartsWith("data: 1\n\ndata: went on",
                (await site.GetAsync("/stream", site.Wix.IssueToken(EmulatedIdentity.Member()), headers: headers)).Body,
                StringComparison.Ordinal);
        }
    }

    private static async Task StreamAsync(HttpContext context)
    {
        var wix = context.RequestServices.GetRequiredService<ElevatedWixClient>();
        await wix.SiteProperties.GetSitePropertiesAsync(); // as any read may
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        await context.Response.WriteAsync("data: 1\n\n");
        await context.Response.Body.FlushAsync();
        var failure = await Record.ExceptionAsync(() => wix.SiteProperties.GetSitePropertiesAsync());
        await context.Response.WriteAsync($"data: {(failure is null ? "went on" : failure.Message.Split(':')[0])}\n\n");
    }

    private static async IAsyncEnumerable<string> Empty()
    {
        await Task.CompletedTask;
        yield break;
    }

    public static class ElevatedFile
    {
        [Elevate(Callers.Member)]
        public static string All() => "in";
    }

    public static class OpenFile
    {
        public static string All() => "in";
    }

    [Microsoft.AspNetCore.Mvc.Route("/stream")]
    internal sealed class StreamController : Microsoft.AspNetCore.Mvc.Controller
    {
        [Microsoft.AspNetCore.Mvc.HttpGet]
        [Microsoft.AspNetCore.Mvc.Produces("text/event-stream")]
        [Elevate(Callers.Member)]
        public Microsoft.AspNetCore.Mvc.IActionResult Get() => Content("");
    }

    [Microsoft.AspNetCore.Mvc.Route("/stream")]
    internal sealed class UnsaidStreamController : Microsoft.AspNetCore.Mvc.Controller
    {
        [Microsoft.AspNetCore.Mvc.HttpGet]
        [Elevate(Callers.Member)]
        public Task Get() => StreamAsync(HttpContext);
    }

    private sealed class Socket : IHttpWebSocketFeature
    {
        public bool IsWebSocketRequest => true;

        public Task<WebSocket> AcceptAsync(WebSocketAcceptContext context) => throw new NotSupportedException();
    }
}
