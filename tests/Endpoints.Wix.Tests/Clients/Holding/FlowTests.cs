using System.Net;
using System.Net.WebSockets;
using System.Text;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Hosting;

namespace Endpoints.Wix.Tests.Clients.Holding;

/// <summary>
/// The ambient request: in what it left running, in requests within requests, in hubs, and where somebody else says so.
/// </summary>
public sealed class FlowTests
{
    private static readonly string[] HubMethods = ["Own", "Singleton"];

    [Fact]
    public async Task S58_A_context_that_was_kept_names_nobody_in_another_requests_flow()
    {
        var kept = new TaskCompletionSource<HttpContext>();
        var mayEnd = new TaskCompletionSource();
        await using var site = await StartAsync(app =>
        {
            app.MapGet("/keep", async (HttpContext context, Caller caller) =>
            {
                kept.SetResult(context);
                await mayEnd.Task;
                return caller.Id;
            });
            app.MapGet("/use", async (HttpContext own, Caller caller) =>
            {
                var context = await kept.Task;
                await Assert.ThrowsAsync<InvalidOperationException>(async () => await Caller.BindAsync(context, null!));
                await Assert.ThrowsAsync<InvalidOperationException>(() => context.EnsureVisitorSessionAsync());
                Assert.True(await own.EnsureVisitorSessionAsync());
                return caller.Id;
            });
        });
        var keeping = site.GetAsync("/keep", site.Wix.IssueToken(EmulatedIdentity.User("ada")));

        Assert.Equal("bob", (await site.GetAsync("/use", site.Wix.IssueToken(EmulatedIdentity.User("bob")))).Body);

        mayEnd.SetResult();
        Assert.Equal("ada", (await keeping).Body);
    }

    [Fact]
    public async Task S58_Work_left_by_a_request_that_never_asked_who_calls_gets_nobody()
    {
        Task<Exception?>? left = null;
        var mayGoOn = new TaskCompletionSource();
        await using var site = await StartAsync(app => app.MapGet("/", () =>
        {
            left = Task.Run<Exception?>(async () =>
            {
                await mayGoOn.Task;
                return await Record.ExceptionAsync(
                    () => app.Services.GetRequiredService<WixClient>().SiteProperties.GetSitePropertiesAsync());
            });
        }));
        await site.GetAsync("/", site.Wix.IssueToken(EmulatedIdentity.Member()));

        mayGoOn.SetResult();

        Assert.IsType<ObjectDisposedException>(await left!);
        Assert.Empty(site.Wix.Calls);
    }

    [Fact]
    public async Task S58_Who_sets_the_accessor_gets_no_other_requests_identity()
    {
        Task<Exception?>? left = null;
        var other = new TaskCompletionSource<HttpContext>();
        var mayEnd = new TaskCompletionSource();
        await using var site = await StartAsync(app =>
        {
            app.MapGet("/", async (HttpContext context, IHttpContextAccessor accessor) =>
            {
                left = Task.Run<Exception?>(async () =>
                {
                    accessor.HttpContext = await other.Task; // another request's, which is running
                    return await Record.ExceptionAsync(
                        () => app.Services.GetRequiredService<WixClient>().SiteProperties.GetSitePropertiesAsync());
                });
                var made = new DefaultHttpContext { RequestServices = context.RequestServices };
                made.Request.Headers.Authorization = context.Request.Headers["X-Other"];
                accessor.HttpContext = made;
                await Assert.ThrowsAsync<InvalidOperationException>(
                    () => app.Services.GetRequiredService<WixClient>().SiteProperties.GetSitePropertiesAsync());
                accessor.HttpContext = context;
                await app.Services.GetRequiredService<WixClient>().SiteProperties.GetSitePropertiesAsync();
            });
            app.MapGet("/other", async (HttpContext context) =>
            {
                other.SetResult(context);
                await mayEnd.Task;
            });
        });
        var (ada, bob) = (site.Wix.IssueToken(EmulatedIdentity.User("ada")), site.Wix.IssueToken(EmulatedIdentity.User("bob")));

        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/", ada, headers: ("X-Other", bob))).Status);
        var running = site.GetAsync("/other", bob);
        Assert.IsType<ObjectDisposedException>(await left!);
        mayEnd.SetResult();
        await running;

        Assert.Equal(ada, Assert.Single(site.Wix.CallsTo(WixSite.GetSiteProperties)).Header("Authorization"));
    }

