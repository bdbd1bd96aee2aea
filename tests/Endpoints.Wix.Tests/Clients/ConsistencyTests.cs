using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Clients;

/// <summary><c>X-Wix-Consistent</c>: a caller reads what it wrote, and nobody gets anybody else's.</summary>
public sealed class ConsistencyTests : IAsyncLifetime
{
    private const string Header = "X-Wix-Consistent";

    private const string Update = "/site-properties/v4/properties/business-profile";

    private WixSite _site = null!;

    public async Task InitializeAsync() => _site = await WixSite.StartAsync(app =>
    {
        app.MapPost("/elevated",
            async (ElevatedWixClient wix) => (await wix.SiteProperties.UpdateBusinessProfileAsync(new() { Description = "d" })).Version)
            .Elevate(Callers.Visitor | Callers.Member | Callers.User);
        app.MapGet("/elevated",
            async (ElevatedWixClient wix) => (await wix.SiteProperties.GetSitePropertiesAsync()).Properties.SiteDisplayName)
            .Elevate(Callers.Visitor | Callers.Member | Callers.User);
        app.MapPost("/own",
            async (WixClient wix) => $"{(int)(await wix.FetchWithAuthAsync(HttpMethod.Post, Update, new StringContent("{}"))).Status}");
        app.MapGet("/own", async (WixClient wix) => (await wix.Products.QueryAsync()).Items.Count);
        app.MapPost("/both", async (ElevatedWixClient wix) =>
        {
            await wix.SiteProperties.UpdateBusinessProfileAsync(new() { Description = "d" });
            return (await wix.SiteProperties.GetSitePropertiesAsync()).Version;
        }).Elevate(Callers.Visitor);
    });

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task A_callers_write_is_followed_by_its_own_next_reads_only()
    {
        var alice = _site.Wix.IssueToken(EmulatedIdentity.Member(_site.Wix.Site.Members[0].Id));
        var bob = _site.Wix.IssueToken(EmulatedIdentity.Member(_site.Wix.Site.Members[1].Id));
        var user = _site.Wix.IssueToken(EmulatedIdentity.User());
        Answer200("alice's");
        await _site.SendAsync("POST", "/elevated", alice);

        Assert.Equal([null, null, null, "alice's"], await ReadAsync(bob, user, null, alice));

        Answer200("bob's");
        await _site.SendAsync("POST", "/elevated", bob);
        Assert.Equal(["alice's", "bob's", null, null], await ReadAsync(alice, bob, user, null));
    }

    [Fact]
    public async Task It_follows_the_caller_into_its_own_calls()
    {
        var alice = _site.Wix.IssueToken(EmulatedIdentity.Member(_site.Wix.Site.Members[0].Id));
        Answer200("alice's");
        await _site.SendAsync("POST", "/elevated", alice);

        Assert.Equal(HttpStatusCode.OK, (await _site.GetAsync("/own", alice)).Status);
        Assert.Equal(HttpStatusCode.OK, (await _site.GetAsync("/own")).Status);

        Assert.Equal(["alice's", null], _site.Wix.CallsTo("POST /stores/v3/products/query").Select(static call => call.Header(Header)));
    }

    [Fact]
    public async Task A_thousand_callers_at_once_never_cross()
    {
        var members = Enumerable.Range(0, 50).Select(i => _site.Wix.Site.AddMember($"m{i}@example.com", "password")).ToArray();
        var tokens = members.Select(member => _site.Wix.IssueToken(EmulatedIdentity.Member(member.Id))).ToArray();

        await Task.WhenAll(
            Enumerable.Range(0, 1000).Select(i => _site.SendAsync(i < 50 || i % 5 == 0 ? "POST" : "GET", "/elevated", tokens[i % 50])));
        var given = new Dictionary<string, string>();
        foreach (var token in tokens)
        {
            Answer200(given[token] = "last-" + given.Count);
            await _site.SendAsync("POST", "/elevated", token);
            _site.Wix.ClearFaults();
        }

        Assert.Equal(tokens.Select(token => given[token]), await ReadAsync(tokens));
    }

    [Fact]
    public async Task A_caller_without_an_id_has_it_within_the_request()
    {
        Assert.Equal(HttpStatusCode.OK, (await _site.SendAsync("POST", "/both")).Status);
        Assert.NotNull(Assert.Single(_site.Wix.CallsTo(WixSite.GetSiteProperties)).Header(Header));

        Assert.Equal([null], await ReadAsync((string?)null));
    }

    [Fact]
    public async Task A_new_visitor_who_comes_back_with_its_session_has_it_still()
    {
        Answer200("visitor's");
        var first = await _site.SendAsync("POST", "/own");
        Assert.Equal("200", first.Body);
        var cookie =
            Assert.Single(first.Headers.Split('\n'),
                static line => line.StartsWith("Set-Cookie: wixSession=", StringComparison.Ordinal))["Set-Cookie: ".Length..].Split(';')[0];

        Assert.Equal(HttpStatusCode.OK, (await _site.GetAsync("/own", cookie: cookie)).Status);
        Assert.Equal(HttpStatusCode.OK, (await _site.GetAsync("/own")).Status);

        Assert.Equal(["visitor's", null], _site.Wix.CallsTo("POST /stores/v3/products/query").Select(static call => call.Header(Header)));
    }

