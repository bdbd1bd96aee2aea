using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Apps;

/// <summary>What Wix signs for one app is nothing at the addresses of another.</summary>
public sealed class AppEventTests
{
    private const string Main = "/_wix/extensions/webhooks";
    private const string Shop = "/shop/webhooks";

    [Fact]
    public async Task An_event_is_handled_as_the_app_that_it_was_signed_for()
    {
        await using var site = await StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await DeliverAsync(site, Shop, site.Shop)).Status);
        Assert.Equal(site.Shop.ClientId, site.Wix.CallsTo(WixSite.GetSiteProperties)[^1].Caller!.ClientId);
        Assert.Equal(HttpStatusCode.OK, (await DeliverAsync(site, Main, site.Main)).Status);
        Assert.Equal(site.Main.ClientId, site.Wix.CallsTo(WixSite.GetSiteProperties)[^1].Caller!.ClientId);

        Assert.Equal(["every", "every", "shop"], site.Services.GetRequiredService<Names>().Handled.Order());
    }

    [Fact]
    public async Task S05_An_event_of_one_app_is_refused_at_the_address_of_another()
    {
        await using var site = await StartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, (await DeliverAsync(site, Main, site.Shop)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await DeliverAsync(site, Shop, site.Main)).Status);
        // With the right key and the other's audience.
        Assert.Equal(HttpStatusCode.Unauthorized, (await DeliverAsync(site, Shop, site.Shop, site.Main.ClientId)).Status);

        Assert.Empty(site.Services.GetRequiredService<Names>().Handled);
    }

    [Fact]
    public async Task One_event_is_handled_for_each_app_even_under_one_id_and_instance()
    {
        await using var site = await StartAsync();
        site.Shop.RemoveFrom(site.Wix.Site);
        site.Shop.InstallOn(site.Wix.Site, site.Wix.InstanceId);
        var id = Guid.NewGuid().ToString();

        foreach (var (path, app) in new[] { (Main, site.Main), (Shop, site.Shop), (Main, site.Main), (Shop, site.Shop) })
            Assert.Equal(HttpStatusCode.OK, (await DeliverAsync(site, path, app, id: id)).Status);

        Assert.Equal(["every", "every", "shop"], site.Services.GetRequiredService<Names>().Handled.Order());
    }

    [Fact]
    public async Task A_removal_forgets_the_instance_of_its_app_only()
    {
        await using var site = await StartAsync();
        site.Shop.RemoveFrom(site.Wix.Site);
        site.Shop.InstallOn(site.Wix.Site, site.Wix.InstanceId);
        var (shop, main) = (site.Token(site.Shop, EmulatedIdentity.User("eve")), site.Token(site.Main, EmulatedIdentity.User("eve")));
        Assert.Equal(200, (int)(await site.GetAsync("/shop", shop)).Status);
        Assert.Equal(200, (int)(await site.GetAsync("/main", main)).Status);
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        site.Wix.ClearCalls();

        var removed = EmulatedEvent.Older("AppRemoved", new JsonObject { ["appId"] = site.Shop.ClientId });
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(site, Shop, removed, site.Shop)).Status);

        Assert.Equal(200, (int)(await site.GetAsync("/main", main)).Status);
        Assert.Equal((0, 0), (site.Wix.CountOf(WixSite.Tokens), site.Wix.CountOf(WixSite.TokenInfo)));
        Assert.Equal(200, (int)(await site.GetAsync("/shop", shop)).Status); // it is still there, and Wix was asked
        Assert.Equal((1, 1), (site.Wix.CountOf(WixSite.Tokens), site.Wix.CountOf(WixSite.TokenInfo)));
    }

    [Fact]
    public async Task The_inbox_runs_each_apps_handlers_as_that_app()
    {
        await using var site = await StartAsync(inbox: true);
        var names = site.Services.GetRequiredService<Names>();

        Assert.Equal(HttpStatusCode.OK, (await DeliverAsync(site, Shop, site.Shop)).Status);
        await names.WaitAsync(2);
        Assert.All(site.Wix.CallsTo(WixSite.GetSiteProperties), call => Assert.Equal(site.Shop.ClientId, call.Caller!.ClientId));
        Assert.Equal(["every", "shop"], names.Handled.Order());
    }

    [Fact]
    public async Task Two_apps_do_not_receive_events_at_one_address()
    {
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(shop: static options =>
            options.Events.WebhookPath = Main));
        Assert.Contains("the Wix app 'shop'", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("Events:WebhookPath", thrown.Message, StringComparison.Ordinal);

        await using var site = await StartAsync(shop: static options =>
        {
            options.Events.WebhookPath = Main;
            options.Hosts.Add("shop.example");
        });
        Assert.Equal(HttpStatusCode.OK, (await DeliverAsync(site, Main, site.Shop, host: "shop.example")).Status);
        Assert.Equal(HttpStatusCode.OK, (await DeliverAsync(site, Main, site.Main)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await DeliverAsync(site, Main, site.Shop)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await DeliverAsync(site, Main, site.Main, host: "shop.example")).Status);
    }

    private static Task<AppsSite> StartAsync(bool inbox = false, Action<WixOptions>? shop = null) => AppsSite.StartAsync(
        static app =>
        {
            app.MapWixEvents();
            app.MapWixEvents("shop");
            app.MapGet("/shop", AppEndpoints.AnswerAsync).Elevate(Callers.User, static options => options.App = "shop");
            app.MapGet("/main", AppEndpoints.AnswerAsync).Elevate(Callers.User);
        },
        main: static options => options.Events.HandlerTimeout = TimeSpan.FromSeconds(30),
        shop: options =>
        {
            options.Events.HandlerTimeout = TimeSpan.FromSeconds(30); // a busy machine must fail no test
            options.Events.WebhookPath = Shop;
            shop?.Invoke(options);
        },
        build: builder =>
        {
            builder.Services.AddSingleton<Names>();
            builder.Services.AddWixEventHandler<Every>("wix.test.v1.thing_created", options => options.Inbox = inbox);
            builder.Services.AddWixEventHandler<OfShop>("wix.test.v1.thing_created", options => options.Inbox = inbox);
        });

    private static Task<Answer> DeliverAsync(AppsSite site, string path, EmulatedApp app, string? audience = null, string? id = null,
        string? host = null) => PostAsync(site, path,
            EmulatedEvent.Created("wix.test.v1.thing", "thing", []) with { EventId = id ?? Guid.NewGuid().ToString() }, app, audience,
            host);

    private static async Task<Answer> PostAsync(AppsSite site, string path, EmulatedEvent what, EmulatedApp app, string? audience = null,
        string? host = null)
    {
        var signed = site.Wix.SignWebhook(what, options =>
        {
            (options.App, options.InstanceId) = (app, app.InstanceIdOn(site.Wix.Site));
            options.Audience = audience ?? app.ClientId;
        });
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(signed));
        return await site.SendAsync("POST", path, host: host, content: content);
    }

    private sealed class Names
    {
        private readonly Channel<string> _added = Channel.CreateUnbounded<string>();

        public ConcurrentQueue<string> Handled { get; } = new();

        public void Add(string name)
        {
            Handled.Enqueue(name);
            Assert.True(_added.Writer.TryWrite(name));
        }

        public async Task WaitAsync(int count)
        {
            for (var i = 0; i < count; i++)
                await _added.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));
        }
    }

    private sealed class Every(Names names, ElevatedWixClient wix) : IWixEventHandler<WixEvent>
    {
        public async Task HandleAsync(WixEvent received, CancellationToken cancellationToken)
        {
            await wix.SiteProperties.GetSitePropertiesAsync(cancellationToken: cancellationToken);
            names.Add("every");
        }
    }

    [WixApp("shop")]
    private sealed class OfShop(Names names, ElevatedWixClient wix) : IWixEventHandler<WixEvent>
    {
        public async Task HandleAsync(WixEvent received, CancellationToken cancellationToken)
        {
            await wix.SiteProperties.GetSitePropertiesAsync(cancellationToken: cancellationToken);
            names.Add("shop");
        }
    }
}