    [Theory]
    [InlineData("/as-caller")]
    [InlineData("/as-app")]
    public async Task S58_A_request_that_a_handler_makes_of_another_token_has_its_own_caller(string path)
    {
        await using var site = await StartAsync(app =>
        {
            app.MapGet("/batch",
                async (HttpContext context, WixClient own, EndpointDataSource endpoints, IHttpContextFactory contexts, IHttpContextAccessor accessor) =>
            {
                await own.FetchWithAuthAsync(HttpMethod.Get, "/site-properties/v4/properties?fields=outer");
                // As libraries for batches do it: all features but request and response are the outer request's.
                var features = new FeatureCollection();
                foreach (var (type, feature) in context.Features)
                    features[type] = feature;
                var request =
                    new HttpRequestFeature { Method = "GET", Path = path,
                        Headers = new HeaderDictionary { ["Authorization"] = context.Request.Headers["X-Other"].ToString() } };
                features.Set<IHttpRequestFeature>(request);
                var answer = new MemoryStream();
                features.Set<IHttpResponseFeature>(new HttpResponseFeature());
                features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
                var inner = contexts.Create(features);
                inner.SetEndpoint(endpoints.Endpoints.First(endpoint => endpoint.DisplayName!.EndsWith(path, StringComparison.Ordinal)));
                await inner.GetEndpoint()!.RequestDelegate!(inner);
                accessor.HttpContext = context;
                return Encoding.UTF8.GetString(answer.ToArray());
            });
            app.MapGet("/as-caller",
                (Caller caller, HttpContext context) => TryAsync(caller, context.RequestServices.GetRequiredService<WixClient>()));
            app.MapGet("/as-app",
                (Caller caller, HttpContext context) => TryAsync(caller, app.Services.GetRequiredService<ElevatedWixClient>()))
                .Elevate(Callers.User);
        });
        var shop = site.Wix.AddSite("Bob's");
        var instance = site.Wix.App.InstallOn(shop);
        var (ada, bob) =
            (site.Wix.IssueToken(EmulatedIdentity.User("ada")),
                site.Wix.IssueToken(EmulatedIdentity.User("bob"), options => options.For(site.Wix.App, shop)));

        var answer = await site.GetAsync("/batch", ada, headers: ("X-Other", bob));

        Assert.StartsWith("bob ", answer.Body, StringComparison.Ordinal);
        var calls = site.Wix.CallsTo(WixSite.GetSiteProperties);
        Assert.Equal(
            ada, Assert.Single(calls, static call => call.RawTarget.EndsWith("=outer", StringComparison.Ordinal)).Header("Authorization"));
        Assert.All(calls.Where(static call => call.RawTarget.EndsWith("=bob", StringComparison.Ordinal)),
            call => Assert.Equal(instance, call.Caller!.InstanceId));
        if (path == "/as-app")
            Assert.Equal("bob called", answer.Body);

        static async Task<string> TryAsync(Caller caller, WixSiteClient wix)
        {
            try
            {
                await wix.SiteProperties.GetSitePropertiesAsync(new() { Fields = [caller.Id!] });
                return caller.Id + " called";
            }
            catch (InvalidOperationException)
            {
                return caller.Id + " refused";
            }
        }
    }

    [Fact]
    public async Task S58_Another_application_of_the_process_speaks_for_nobody_here()
    {
        await using var second = await StartAsync(static _ => { });
        await using var first = await StartAsync(app => app.MapGet("/", async () =>
        {
            await Assert.ThrowsAsync<InvalidOperationException>(
                () => second.Services.GetRequiredService<WixClient>().SiteProperties.GetSitePropertiesAsync());
            await Assert.ThrowsAsync<InvalidOperationException>(
                () => second.Services.GetRequiredService<ElevatedWixClient>().SiteProperties.GetSitePropertiesAsync());
            await Assert.ThrowsAsync<InvalidOperationException>(
                () => second.Services.GetRequiredService<AdminWixClient>().SiteProperties.GetSitePropertiesAsync());
        }).Elevate(Callers.User));

        Assert.Equal(HttpStatusCode.OK, (await first.GetAsync("/", first.Wix.IssueToken(EmulatedIdentity.User()))).Status);

        Assert.Empty(second.Wix.Calls);
    }

