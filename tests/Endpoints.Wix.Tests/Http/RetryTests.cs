using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Http;

/// <summary>Requests that are retried when Wix is busy, and those that never are.</summary>
public sealed class RetryTests : IAsyncLifetime
{
    private const string UpdateProfile = "POST /site-properties/v4/properties/business-profile";
    private const string QueryProducts = "POST /stores/v3/products/query";

    private WixSite _site = null!;

    public async Task InitializeAsync() => _site = await WixSite.StartAsync(Map);

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_read_is_repeated_when_Wix_is_busy(int status)
    {
        _site.Wix.On(WixSite.GetSiteProperties).Times(2).Fail(status);

        Assert.Equal("Harbour Coffee", (await _site.GetAsync("/read")).Body);
        Assert.Equal(3, _site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    [Fact]
    public async Task A_query_that_only_reads_is_repeated_with_its_whole_body()
    {
        _site.Wix.On(QueryProducts).Times(1).Fail(503);

        Assert.Equal(HttpStatusCode.OK, (await _site.GetAsync("/query")).Status);
        var calls = _site.Wix.CallsTo(QueryProducts);
        Assert.Equal(2, calls.Count);
        Assert.NotEmpty(calls[0].Body);
        Assert.Equal(calls[0].Body, calls[1].Body);
    }

    [Fact]
    public async Task A_read_is_sent_three_times_at_the_most()
    {
        _site.Wix.On(WixSite.GetSiteProperties).Fail(429);

        var answer = await _site.GetAsync("/read");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "wix-unavailable"), (answer.Status, answer.Problem));
        Assert.Equal(3, _site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    [Fact]
    public async Task How_often_is_an_option()
    {
        await using var site = await WixSite.StartAsync(Map, options => options.Resilience.MaxRetryAttempts = 0);
        site.Wix.On(WixSite.GetSiteProperties).Times(1).Fail(503);

        Assert.Equal(HttpStatusCode.BadGateway, (await site.GetAsync("/read")).Status);
        Assert.Equal(1, site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    [Fact]
    public async Task The_next_try_is_no_sooner_than_Wix_says()
    {
        _site.Wix.On(WixSite.GetSiteProperties).Times(1).Fail(429, retryAfter: TimeSpan.FromSeconds(1));
        var started = TimeProvider.System.GetTimestamp();

        Assert.Equal(HttpStatusCode.OK, (await _site.GetAsync("/read")).Status);

        // Only a lower bound: a busy machine makes it longer, nothing makes it shorter.
        Assert.True(TimeProvider.System.GetElapsedTime(started) >= TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_longer_wait_than_somebody_would_sit_through_is_passed_on_instead()
    {
        _site.Wix.On(WixSite.GetSiteProperties).Fail(429, retryAfter: TimeSpan.FromSeconds(6));

        var answer = await _site.GetAsync("/read");

        Assert.Equal(("6", HttpStatusCode.ServiceUnavailable), (answer.Header("Retry-After"), answer.Status));
        Assert.Equal(1, _site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    [Fact]
    public async Task A_wait_that_the_time_limit_has_no_room_for_is_passed_on_instead()
    {
        await using var site = await WixSite.StartAsync(Map, options => options.Resilience.RequestTimeout = TimeSpan.FromSeconds(3));
        site.Wix.On(WixSite.GetSiteProperties).Fail(429, retryAfter: TimeSpan.FromSeconds(2));

        Assert.Equal("2", (await site.GetAsync("/read")).Header("Retry-After"));
        Assert.Equal(1, site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(500)]
    public async Task S48_A_change_is_sent_once_whatever_Wix_answers(int status)
    {
        _site.Wix.On(UpdateProfile).Fail(status, retryAfter: TimeSpan.FromSeconds(1));

        Assert.NotEqual(HttpStatusCode.OK, (await _site.SendAsync("POST", "/write")).Status);
        Assert.Equal(1, _site.Wix.CountOf(UpdateProfile));
    }

    [Fact]
    public async Task S48_A_change_whose_answer_is_lost_is_not_sent_again()
    {
        _site.Wix.On(UpdateProfile).LoseAnswer();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _site.SendAsync("POST", "/write")).Status);
        Assert.Equal(1, _site.Wix.CountOf(UpdateProfile));
    }

    [Fact]
    public async Task S48_A_call_with_the_callers_own_body_is_sent_once()
    {
        _site.Wix.On(QueryProducts).Fail(503);

        Assert.Equal("503", (await _site.GetAsync("/fetch")).Body);
        Assert.Equal(1, _site.Wix.CountOf(QueryProducts));
    }

    [Fact]
    public async Task A_read_whose_connection_breaks_is_repeated()
    {
        _site.Wix.On(WixSite.GetSiteProperties).Times(1).Drop();

        Assert.Equal(HttpStatusCode.OK, (await _site.GetAsync("/read")).Status);
    }

    [Fact]
    public async Task What_does_not_get_better_is_not_repeated()
    {
        _site.Wix.On(WixSite.GetSiteProperties).Fail(500);

        Assert.Equal(HttpStatusCode.BadGateway, (await _site.GetAsync("/read")).Status);
        Assert.Equal(1, _site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    [Fact]
    public async Task A_question_whose_a_token_is_and_a_token_of_the_apps_are_asked_for_again()
    {
        _site.Wix.On(WixSite.TokenInfo).Times(1).Fail(503);
        _site.Wix.On(WixSite.Tokens).Times(1).Fail(429);

        Assert.Equal(HttpStatusCode.OK, (await _site.GetAsync("/read", _site.Wix.IssueToken(EmulatedIdentity.Member()))).Status);
        Assert.Equal((2, 2), (_site.Wix.CountOf(WixSite.TokenInfo), _site.Wix.CountOf(WixSite.Tokens)));
    }

    [Fact]
    public async Task A_refresh_token_is_presented_once()
    {
        _site.Wix.On(WixSite.Tokens).Fail(503);
        var session = _site.Wix.IssueSession(EmulatedIdentity.Member());
        var cookie = SessionCookie.Of(_site.Wix.App.ClientId, session.AccessToken, _site.Clock.GetUtcNow().AddHours(-1),
            session.RefreshToken, "member");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _site.GetAsync("/read", cookie: cookie)).Status);
        Assert.Equal(1, _site.Wix.CountOf(WixSite.Tokens));
    }

    [Fact]
    public async Task Waiting_ends_with_the_request()
    {
        _site.Wix.On(WixSite.GetSiteProperties).Fail(429, retryAfter: TimeSpan.FromSeconds(5));
        using var leaves = new CancellationTokenSource();
        var request = _site.Client.GetAsync(new Uri("/read", UriKind.Relative), leaves.Token);
        await _site.Wix.WaitForCallsAsync(WixSite.GetSiteProperties, 1);

        await leaves.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        Assert.Equal(1, _site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/read",
            async (ElevatedWixClient wix, CancellationToken ct) =>
                (await wix.SiteProperties.GetSitePropertiesAsync(null, ct)).Properties.SiteDisplayName)
            .Elevate(Callers.Visitor | Callers.Member);
        app.MapGet("/query", async (ElevatedWixClient wix) => (await wix.Products.QueryAsync()).Items.Count).Elevate(Callers.Visitor);
        app.MapGet("/fetch", async (ElevatedWixClient wix) =>
            $"{(int)(await wix.FetchWithAuthAsync(HttpMethod.Post, "/stores/v3/products/query", new StringContent("{}"))).Status}")
            .Elevate(Callers.Visitor);
        app.MapPost("/write",
            async (ElevatedWixClient wix) => (await wix.SiteProperties.UpdateBusinessProfileAsync(new() { Description = "d" })).Version)
            .Elevate(Callers.Visitor);
    }
}
