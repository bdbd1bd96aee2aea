using Endpoints.Wix.Emulator;
using Endpoints.Wix.ServiceCallers;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Apps;

/// <summary>No credential of one app is an identity at another, on any surface, whatever else the two have in common.</summary>
public sealed class AppIsolationTests
{
    public static TheoryData<string> Surfaces => AppSurface.All;

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task An_endpoint_acts_as_the_app_that_it_names(string surface)
    {
        await using var site = await AppSurface.StartAsync(surface);
        var member = EmulatedIdentity.Member("ada");

        var shop = await site.GetAsync("/shop", site.Token(site.Shop, member));
        Assert.Equal($"Member ada of {site.Shop.ClientId}", shop.Body);
        Assert.Equal(site.Shop.InstanceIdOn(site.Wix.Site), site.Wix.CallsTo(WixSite.GetSiteProperties)[^1].Caller!.InstanceId);

        var main = await site.GetAsync("/main", site.Token(site.Main, member));
        Assert.Equal($"Member ada of {site.Main.ClientId}", main.Body);
        Assert.Equal(site.Main.InstanceIdOn(site.Wix.Site), site.Wix.CallsTo(WixSite.GetSiteProperties)[^1].Caller!.InstanceId);
    }

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task S04_A_token_of_one_app_is_nobodys_at_another_even_when_it_was_just_accepted_at_its_own(string surface)
    {
        await using var site = await AppSurface.StartAsync(surface);
        var (shop, main) = (site.Token(site.Shop, EmulatedIdentity.Member("ada")), site.Token(site.Main, EmulatedIdentity.Member("ada")));
        await AcceptBothAsync(site, shop, main);

        Assert.Equal(401, (int)(await site.GetAsync("/main", shop)).Status);
        Assert.Equal(401, (int)(await site.GetAsync("/shop", main)).Status);

        // Nor has the refusal taken anything from them.
        await AcceptBothAsync(site, shop, main);
    }

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task S04_A_users_token_of_one_app_is_nobodys_at_another_with_the_same_instance_id(string surface)
    {
        await using var site = await AppSurface.StartAsync(surface);
        site.Shop.RemoveFrom(site.Wix.Site);
        site.Shop.InstallOn(site.Wix.Site, site.Wix.InstanceId);
        var (shop, main) = (site.Token(site.Shop, EmulatedIdentity.User("eve")), site.Token(site.Main, EmulatedIdentity.User("eve")));
        await AcceptBothAsync(site, shop, main);

        Assert.Equal(401, (int)(await site.GetAsync("/main", shop)).Status);
        Assert.Equal(401, (int)(await site.GetAsync("/shop", main)).Status);
    }

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task S04_A_cookie_of_one_app_is_nobodys_at_another_even_under_the_others_name(string surface)
    {
        await using var site = await AppSurface.StartAsync(surface);
        var (shop, main) = (site.Cookies(site.Shop, "ada"), site.Cookies(site.Main, "ada"));
        Assert.StartsWith("__Host-shop.wixSession=", shop, StringComparison.Ordinal);
        Assert.StartsWith("__Host-wixSession=", main, StringComparison.Ordinal);
        Assert.Equal(200, (int)(await site.GetAsync("/shop", cookie: shop)).Status);
        Assert.Equal(200, (int)(await site.GetAsync("/main", cookie: main)).Status);

        Assert.Equal(401, (int)(await site.GetAsync("/main", cookie: shop)).Status);
        Assert.Equal(401, (int)(await site.GetAsync("/shop", cookie: main)).Status);
        Assert.Equal(401, (int)(await site.GetAsync("/main", cookie: shop.Replace("shop.", "", StringComparison.Ordinal))).Status);
        Assert.Equal(401, (int)(await site.GetAsync("/shop",
            cookie: main.Replace("__Host-", "__Host-shop.", StringComparison.Ordinal))).Status);

        // With both, each has its own.
        Assert.Equal($"Member ada of {site.Shop.ClientId}", (await site.GetAsync("/shop", cookie: $"{main}; {shop}")).Body);
        Assert.Equal($"Member ada of {site.Main.ClientId}", (await site.GetAsync("/main", cookie: $"{main}; {shop}")).Body);
    }

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task Nothing_that_a_client_says_chooses_the_app_of_an_endpoint_that_names_one(string surface)
    {
        await using var site = await AppSurface.StartAsync(surface, main: static options => options.Hosts.Add("main.example"),
            shop: static options => options.Hosts.Add("shop.example"));
        var main = site.Token(site.Main, EmulatedIdentity.Member("ada"));

        Assert.Equal(401, (int)(await site.GetAsync("/shop", main, host: "main.example")).Status);
        foreach (var (name, value) in new[]
        {
            ("X-Forwarded-Host", "main.example"), ("Forwarded", "host=main.example"), ("X-Wix-App", ""), ("wix-app", "main"),
        })
        {
            Assert.Equal(401, (int)(await site.SendAsync("GET", "/shop?app=&App=main", main, headers: [(name, value)])).Status);
        }
    }

    [Fact]
    public async Task S04_A_services_key_of_one_app_is_unknown_at_another()
    {
        var key = ServiceKeyText.Create();
        await using var site = await AppsSite.StartAsync(
            static app =>
            {
                app.MapGet("/shop", static (Caller caller) => caller.Id).Elevate(Callers.Service, static options => options.App = "shop");
                app.MapGet("/main", static (Caller caller) => caller.Id).Elevate(Callers.Service);
            },
            shop: options =>
            {
                var service = new WixServiceOptions();
                service.Keys.Add(new() { Hash = ServiceKeyText.HashText(key) });
                service.Endpoints.Add("GET /shop");
                service.Endpoints.Add("GET /main");
                options.Services.Add("nightly", service);
            });

        Assert.Equal("nightly", (await site.GetAsync("/shop", "Bearer " + key)).Body);
        Assert.Equal(401, (int)(await site.GetAsync("/main", "Bearer " + key)).Status);
    }

    [Fact]
    public async Task S04_A_pipeline_that_runs_again_for_another_apps_endpoint_has_no_caller_of_the_first()
    {
        await using var site = await AppsSite.StartAsync(static app =>
        {
            app.UseExceptionHandler("/error");
            app.UseRouting();
            app.MapGet("/shop", static string (Caller caller) => throw new FormatException(caller.Id))
                .Elevate(Callers.Member, static options => options.App = "shop");
            app.MapGet("/error", static (Caller caller) => $"{caller.Kind} {caller.Id}");
        });

        var answer = await site.GetAsync("/shop", cookie: site.Cookies(site.Shop, "ada"));

        Assert.Equal((500, "Visitor "), ((int)answer.Status, answer.Body));
    }

    private static async Task AcceptBothAsync(AppsSite site, string shop, string main)
    {
        Assert.Equal(200, (int)(await site.GetAsync("/shop", shop)).Status);
        Assert.Equal(200, (int)(await site.GetAsync("/main", main)).Status);
    }
}
