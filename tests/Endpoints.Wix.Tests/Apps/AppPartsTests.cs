using System.Diagnostics.Metrics;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.Extensions.Configuration;

namespace Endpoints.Wix.Tests.Apps;

/// <summary>What each app has of its own: clients, budgets, pauses, circuits, records and settings.</summary>
public sealed class AppPartsTests
{
    [Fact]
    public async Task Outside_requests_a_client_is_that_of_the_key_and_without_one_that_of_the_app_without_a_name()
    {
        await using var site = await AppsSite.StartAsync();

        Assert.Equal(site.Shop.ClientId, await CalledAsync(site, site.Services.GetRequiredKeyedService<AppWixClient>("shop")));
        Assert.Equal(site.Main.ClientId, await CalledAsync(site, site.Services.GetRequiredService<AppWixClient>()));
        Assert.Null(site.Services.GetKeyedService<AppWixClient>("store"));
    }

    [Fact]
    public async Task Without_an_app_without_a_name_a_client_outside_requests_is_named()
    {
        await using var site = await AppsSite.StartAsync(hasMain: false);

        Assert.Equal(site.Shop.ClientId, await CalledAsync(site, site.Services.GetRequiredKeyedService<AppWixClient>("shop")));
        Assert.Contains("[FromKeyedServices(\"shop\")]",
            Assert.Throws<InvalidOperationException>(site.Services.GetRequiredService<AppWixClient>).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_request_clients_are_the_requests_apps_and_those_of_another_are_refused()
    {
        await using var site = await AppsSite.StartAsync(static app =>
        {
            app.MapGet("/as-app", static (AppWixClient wix) => wix.SiteProperties.GetSitePropertiesAsync())
                .Elevate(Callers.Member, static options => options.App = "shop");
            app.MapGet("/module", static (SiteProperties properties, WixAuth auth) => auth.Elevate(properties.GetSitePropertiesAsync)())
                .Elevate(Callers.Member, static options => options.App = "shop");
            app.MapGet("/inner", static async (IServiceScopeFactory scopes) =>
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<ElevatedWixClient>().SiteProperties.GetSitePropertiesAsync();
            }).Elevate(Callers.Member, static options => options.App = "shop");
            app.MapGet("/own-key", static ([FromKeyedServices("shop")] ElevatedWixClient wix) =>
                wix.SiteProperties.GetSitePropertiesAsync()).Elevate(Callers.Member, static options => options.App = "shop");
            app.MapGet("/other-key", static ([FromKeyedServices("shop")] ElevatedWixClient wix) =>
                wix.SiteProperties.GetSitePropertiesAsync()).Elevate(Callers.Member);
            app.MapGet("/other-app", static ([FromKeyedServices("shop")] AppWixClient wix) =>
                wix.SiteProperties.GetSitePropertiesAsync()).Elevate(Callers.Member);
            app.MapGet("/other-caller", static ([FromKeyedServices("shop")] WixClient wix) =>
                wix.SiteProperties.GetSitePropertiesAsync()).Elevate(Callers.Member);
        });
        var (shop, main) = (site.Token(site.Shop, EmulatedIdentity.Member("ada")), site.Token(site.Main, EmulatedIdentity.Member("ada")));

        foreach (var path in (string[])["/as-app", "/module", "/inner", "/own-key"])
        {
            Assert.Equal(200, (int)(await site.GetAsync(path, shop)).Status);
            Assert.Equal(site.Shop.ClientId, site.Wix.CallsTo(WixSite.GetSiteProperties)[^1].Caller!.ClientId);
        }

        var before = site.Wix.CountOf(WixSite.GetSiteProperties);
        foreach (var path in (string[])["/other-key", "/other-app", "/other-caller"])
            await Assert.ThrowsAsync<InvalidOperationException>(() => site.GetAsync(path, main));
        Assert.Equal(before, site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    [Fact]
    public async Task A_secret_of_one_app_is_shown_to_Wix_by_none()
    {
        await using var site = await AppSurface.StartAsync("minimal");

        foreach (var secret in (string[])[site.Shop.ClientSecret, site.Main.ClientSecret])
        {
            Assert.Equal(401, (int)(await site.GetAsync("/shop", secret)).Status);
            Assert.Equal(401, (int)(await site.GetAsync("/main", secret)).Status);
        }

        Assert.Empty(site.Wix.Calls);
    }

    [Fact]
    public async Task The_calls_of_one_app_are_not_counted_against_anothers()
    {
        await using var site = await AppSurface.StartAsync("minimal", shop: static options => options.CallsPerMinute = 2);
        var (shop, main) = (site.Token(site.Shop, EmulatedIdentity.Member("ada")), site.Token(site.Main, EmulatedIdentity.Member("ada")));

        Assert.Equal(200, (int)(await site.GetAsync("/shop", shop)).Status);
        Assert.Equal(429, (int)(await site.GetAsync("/shop", shop)).Status);
        for (var i = 0; i < 5; i++)
            Assert.Equal(200, (int)(await site.GetAsync("/main", main)).Status);
    }

    [Fact]
    public async Task A_pause_that_Wix_asks_one_app_for_is_not_anothers_even_on_the_same_instance_id()
    {
        await using var site = await AppSurface.StartAsync("minimal");
        site.Shop.RemoveFrom(site.Wix.Site);
        site.Shop.InstallOn(site.Wix.Site, site.Wix.InstanceId);
        var (shop, main) = (site.Token(site.Shop, EmulatedIdentity.User("eve")), site.Token(site.Main, EmulatedIdentity.User("eve")));
        site.Wix.On(WixSite.GetSiteProperties).Times(1).Fail(429, TimeSpan.FromSeconds(30));

        Assert.Equal(503, (int)(await site.GetAsync("/shop", shop)).Status);
        Assert.Equal(503, (int)(await site.GetAsync("/shop", shop)).Status);
        Assert.Equal(200, (int)(await site.GetAsync("/main", main)).Status);
        Assert.Equal(2, site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    [Fact]
    public async Task Audit_records_name_the_app()
    {
        var records = new List<WixAuditEntry>();
        await using var site = await AppSurface.StartAsync("minimal",
            build: builder => builder.Services.AddSingleton<IWixAuditSink>(new Sink(records)));
        await site.GetAsync("/shop", site.Token(site.Shop, EmulatedIdentity.Member("ada")));
        await CalledAsync(site, site.Services.GetRequiredKeyedService<AppWixClient>("shop"));

        // The sink of no app in particular came after that of the app without a name, and is for it and for all others.
        await site.GetAsync("/main", site.Token(site.Main, EmulatedIdentity.Member("ada")));

        Assert.Equal(["shop", "shop", ""], records.Select(static record => record.App));
    }

    [Fact]
    public async Task Without_a_sink_an_apps_records_have_a_category_of_their_own()
    {
        await using var site = await AppSurface.StartAsync("minimal");
        await site.GetAsync("/shop", site.Token(site.Shop, EmulatedIdentity.Member("ada")));

        Assert.Contains(site.Logs.Lines, static line =>
            line.Contains("Endpoints.Wix.Elevation.ElevationAudit.shop", StringComparison.Ordinal)
            && line.Contains("Elevated call", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_app_may_have_a_sink_and_a_token_source_of_its_own()
    {
        await using var site = await AppsSite.StartAsync(
            static app => app.MapGet("/shop", AppEndpoints.AnswerAsync).Elevate(Callers.Member, static options => options.App = "shop"),
            extend: static shop => shop.UseTokenInfoSource<Nobody>());

        Assert.Equal(401, (int)(await site.GetAsync("/shop", site.Token(site.Shop, EmulatedIdentity.Member("ada")))).Status);
        Assert.IsNotType<Nobody>(site.Services.GetRequiredService<IWixTokenInfoSource>());
        Assert.IsType<Nobody>(site.Services.GetRequiredKeyedService<IWixTokenInfoSource>("shop"));
    }

    [Fact]
    public async Task Instruments_of_a_named_app_have_its_name()
    {
        var apps = new System.Collections.Concurrent.ConcurrentBag<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Name == "endpoints.wix.elevated_call.duration")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) =>
        {
            if (tags.ToArray().Any(static tag => (tag.Value as string)?.Contains("/named", StringComparison.Ordinal) == true))
                apps.Add(instrument.Meter.Tags?.FirstOrDefault(static tag => tag.Key == "wix.app").Value as string ?? "");
        });
        listener.Start();
        await using var site = await AppsSite.StartAsync(static app => app.MapGet("/named", AppEndpoints.AnswerAsync)
            .Elevate(Callers.Member, static options => options.App = "shop"));

        await site.GetAsync("/named", site.Token(site.Shop, EmulatedIdentity.Member("ada")));

        Assert.Equal(["shop"], apps);
    }

    [Fact]
    public async Task The_secret_of_a_named_app_follows_the_configuration_and_another_app_does_not_become_it()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection().Build();
        await using var site = await AppSurface.StartAsync("minimal", build: builder =>
        {
            configuration["Apps:Shop:ClientSecret"] = "not the secret";
            builder.Services.AddOptions<WixOptions>("shop").Bind(configuration.GetSection("Apps:Shop"));
        });
        var token = site.Token(site.Shop, EmulatedIdentity.Member("ada"));
        Assert.NotEqual(200, (int)(await site.GetAsync("/shop", token)).Status);

        (configuration["Apps:Shop:ClientSecret"], configuration["Apps:Shop:ClientId"]) = (site.Shop.ClientSecret, site.Main.ClientId);
        configuration.Reload();
        Assert.NotEqual(200, (int)(await site.GetAsync("/shop", token)).Status);
        Assert.Contains(site.Logs.Lines, static line => line.Contains("Wix app shop name another app", StringComparison.Ordinal));

        configuration["Apps:Shop:ClientId"] = site.Shop.ClientId;
        configuration.Reload();
        Assert.Equal(200, (int)(await site.GetAsync("/shop", token)).Status);
    }

    private static async Task<string?> CalledAsync(AppsSite site, AppWixClient wix)
    {
        await wix.SiteProperties.GetSitePropertiesAsync();
        return site.Wix.CallsTo(WixSite.GetSiteProperties)[^1].Caller!.ClientId;
    }

    private sealed class Sink(List<WixAuditEntry> records) : IWixAuditSink
    {
        public ValueTask BeforeCallAsync(WixAuditEntry entry, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public void AfterCall(WixAuditEntry entry) => records.Add(entry);
    }

    private sealed class Nobody : IWixTokenInfoSource
    {
        public ValueTask<WixTokenInfo?> GetTokenInfoAsync(AccessToken token, CancellationToken cancellationToken) => default;
    }
}
