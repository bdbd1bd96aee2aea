using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Tokens;

/// <summary>The app's own token: minted once, renewed ahead of time, replaced when Wix refuses it.</summary>
public sealed class AppTokenTests : IAsyncLifetime
{
    private WixSite _site = null!;

    public async Task InitializeAsync() => _site = await WixSite.StartAsync(
        app =>
        {
            app.MapGet("/", async (ElevatedWixClient wix) => (await wix.SiteProperties.GetSitePropertiesAsync()).Properties.SiteDisplayName)
                .Elevate(Callers.Visitor);
            app.MapPost(
                "/", async (ElevatedWixClient wix) =>
                    (await wix.SiteProperties.UpdateBusinessProfileAsync(new() { Description = "d" })).Version).Elevate(Callers.Visitor);
        },
        options => options.RenewBefore = TimeSpan.FromMinutes(5),
        emulate: options => options.AccessTokenLifetime = TimeSpan.FromHours(1));

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(54 * 60 + 59, 1)]
    [InlineData(56 * 60, 2)]
    [InlineData(60 * 60, 2)]
    [InlineData(7 * 60 * 60, 2)]
    public async Task A_token_of_an_hour_is_renewed_five_to_four_minutes_before_its_end(int secondsLater, int minted)
    {
        await CallAsync();
        _site.Clock.Advance(TimeSpan.FromSeconds(secondsLater));
        await CallAsync();

        Assert.Equal(minted, _site.Wix.CountOf(WixSite.Tokens));
    }

    [Theory]
    [InlineData(100, 4 * 60 * 60, 40, 1)]
    [InlineData(100, 4 * 60 * 60, 100, 2)] // the token itself would say four hours
    [InlineData(8 * 60 * 60, 60 * 60, 59 * 60, 1)] // the token itself would say one hour
    public async Task A_token_lives_as_long_as_expires_in_says_and_nothing_in_it_counts(int expiresIn, int lifetimeInside, int secondsLater,
        int minted)
    {
        var token = _site.Wix.IssueToken(EmulatedIdentity.App(), options => options.Lifetime = TimeSpan.FromSeconds(lifetimeInside));
        using (_site.Wix.On(WixSite.Tokens).Times(1)
            .Answer(200, $$"""{"access_token":"{{token}}","token_type":"Bearer","expires_in":{{expiresIn}}}"""))
            await CallAsync();
        _site.Clock.Advance(TimeSpan.FromSeconds(secondsLater));
        await CallAsync();

        Assert.Equal(minted, _site.Wix.CountOf(WixSite.Tokens));
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"expires_in\":0")]
    [InlineData(",\"expires_in\":-1")]
    [InlineData(",\"expires_in\":null")]
    [InlineData(",\"expires_in\":99999999999")]
    [InlineData(",\"expires_at\":99999999999")]
    public async Task A_token_without_a_usable_expires_in_is_not_used(string rest)
    {
        var token = _site.Wix.IssueToken(EmulatedIdentity.App());
        _site.Wix.On(WixSite.Tokens).Answer(200, $$"""{"access_token":"{{token}}"{{rest}}}""");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "wix-unavailable"), await ProblemAsync());
        Assert.Equal(0, _site.Wix.CountOf(WixSite.GetSiteProperties));

        async Task<(HttpStatusCode, string)> ProblemAsync()
        {
            var answer = await _site.GetAsync("/");
            return (answer.Status, answer.Problem);
        }
    }

    [Fact]
    public async Task An_outage_is_bridged_until_the_token_expires_and_not_a_second_longer()
    {
        await CallAsync();
        using var outage = _site.Wix.On(WixSite.Tokens).Fail(500);

        _site.Clock.Advance(TimeSpan.FromMinutes(56));
        await CallAsync();
        await CallAsync();
        Assert.Equal(2, _site.Wix.CountOf(WixSite.Tokens)); // the second try waits a little
        _site.Clock.Advance(TimeSpan.FromMinutes(4) - TimeSpan.FromSeconds(1));
        await CallAsync();
        _site.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _site.GetAsync("/")).Status);

        outage.Dispose();
        await CallAsync();
    }

    [Fact]
    public async Task Nobody_waits_long_for_a_renewal_while_the_token_at_hand_is_good()
    {
        await CallAsync();
        using var gate = _site.Wix.On(WixSite.Tokens).Hold();
        _site.Clock.Advance(TimeSpan.FromMinutes(56));

        await CallAsync(); // and not only when the gate opens
        var used = _site.Wix.CallsTo(WixSite.GetSiteProperties).Select(static call => call.Header("Authorization")).ToArray();
        Assert.Equal(used[0], used[1]);
        Assert.Equal(1, gate.Arrived);

        _site.Clock.Advance(TimeSpan.FromMinutes(4));
        var expired = _site.GetAsync("/");
        gate.Open();
        Assert.Equal("Harbour Coffee", (await expired).Body);
        Assert.NotEqual(used[0], _site.Wix.CallsTo(WixSite.GetSiteProperties)[2].Header("Authorization"));
    }

    [Fact]
    public async Task A_renewal_that_failed_is_tried_again_after_five_seconds_and_not_before()
    {
        await CallAsync();
        _site.Clock.Advance(TimeSpan.FromMinutes(56));
        _site.Wix.On(WixSite.Tokens).Answer(200, "{}");
        await CallAsync();
        var tried = _site.Wix.CountOf(WixSite.Tokens);
        await CallAsync();
        Assert.Equal(tried, _site.Wix.CountOf(WixSite.Tokens));

        _site.Clock.Advance(TimeSpan.FromSeconds(5));
        await CallAsync();
        Assert.InRange(_site.Wix.CountOf(WixSite.Tokens), tried + 1, 2 * tried);
    }

    [Fact]
    public async Task A_token_that_Wix_refuses_is_replaced_once_and_the_read_repeated()
    {
        await CallAsync();
        _site.Wix.RevokeAll(EmulatedIdentityKind.App);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _site.GetAsync("/")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(2, _site.Wix.CountOf(WixSite.Tokens));
    }

    [Fact]
    public async Task S48_A_change_that_Wix_answers_401_is_not_sent_twice()
    {
        await CallAsync();
        _site.Wix.RevokeAll(EmulatedIdentityKind.App);

        var first = await _site.SendAsync("POST", "/");
        Assert.Equal((HttpStatusCode.BadGateway, "wix-failed"), (first.Status, first.Problem));
        Assert.Equal(1, _site.Wix.CountOf("POST /site-properties/v4/properties/business-profile"));

        Assert.Equal(HttpStatusCode.OK, (await _site.SendAsync("POST", "/")).Status);
        Assert.Equal(2, _site.Wix.CountOf(WixSite.Tokens));
    }

    [Fact]
    public async Task A_Wix_that_refuses_every_token_does_not_make_us_mint_without_end()
    {
        _site.Wix.On(WixSite.GetSiteProperties).Fail(401);

        for (var i = 0; i < 20; i++)
            Assert.Equal(HttpStatusCode.BadGateway, (await _site.GetAsync("/")).Status);

        Assert.Equal(2, _site.Wix.CountOf(WixSite.Tokens));
        Assert.Equal(20 + 1, _site.Wix.CountOf(WixSite.GetSiteProperties)); // repeated with the second token, and with none after it
        _site.Clock.Advance(TimeSpan.FromSeconds(31));
        _site.Wix.ClearFaults();
        await CallAsync();
    }

    [Fact]
    public async Task Wrong_credentials_are_502_and_say_nothing()
    {
        await using var site = await WixSite.StartAsync(
            app => app.MapGet("/", async (ElevatedWixClient wix) => await wix.SiteProperties.GetSitePropertiesAsync())
                .Elevate(Callers.Visitor),
            options => options.ClientSecret = new("wrong"));

        var answer = await site.GetAsync("/");

        Assert.Equal((HttpStatusCode.BadGateway, "wix-failed"), (answer.Status, answer.Problem));
    }

    [Fact]
    public async Task A_headless_project_needs_no_instance()
    {
        await using var site = await WixSite.StartAsync(
            app => app.MapGet(
                "/", async (ElevatedWixClient wix) => (await wix.SiteProperties.GetSitePropertiesAsync()).Properties.SiteDisplayName)
                .Elevate(Callers.Visitor),
            options => options.InstanceId = null);

        Assert.Equal("Harbour Coffee", (await site.GetAsync("/")).Body);
        Assert.DoesNotContain("instance_id", Assert.Single(site.Wix.CallsTo(WixSite.Tokens)).Body, StringComparison.Ordinal);
    }

    private async Task CallAsync() => Assert.Equal("Harbour Coffee", (await _site.GetAsync("/")).Body);
}
