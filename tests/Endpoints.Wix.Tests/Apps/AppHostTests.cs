using Endpoints.Wix.Apps;
using Endpoints.Wix.Emulator;

namespace Endpoints.Wix.Tests.Apps;

/// <summary>An endpoint that names no app belongs to the app whose host the request was sent to.</summary>
public sealed class AppHostTests
{
    [Theory]
    [InlineData("shop.example", true)]
    [InlineData("SHOP.example", true)]
    [InlineData("shop.example:443", true)]
    [InlineData("shop.example:8080", true)]
    [InlineData("a.b.shops.example", true)]
    [InlineData("ported.example:5001", true)]
    [InlineData("shops.example", false)] // a wildcard is for the names below
    [InlineData("ported.example", false)]
    [InlineData("ported.example:5002", false)]
    [InlineData("shop.example.", false)]
    [InlineData("evilshop.example", false)]
    [InlineData("shop.example.evil.example", false)]
    [InlineData("shop", false)]
    [InlineData("localhost", false)]
    public async Task A_host_chooses_its_app_and_any_other_host_the_one_without_a_name(string host, bool isShop)
    {
        await using var site = await StartAsync();
        var (shop, main) = (site.Token(site.Shop, EmulatedIdentity.Member("ada")), site.Token(site.Main, EmulatedIdentity.Member("ada")));

        Assert.Equal(isShop ? 200 : 401, (int)(await site.GetAsync("/any", shop, host: host)).Status);
        Assert.Equal(isShop ? 401 : 200, (int)(await site.GetAsync("/any", main, host: host)).Status);
    }

    [Fact]
    public async Task A_host_of_no_app_is_refused_where_there_is_none_without_a_name()
    {
        await using var site = await StartAsync(hasMain: false);
        var token = site.Token(site.Shop, EmulatedIdentity.Member("ada"));

        Assert.Equal(200, (int)(await site.GetAsync("/any", token, host: "shop.example")).Status);
        var refused = await site.GetAsync("/any", token, host: "other.example");
        Assert.Equal((400, "bad-request"), ((int)refused.Status, refused.Problem));
        Assert.Equal(400, (int)(await site.GetAsync("/who", token, host: "other.example")).Status);
        Assert.Equal(0, site.Wix.CountOf(Hosting.WixSite.GetSiteProperties) - 1);
    }

    [Fact]
    public async Task S04_A_cookie_is_its_apps_on_whichever_host_it_is_sent_to()
    {
        await using var site = await StartAsync();
        var (shop, main) = (site.Cookies(site.Shop, "ada"), site.Cookies(site.Main, "eve"));

        Assert.Equal("Member ada", (await site.GetAsync("/who", cookie: $"{shop}; {main}", host: "shop.example")).Body);
        Assert.Equal("Member eve", (await site.GetAsync("/who", cookie: $"{shop}; {main}", host: "main.example")).Body);
        Assert.Equal("Visitor ", (await site.GetAsync("/who", cookie: main, host: "shop.example")).Body);
        Assert.Equal("Visitor ", (await site.GetAsync("/who", cookie: shop, host: "main.example")).Body);
    }

    [Fact]
    public async Task Visitors_begin_a_session_with_each_app()
    {
        await using var site = await StartAsync();

        var shop = (await site.GetAsync("/visit", host: "shop.example")).Header("Set-Cookie")!;
        var main = (await site.GetAsync("/visit", host: "main.example")).Header("Set-Cookie")!;

        Assert.StartsWith("__Host-shop.wixSession=", shop, StringComparison.Ordinal);
        Assert.StartsWith("__Host-wixSession=", main, StringComparison.Ordinal);
        Assert.Equal("Visitor ", (await site.GetAsync("/who", cookie: shop.Split(';')[0], host: "main.example")).Body);
        Assert.NotEqual("Visitor ", (await site.GetAsync("/who", cookie: shop.Split(';')[0], host: "shop.example")).Body);
    }

    [Fact]
    public async Task The_address_limit_of_an_endpoint_is_counted_for_each_app()
    {
        await using var site = await StartAsync();

        Assert.Equal(200, (int)(await site.GetAsync("/limited", host: "shop.example")).Status);
        Assert.Equal(429, (int)(await site.GetAsync("/limited", host: "shop.example")).Status);
        Assert.Equal(200, (int)(await site.GetAsync("/limited", host: "main.example")).Status);
        Assert.Equal(429, (int)(await site.GetAsync("/limited", host: "main.example")).Status);
    }

