using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Http;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Http;

/// <summary>A Wix that is down is left alone, and found again.</summary>
public sealed class CircuitTests : IAsyncLifetime
{
    private const int Enough = 8;

    private WixSite _site = null!;

    public async Task InitializeAsync() => _site = await WixSite.StartAsync(Map, options => options.Resilience.MaxRetryAttempts = 0);

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Theory]
    [InlineData(503)]
    [InlineData(502)]
    [InlineData(null)]
    public async Task S22_Token_info_that_is_down_is_left_alone_and_nobody_passes(int? status)
    {
        var known = Token();
        Assert.Equal(HttpStatusCode.OK, (await _site.GetAsync("/mine", known)).Status);
        _site.Clock.Advance(TimeSpan.FromMinutes(2));
        Fail(WixSite.TokenInfo, status);

        for (var i = 0; i < 50; i++)
        {
            var answer = await _site.GetAsync("/mine", i % 2 == 0 ? known : Token());
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "wix-unavailable"), (answer.Status, answer.Problem));
            Assert.NotNull(answer.Header("Retry-After"));
        }

        Assert.Equal(1 + Enough, _site.Wix.CountOf(WixSite.TokenInfo)); // the first was answered
    }

    [Fact]
    public async Task S22_It_recovers_by_itself()
    {
        await OpenAsync();
        _site.Wix.ClearFaults();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _site.GetAsync("/mine", Token())).Status);
        _site.Clock.Advance(TimeSpan.FromSeconds(6));

        for (var i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.OK, (await _site.GetAsync("/mine", Token())).Status);
    }

    [Fact]
    public async Task While_it_is_still_down_one_call_at_a_time_tries()
    {
        await OpenAsync();
        var before = _site.Wix.CountOf(WixSite.TokenInfo);

        for (var round = 1; round <= 3; round++)
        {
            _site.Clock.Advance(TimeSpan.FromSeconds(6));
            var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _site.GetAsync("/mine", Token())));
            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status));
            Assert.Equal(before + round, _site.Wix.CountOf(WixSite.TokenInfo));
        }
    }

    [Fact]
    public async Task Slowness_counts_and_later_callers_do_not_wait_for_it()
    {
        await using var site = await WixSite.StartAsync(
            Map,
            options => (options.Resilience.MaxRetryAttempts, options.Resilience.TokenTimeout) = (0, TimeSpan.FromMilliseconds(200)));
        site.Wix.On(WixSite.TokenInfo).Hang();

        for (var i = 0; i < 20; i++)
            Assert.Equal(HttpStatusCode.ServiceUnavailable,
                (await site.GetAsync("/mine", site.Wix.IssueToken(EmulatedIdentity.Member()))).Status);

        Assert.Equal(Enough, site.Wix.CountOf(WixSite.TokenInfo));
    }

    [Fact]
    public async Task One_part_of_Wix_that_is_down_does_not_take_the_others_with_it()
    {
        Fail(WixSite.GetSiteProperties, 504);
        for (var i = 0; i < 2 * Enough; i++)
            Assert.Equal(i < Enough ? HttpStatusCode.BadGateway : HttpStatusCode.ServiceUnavailable,
                (await _site.GetAsync("/read")).Status);

        Assert.Equal(Enough, _site.Wix.CountOf(WixSite.GetSiteProperties));
        Assert.Equal(HttpStatusCode.OK, (await _site.GetAsync("/mine", Token())).Status);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(429)]
    [InlineData(401)]
    public async Task What_a_request_may_have_brought_about_opens_no_circuit(int status)
    {
        using (_site.Wix.On(WixSite.TokenInfo).Fail(status))
        {
            for (var i = 0; i < 20; i++)
                await _site.GetAsync("/mine", Token());
        }

        Assert.Equal(20, _site.Wix.CountOf(WixSite.TokenInfo));
        Assert.Equal(HttpStatusCode.OK, (await _site.GetAsync("/mine", Token())).Status);
    }

    [Fact]
    public async Task Callers_who_leave_open_no_circuit()
    {
        using (var gate = _site.Wix.On(WixSite.GetSiteProperties).Hold())
        {
            for (var i = 1; i <= 10; i++)
            {
                using var leaves = new CancellationTokenSource();
                var request = _site.Client.GetAsync(new Uri("/read", UriKind.Relative), leaves.Token);
                await gate.WaitForArrivalsAsync(i);
                await leaves.CancelAsync();
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
            }
        }

        Assert.Equal(HttpStatusCode.OK, (await _site.GetAsync("/read")).Status);
    }

    [Fact]
    public async Task S22_Callers_who_have_all_left_before_the_time_limit_do_not_hide_that_Wix_is_down()
    {
        await using var site =
            await WixSite.StartAsync(
                Map, options => (options.Resilience.MaxRetryAttempts, options.Resilience.RequestTimeout) = (0, TimeSpan.FromSeconds(2)));
        site.Wix.On(WixSite.GetSiteProperties).Hang();

        await Task.WhenAll(Enumerable.Range(0, Enough).Select(async _ =>
        {
            using var leaves = new CancellationTokenSource(TimeSpan.FromSeconds(1.5));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => site.Client.GetAsync(new Uri("/read", UriKind.Relative), leaves.Token));
        }));

        // What has been left behind may take a moment to end.
        var resilience = site.Services.GetRequiredService<WixResilience>();
        for (var i = 0; i < 500 && !resilience.Down.Any(); i++)
            await Task.Delay(10);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await site.GetAsync("/read")).Status);
        Assert.Equal(Enough, site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task S22_Slow_calls_of_some_do_not_take_a_Wix_that_answers_from_the_others(bool leave)
    {
        await using var site = await WixSite.StartAsync(
            app =>
            {
                Map(app);
                app.MapGet("/slow",
                    (ElevatedWixClient wix, CancellationToken ct) =>
                        wix.FetchWithAuthAsync(HttpMethod.Get, "/stores/v3/products/slow", null, ct))
                    .Elevate(Callers.Visitor);
            },
            options => (options.Resilience.MaxRetryAttempts, options.Resilience.RequestTimeout) = (0, TimeSpan.FromSeconds(2)));
        using var gate = site.Wix.On("*").When(static call => call.Path.EndsWith("/slow", StringComparison.Ordinal)).Hold();
        var attack = Enumerable.Range(0, 3 * Enough).Select(async _ =>
        {
            using var leaves = new CancellationTokenSource(TimeSpan.FromSeconds(leave ? 1.5 : 10));
            await Record.ExceptionAsync(() => site.Client.GetAsync(new Uri("/slow", UriKind.Relative), leaves.Token));
        }).ToArray();
        await gate.WaitForArrivalsAsync(3 * Enough);

        // An honest caller, who comes now and then.
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/read")).Status);
        await Task.WhenAll(attack);

        await Task.Delay(200); // what has been left behind may take a moment to end
        Assert.Empty(site.Services.GetRequiredService<WixResilience>().Down);
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/read")).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task S22_A_clients_body_that_breaks_off_or_is_shorter_than_promised_is_not_Wixs_failure(bool breaksOff)
    {
        await using var site = await WixSite.StartAsync(app =>
        {
            Map(app);
            app.MapPost("/upload", async (ElevatedWixClient wix) =>
            {
                using var content = new StreamContent(new Upload(breaksOff));
                content.Headers.ContentLength = 1000;
                try
                {
                    return $"{(int)(await wix.FetchWithAuthAsync(HttpMethod.Post, "/site-properties/v4/properties/business-profile", content)).Status}";
                }
                catch (IOException e)
                {
                    return e.Message;
                }
            }).Elevate(Callers.Visitor);
        });

        for (var i = 0; i < 2 * Enough; i++)
            Assert.Equal(breaksOff ? "The client is gone." : "400", (await site.SendAsync("POST", "/upload")).Body);

        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/read")).Status);
    }

    private async Task OpenAsync()
    {
        Fail(WixSite.TokenInfo, 503);
        for (var i = 0; i <= Enough; i++)
            await _site.GetAsync("/mine", Token());
        Assert.Equal(Enough, _site.Wix.CountOf(WixSite.TokenInfo));
    }

    private void Fail(string route, int? status)
    {
        var fault = _site.Wix.On(route);
        _ = status is { } known ? fault.Fail(known) : fault.Drop();
    }

    private string Token() => _site.Wix.IssueToken(EmulatedIdentity.Member());

    private static void Map(WebApplication app)
    {
        app.MapGet("/mine", (Caller caller) => caller.Id).Elevate(Callers.Member);
        app.MapGet("/read",
            async (ElevatedWixClient wix, CancellationToken ct) =>
                (await wix.SiteProperties.GetSitePropertiesAsync(null, ct)).Properties.SiteDisplayName)
            .Elevate(Callers.Visitor);
    }

    private sealed class Upload(bool breaksOff) : MemoryStream("{"u8.ToArray())
    {
        public override bool CanSeek => false;

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) =>
            breaksOff ? throw new IOException("The client is gone.") : base.CopyToAsync(destination, bufferSize, cancellationToken);
    }
}
