using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Elevation;

/// <summary>Many callers at once, of many sites and kinds: everybody's call is made as the one it should be.</summary>
public sealed class InterleavingTests
{
    private const int Sites = 50;
    private const int CallersPerSite = 20;

    [Fact]
    public async Task S06_S07_A_thousand_interleaved_callers_of_fifty_sites_never_cross_and_each_sites_token_is_asked_for_once()
    {
        await using var site = await WixSite.StartAsync(
            app => app.MapGet("/", async (ElevatedWixClient wix, WixAuth auth, SiteProperties properties, Caller caller) =>
            {
                // Two calls, so that callers change places in between.
                var first = (await wix.SiteProperties.GetSitePropertiesAsync()).Properties.SiteDisplayName;
                var second = (await auth.Elevate(properties.GetSitePropertiesAsync)()).Properties.SiteDisplayName;
                return $"{first}|{second}|{caller.Id}|{caller.InstanceId}";
            }).Elevate(Callers.User | Callers.Member | Callers.Visitor),
            emulate: static options => options.EmptySites = true);
        site.Wix.RevokeAll(EmulatedIdentityKind.App);
        var callers = (from number in Enumerable.Range(0, Sites)
                       let shop = site.Wix.AddSite($"Shop {number}")
                       let instance = site.Wix.App.InstallOn(shop)
                       from caller in Enumerable.Range(0, CallersPerSite)
                       let id = $"caller-{number}-{caller}"
                       let identity = (caller % 3) switch { 0 => EmulatedIdentity.User(id), 1 => EmulatedIdentity.Member(id), _ =>
                           EmulatedIdentity.Visitor(id) }
                       select (Token: site.Wix.IssueToken(identity, options => options.For(site.Wix.App, shop)),
                           Expected: $"Shop {number}|Shop {number}|{id}|{instance}")).ToArray();
        new Random(6).Shuffle(callers);

        var answers = await Task.WhenAll(callers.Select(caller => site.GetAsync("/", caller.Token)));

        Assert.Equal(callers.Select(static caller => caller.Expected), answers.Select(static answer => answer.Body));
        Assert.Equal(Sites, site.Wix.CountOf(WixSite.Tokens));
        var calls = site.Wix.CallsTo(WixSite.GetSiteProperties);
        Assert.Equal(2 * callers.Length, calls.Count);
        Assert.All(calls.GroupBy(static call => call.Header("Authorization")), static calls =>
        {
            Assert.Equal(2 * CallersPerSite, calls.Count());
            Assert.Equal(EmulatedIdentityKind.App, Assert.Single(calls.Select(static call => call.Caller!.Kind).Distinct()));
            Assert.Single(calls.Select(static call => call.Caller!.InstanceId).Distinct());
        });
    }

    [Fact]
    public async Task S07_The_callers_the_apps_and_the_keys_calls_of_one_moment_have_each_their_own_credential()
    {
        await using var site =
            await WixSite.StartAsync(app => app.MapGet("/", async (WixClient own, ElevatedWixClient app, AdminWixClient key) =>
        {
            await Task.WhenAll(
                own.FetchWithAuthAsync(HttpMethod.Get, "/site-properties/v4/properties?as=caller"),
                app.FetchWithAuthAsync(HttpMethod.Get, "/site-properties/v4/properties?as=app"),
                key.FetchWithAuthAsync(HttpMethod.Get, "/site-properties/v4/properties?as=key"),
                key.ForAccount().FetchWithAuthAsync(HttpMethod.Get, "/site-properties/v4/properties?as=account"));
        }).Elevate(Callers.Member));
        var tokens = Enumerable.Range(0, 50).Select(i => site.Wix.IssueToken(EmulatedIdentity.Member($"m-{i}"))).ToArray();

        var answers = await Task.WhenAll(tokens.Select(token => site.GetAsync("/", token)));

        Assert.All(answers, static answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        var calls = site.Wix.CallsTo(WixSite.GetSiteProperties)
            .ToLookup(static call => call.RawTarget[(call.RawTarget.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        Assert.Equal(tokens.Order(), calls["caller"].Select(static call => call.Header("Authorization")).Order());
        Assert.Equal([EmulatedIdentityKind.App], calls["app"].Select(static call => call.Caller!.Kind).Distinct());
        Assert.Single(calls["app"].Select(static call => call.Header("Authorization")).Distinct());
        Assert.Equal([(site.Wix.ApiKey.Value, site.Wix.Site.Id, null)], calls["key"].Select(Credential).Distinct());
        Assert.Equal([(site.Wix.ApiKey.Value, null, site.Wix.AccountId)], calls["account"].Select(Credential).Distinct());
        Assert.All(calls["caller"].Concat(calls["app"]),
            static call => Assert.Equal((null, null), (call.Header("wix-site-id"), call.Header("wix-account-id"))));
        Assert.Equal(1, site.Wix.CountOf(WixSite.Tokens));
        Assert.All(["caller", "app", "key", "account"], credential => Assert.Equal(tokens.Length, calls[credential].Count()));

        static (string?, string?, string?) Credential(EmulatedCall call) =>
            (call.Header("Authorization"), call.Header("wix-site-id"), call.Header("wix-account-id"));
    }

    [Fact]
    public async Task S07_A_site_whose_token_is_refused_or_slow_holds_up_no_other_and_gets_no_others_token()
    {
        await using var site = await WixSite.StartAsync(app => app.MapGet("/", async (ElevatedWixClient wix) =>
            (await wix.SiteProperties.GetSitePropertiesAsync()).Properties.SiteDisplayName).Elevate(Callers.User));
        var (slow, removed, fine) = (Shop("Slow"), Shop("Removed"), Shop("Fine"));
        var removedToken = site.Wix.IssueToken(EmulatedIdentity.User(), options => options.For(site.Wix.App, removed));
        Assert.Equal("Removed", (await site.GetAsync("/", removedToken)).Body);
        site.Wix.App.RemoveFrom(removed);
        site.Wix.RevokeAll(EmulatedIdentityKind.App);
        using var gate = site.Wix.On(WixSite.Tokens).Times(1).Hold();
        var waiting = site.GetAsync("/", site.Wix.IssueToken(EmulatedIdentity.User(), options => options.For(site.Wix.App, slow)));
        await gate.WaitForArrivalsAsync(1);

        Assert.Equal("Fine",
            (await site.GetAsync("/", site.Wix.IssueToken(EmulatedIdentity.User(), options => options.For(site.Wix.App, fine)))).Body);
        Assert.NotEqual(HttpStatusCode.OK, (await site.GetAsync("/", removedToken)).Status);
        gate.Open();

        Assert.Equal("Slow", (await waiting).Body);

        EmulatedSite Shop(string name)
        {
            var shop = site.Wix.AddSite(name);
            site.Wix.App.InstallOn(shop);
            return shop;
        }
    }
}
