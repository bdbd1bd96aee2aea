using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Elevation;

/// <summary>The calls that Wix allows an app on one instance are shared by its callers.</summary>
public sealed class CallBudgetTests
{
    [Fact]
    public async Task S25_A_caller_who_spends_the_calls_of_an_instance_is_stopped_and_others_are_served()
    {
        await using var site = await StartAsync(calls: 40);
        var (greedy, modest) =
            (site.Wix.IssueToken(EmulatedIdentity.Member("greedy")), site.Wix.IssueToken(EmulatedIdentity.Member("modest")));
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 60; i++)
            statuses.Add((await site.GetAsync("/elevated", greedy)).Status);

        Assert.InRange(statuses.Count(static status => status == HttpStatusCode.OK), 18, 22);
        var over = await site.GetAsync("/elevated", greedy);
        Assert.Equal((HttpStatusCode.TooManyRequests, "rate-limited"), (over.Status, over.Problem));
        Assert.Equal("60", over.Header("Retry-After"));
        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/elevated", modest)).Status);

        site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/elevated", greedy)).Status);
    }

    [Fact]
    public async Task S25_Visitors_without_a_token_are_an_address_however_many_requests_they_send()
    {
        await using var site = await StartAsync(calls: 40);
        var passed = 0;
        for (var i = 0; i < 60; i++)
            passed += (await site.GetAsync("/elevated")).Status == HttpStatusCode.OK ? 1 : 0;

        Assert.InRange(passed, 18, 22);
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/elevated", site.Wix.IssueToken(EmulatedIdentity.Member("alice")))).Status);
    }

    [Fact]
    public async Task Wixs_own_refusal_is_respected_for_as_long_as_it_says()
    {
        await using var site = await StartAsync(calls: 1_000);
        var token = site.Wix.IssueToken(EmulatedIdentity.Member("alice"));
        using (site.Wix.On(WixSite.GetSiteProperties).Fail(429, TimeSpan.FromSeconds(30)))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await site.GetAsync("/elevated", token)).Status);
        var before = site.Wix.Calls.Count;

        var paused = await site.GetAsync("/elevated", token);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "30"), (paused.Status, paused.Header("Retry-After")));
        Assert.Equal(before, site.Wix.Calls.Count);
        site.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/elevated", token)).Status);
    }

    [Fact]
    public async Task S17_Every_elevated_endpoint_has_a_limit_by_address_that_comes_before_any_call()
    {
        await using var site = await WixSite.StartAsync(
            static app => app.MapGet("/elevated", static () => "in").Elevate(Callers.Member),
            static options => options.ElevatedRequestsPerMinute = 3);
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await site.GetAsync("/elevated", $"OauthNG.JWS.made-up-{i}")).Status);
        var before = site.Wix.Calls.Count;

        Assert.Equal(HttpStatusCode.TooManyRequests, (await site.GetAsync("/elevated", "OauthNG.JWS.another")).Status);

        Assert.Equal(before, site.Wix.Calls.Count);
    }

    [Fact]
    public async Task Several_limits_of_the_attribute_and_those_of_RateLimit_hold_each_in_its_stage()
    {
        await using var site = await WixSite.StartAsync(
            static app => app.MapGet("/elevated", static () => "in")
                .Elevate(Callers.Member, static options => options.RateLimit = "3/1m, 5/1h").RateLimit("tenant"),
            build: static builder =>
                builder.Services.AddRateLimits(
                    static options => options.AddRule("tenant", "4/1h", static rule => rule.By = RateLimitBy.Tenant)));
        var token = site.Wix.IssueToken(EmulatedIdentity.Member("alice"));

        Assert.Equal((int[])[200, 200, 200, 429], await StatusesAsync(4));
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((int[])[200, 429], await StatusesAsync(2)); // the tenant's
        Assert.Equal(429, (int)(await site.GetAsync("/elevated", "OauthNG.JWS.made-up")).Status); // the address has had five in this hour

        async Task<List<int>> StatusesAsync(int count)
        {
            var statuses = new List<int>();
            for (var i = 0; i < count; i++)
                statuses.Add((int)(await site.GetAsync("/elevated", token)).Status);
            return statuses;
        }
    }

    [Fact]
    public async Task The_librarys_own_rules_can_be_changed()
    {
        await using var site = await WixSite.StartAsync(
            static app =>
            {
                app.MapGet("/elevated", static () => "in").Elevate(Callers.Visitor);
                app.MapWixAuth();
            },
            static options => options.PublicOrigin = new("https://shop.example"),
            static builder =>
                builder.Services.AddRateLimits(static options => options.AddRule("wix-elevated", "2/1m").AddRule("wix-login", "1/1m")));
        site.Wix.App.AllowRedirectUri(new("https://shop.example/api/auth/callback"));

        Assert.Equal((int[])[200, 200, 429],
            (int[])[(int)(await site.GetAsync("/elevated")).Status, (int)(await site.GetAsync("/elevated")).Status,
                (int)(await site.GetAsync("/elevated")).Status]);
        Assert.Equal((int[])[302, 429],
            (int[])[(int)(await site.GetAsync("/api/auth/login")).Status, (int)(await site.GetAsync("/api/auth/login")).Status]);
    }

    [Fact]
    public async Task S25_Calls_of_jobs_and_of_handlers_count_together_and_jobs_wait_for_their_turn()
    {
        var clock = new TimerClock();
        await using var site = await StartAsync(calls: 8, clock);
        var jobs = site.Services.GetRequiredService<AppWixClient>();
        for (var i = 0; i < 4; i++)
            await jobs.SiteProperties.GetSitePropertiesAsync(); // half of eight

        var waiting = jobs.SiteProperties.GetSitePropertiesAsync();

        Assert.False(waiting.IsCompleted);
        Assert.Equal((int[])[200, 200, 429], await StatusesAsync(site, 3)); // half of what the jobs left
        Assert.Equal(6, site.Wix.CountOf(WixSite.GetSiteProperties));
        clock.Advance(TimeSpan.FromMinutes(1));
        await waiting.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(7, site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    [Fact]
    public async Task S25_The_API_keys_calls_are_counted_for_its_site()
    {
        await using var site = await StartAsync(calls: 8);
        var token = site.Wix.IssueToken(EmulatedIdentity.Member("alice"));

        Assert.Equal((int[])[200, 200, 200, 200, 429],
            await StatusesAsync(site, 5, token, "/key"));
        Assert.Equal(200, (int)(await site.GetAsync("/elevated", token)).Status); // an instance has calls of its own
    }

    [Fact]
    public async Task S25_A_call_that_is_tried_again_counts_again()
    {
        await using var site = await StartAsync(calls: 40);
        using var fault = site.Wix.On(WixSite.GetSiteProperties).Times(1).Fail(503);
        var token = site.Wix.IssueToken(EmulatedIdentity.Member("alice"));
        Assert.Equal(200, (int)(await site.GetAsync("/elevated", token)).Status);
        Assert.Equal(2, site.Wix.CountOf(WixSite.GetSiteProperties));

        // Of forty, half is twenty, and two are spent.
        Assert.Equal(18, (await StatusesAsync(site, 25, token)).Count(static status => status == 200));
    }

    private static async Task<int[]> StatusesAsync(WixSite site, int count, string? token = null, string path = "/elevated")
    {
        token ??= site.Wix.IssueToken(EmulatedIdentity.Member("bob"));
        var statuses = new int[count];
        for (var i = 0; i < count; i++)
            statuses[i] = (int)(await site.GetAsync(path, token)).Status;
        return statuses;
    }

    private static Task<WixSite> StartAsync(int calls, TestClock? clock = null) => WixSite.StartAsync(
        static app =>
        {
            app.MapGet("/elevated", static async (ElevatedWixClient wix) => (await wix.SiteProperties.GetSitePropertiesAsync()).ToString())
                .Elevate(Callers.Visitor | Callers.Member);
            app.MapGet("/key", static async (AdminWixClient wix) => (await wix.SiteProperties.GetSitePropertiesAsync()).ToString())
                .Elevate(Callers.Member);
        },
        options => options.CallsPerMinute = calls,
        clock: clock);
}