    [Fact]
    public async Task With_an_API_key_jobs_have_their_own_and_in_a_request_each_caller_its_own()
    {
        await using var site = await WixSite.StartAsync(
            app =>
            {
                app.MapPost("/admin",
                    async (AdminWixClient wix) =>
                        (await wix.SiteProperties.UpdateBusinessProfileAsync(new() { Description = "d" })).Version).Elevate(Callers.Member);
                app.MapGet("/admin", async (AdminWixClient wix) => (await wix.SiteProperties.GetSitePropertiesAsync()).Version)
                    .Elevate(Callers.Member | Callers.Visitor);
            },
            options => (options.ApiKey, options.SiteId) = (new("key"), "site"));
        site.Wix.On("POST " + Update).Answer(200, """{"version":"7"}""", headers: new Dictionary<string, string> { [Header] = "value" });
        site.Wix.On(WixSite.GetSiteProperties).Answer(200, """{"properties":{},"version":"7"}""");
        var (alice, bob) =
            (site.Wix.IssueToken(EmulatedIdentity.Member()), site.Wix.IssueToken(EmulatedIdentity.Member(site.Wix.Site.Members[1].Id)));
        var job = site.Services.GetRequiredService<AdminWixClient>();

        await site.SendAsync("POST", "/admin", alice);
        foreach (var token in new[] { bob, null, alice })
            Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/admin", token)).Status);
        await job.SiteProperties.GetSitePropertiesAsync();
        await job.SiteProperties.UpdateBusinessProfileAsync(new() { Description = "d" });
        await job.SiteProperties.GetSitePropertiesAsync();
        await job.ForSite("another").SiteProperties.GetSitePropertiesAsync();

        Assert.Equal([null, null, "value", null, "value", null],
            site.Wix.CallsTo(WixSite.GetSiteProperties).Select(static call => call.Header(Header)));
    }

    [Fact]
    public async Task S07_An_app_is_another_caller_on_each_site_also_where_Wix_names_no_site()
    {
        await using var site = await WixSite.StartAsync(app =>
        {
            app.MapPost(
                "/", async (ElevatedWixClient wix) =>
                    (await wix.SiteProperties.UpdateBusinessProfileAsync(new() { Description = "d" })).Version).Elevate(Callers.App);
            app.MapGet("/", async (ElevatedWixClient wix) => (await wix.SiteProperties.GetSitePropertiesAsync()).Version)
                .Elevate(Callers.App);
        });
        site.Wix.On("POST " + Update).Answer(200, """{"version":"7"}""", headers: new Dictionary<string, string> { [Header] = "first's" });
        site.Wix.On(WixSite.GetSiteProperties).Answer(200, """{"properties":{},"version":"7"}""");
        site.Wix.On(WixSite.Tokens).Answer(200, """{"access_token":"apps","expires_in":600}""");

        await CallAsync("POST", "first");
        await CallAsync("GET", "second");
        await CallAsync("GET", "first");

        Assert.Equal([null, "first's"], site.Wix.CallsTo(WixSite.GetSiteProperties).Select(static call => call.Header(Header)));

        async Task CallAsync(string method, string instance)
        {
            using var info = site.Wix.On(WixSite.TokenInfo).Answer(200, $$"""
                {"active":true,"subjectType":"APP","subjectId":"app","exp":{{site.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds()}},"clientId":"{{site.Wix.App.ClientId}}","instanceId":"{{instance}}"}
                """);
            Assert.Equal(HttpStatusCode.OK, (await site.SendAsync(method, "/", "token-of-" + instance)).Status);
        }
    }

    [Fact]
    public async Task It_is_forgotten_after_a_while()
    {
        var alice = _site.Wix.IssueToken(EmulatedIdentity.Member());
        await _site.SendAsync("POST", "/elevated", alice);
        _site.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal([null], await ReadAsync(alice));
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("")]
    public async Task What_is_no_value_of_Wixs_is_not_kept(string value)
    {
        var alice = _site.Wix.IssueToken(EmulatedIdentity.Member());
        Answer200(value);
        await _site.SendAsync("POST", "/elevated", alice);

        Assert.Equal([null], await ReadAsync(alice));
    }

    private void Answer200(string consistent) =>
        _site.Wix.On("POST " + Update).Times(1).Answer(
            200, """{"version":"7"}""", headers: new Dictionary<string, string> { [Header] = consistent });

    private async Task<IEnumerable<string?>> ReadAsync(params string?[] tokens)
    {
        var seen = (int)_site.Wix.CountOf(WixSite.GetSiteProperties);
        foreach (var token in tokens)
            Assert.Equal(HttpStatusCode.OK, (await _site.GetAsync("/elevated", token)).Status);
        return _site.Wix.CallsTo(WixSite.GetSiteProperties).Skip(seen).Select(static call => call.Header(Header));
    }
}