    [Fact]
    public async Task A_limit_by_something_of_Wix_is_counted_for_each_app_and_one_by_address_for_all()
    {
        await using var site = await StartAsync();
        var (shop, main) = (site.Token(site.Shop, EmulatedIdentity.Member("ada")), site.Token(site.Main, EmulatedIdentity.Member("ada")));
        foreach (var by in (string[])["caller", "member", "instance", "site", "tenant", "client", "elevated-site"])
        {
            Assert.Equal((by, 200), (by, (int)(await site.GetAsync($"/by-{by}", shop, host: "shop.example")).Status));
            Assert.Equal((by, 429), (by, (int)(await site.GetAsync($"/by-{by}", shop, host: "shop.example")).Status));
            Assert.Equal((by, 200), (by, (int)(await site.GetAsync($"/by-{by}", main, host: "main.example")).Status));
            Assert.Equal((by, 429), (by, (int)(await site.GetAsync($"/by-{by}", main, host: "main.example")).Status));
        }

        Assert.Equal(200, (int)(await site.GetAsync("/by-address", shop, host: "shop.example")).Status);
        Assert.Equal(429, (int)(await site.GetAsync("/by-address", main, host: "main.example")).Status);

        var limits = site.Services.GetRequiredService<RateLimits>();
        var subject = new RateLimitSubject { Route = "/by-site", Caller = new() { Site = $"shop:{site.Wix.Site.Id}" } };
        Assert.Equal(1, (await limits.InspectAsync("1/1m", subject)).Used);
        await limits.ResetAsync("1/1m", subject);
        Assert.Equal(200, (int)(await site.GetAsync("/by-site", shop, host: "shop.example")).Status);
        Assert.Equal(429, (int)(await site.GetAsync("/by-site", main, host: "main.example")).Status);

        Assert.Equal(200, (int)(await site.GetAsync("/any", shop, host: "shop.example")).Status);
        var instance = new RateLimitSubject { Caller = new() { Instance = site.Shop.InstanceIdOn(site.Wix.Site) } };
        Assert.Equal(1, (await limits.InspectAsync("wix-calls-shop", instance)).Used);

        // One that is elevated counts by address and by caller.
        var ada = new RateLimitCaller("member", "ada") { Tenant = $"shop:{site.Wix.Site.Id}" };
        Assert.Equal(1, (await limits.InspectAsync("100/1m", new() { Route = "/by-elevated-site", Caller = ada })).Used);
    }

    [Theory]
    [InlineData("shop.example")]
    [InlineData("shop.example:5001")]
    [InlineData("*.shop.example")]
    [InlineData("*:5001")]
    [InlineData("*")]
    [InlineData("192.0.2.1")]
    [InlineData("bücher.example")]
    public void A_host_is_a_name_with_or_without_a_wildcard_and_a_port(string text) => Assert.NotNull(HostPattern.TryParse(text));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("https://shop.example")]
    [InlineData("shop.example/")]
    [InlineData("shop.example:0")]
    [InlineData("shop.example:65536")]
    [InlineData("shop.example:http")]
    [InlineData("shop.*")]
    [InlineData("*shop.example")]
    [InlineData("*.")]
    [InlineData("a:b:c")]
    [InlineData("shop example")]
    public void Anything_else_is_no_host(string text) => Assert.Null(HostPattern.TryParse(text));

    private static Task<AppsSite> StartAsync(bool hasMain = true) => AppsSite.StartAsync(
        static app =>
        {
            app.MapGet("/any", AppEndpoints.AnswerAsync).Elevate(Callers.Member);
            app.MapGet("/limited", static () => "").Elevate(Callers.Visitor, static options => options.RateLimit = "1/1m");
            foreach (var by in new[] { RateLimitBy.Caller, RateLimitBy.Member, RateLimitBy.Instance, RateLimitBy.Site, RateLimitBy.Tenant,
                RateLimitBy.Client, RateLimitBy.Address })
                app.MapGet($"/by-{by.ToString().ToLowerInvariant()}", static () => "").RateLimit("1/1m", by);
            app.MapGet("/by-elevated-site", static () => "").RateLimit("1/1m", RateLimitBy.Site)
                .Elevate(Callers.Member, static options => options.RateLimit = "100/1m");
            app.MapGet("/who", static (Caller caller) => $"{caller.Kind} {caller.Id}");
            app.MapGet("/visit", static (HttpContext context, CancellationToken ct) => context.EnsureVisitorSessionAsync(ct));
        },
        shop: static options =>
        {
            foreach (var host in (string[])["shop.example", "*.shops.example", "ported.example:5001"])
                options.Hosts.Add(host);
        },
        hasMain: hasMain);
}