    [Fact]
    public async Task S58_A_hub_that_is_called_over_a_socket_speaks_for_its_own_connection()
    {
        await using var site = await StartAsync(
            static app => app.MapHub<WixHub>("/hub"),
            static builder =>
            {
                builder.Services.AddSignalR();
                builder.Services.AddSingleton<Kept>();
            });
        string[] tokens = [site.Wix.IssueToken(EmulatedIdentity.User("ada")), site.Wix.IssueToken(EmulatedIdentity.User("bob"))];
        var sockets = new List<WebSocket>();
        foreach (var token in tokens)
        {
            var client = site.Server.CreateWebSocketClient();
            client.ConfigureRequest = request => request.Headers.Authorization = token;
            var socket = await client.ConnectAsync(new("ws://localhost/hub"), default);
            sockets.Add(socket);
            await SendAsync(socket, """{"protocol":"json","version":1}""");
        }

        foreach (var method in HubMethods)
        {
            for (var i = 0; i < 2; i++)
                await SendAsync(sockets[i], $$"""{"type":1,"invocationId":"{{method}}","target":"{{method}}","arguments":["{{i}}"]}""");
            for (var i = 0; i < 2; i++)
                Assert.Contains("\"result\":\"called\"", await ReceiveAsync(sockets[i], "\"result\""), StringComparison.Ordinal);
        }

        var calls = site.Wix.CallsTo(WixSite.GetSiteProperties);
        Assert.Equal(4, calls.Count);
        Assert.All(calls,
            call => Assert.Equal(tokens[int.Parse(call.RawTarget[^1..], System.Globalization.CultureInfo.InvariantCulture)],
                call.Header("Authorization")));
        sockets.ForEach(static socket => socket.Dispose());
    }

    [Fact]
    public async Task S58_What_Wix_told_one_caller_to_send_along_goes_with_no_others_call_from_a_singleton()
    {
        await using var site =
            await StartAsync(static app => app.MapGet("/", (Kept kept) => kept.Wix.SiteProperties.GetSitePropertiesAsync()),
                static builder => builder.Services.AddSingleton<Kept>());
        site.Wix.On(WixSite.GetSiteProperties).Times(1).Answer(200, """{"version":"1","properties":{}}""",
            headers: new Dictionary<string, string> { ["X-Wix-Consistent"] = "ada's" });
        var (ada, bob) = (site.Wix.IssueToken(EmulatedIdentity.User("ada")), site.Wix.IssueToken(EmulatedIdentity.User("bob")));

        foreach (var token in new[] { ada, bob, null, ada })
            await site.GetAsync("/", token);

        Assert.Equal([null, null, null, "ada's"],
            site.Wix.CallsTo(WixSite.GetSiteProperties).Select(static call => call.Header("X-Wix-Consistent")));
    }

    private static Task<WixSite> StartAsync(Action<WebApplication> map, Action<WebApplicationBuilder>? build = null) =>
        WixSite.StartAsync(map, build: builder =>
    {
        builder.Host.UseDefaultServiceProvider(static options => options.ValidateScopes = options.ValidateOnBuild = false);
        build?.Invoke(builder);
    });

    private static Task SendAsync(WebSocket socket, string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message + "\u001e"), WebSocketMessageType.Text, endOfMessage: true, default);

    private static async Task<string> ReceiveAsync(WebSocket socket, string until)
    {
        var (text, buffer) = ("", new byte[4096]);
        while (!text.Contains(until, StringComparison.Ordinal))
            text += Encoding.UTF8.GetString(buffer, 0, (await socket.ReceiveAsync(buffer, default)).Count);
        return text;
    }

    private sealed class Kept(WixClient wix)
    {
        public WixClient Wix => wix;
    }

    private sealed class WixHub(WixClient own, Kept kept) : Hub
    {
        public Task<string> Own(string tag) => TryAsync(own, tag);

        public Task<string> Singleton(string tag) => TryAsync(kept.Wix, tag);

        private static async Task<string> TryAsync(WixClient wix, string tag)
        {
            await wix.SiteProperties.GetSitePropertiesAsync(new() { Fields = [tag] });
            return "called";
        }
    }
}
