using System.Net;
using System.Text.Json;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Clients.Holding;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.AspNetCore.Routing;

namespace Endpoints.Wix.Tests.Elevation;

/// <summary>A grant ends with its caller's right, however long its handler runs.</summary>
public sealed class GrantEndTests
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1); // as the options have it

    public static TheoryData<string> Clients => [.. Bag.Elevated];

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task S66_A_socket_that_was_opened_with_a_token_of_three_seconds_does_nothing_after_them(string client)
    {
        var handler = new LongHandler();
        await using var site = await StartAsync(handler);
        var sockets = site.Server.CreateWebSocketClient();
        sockets.ConfigureRequest = request => request.Headers.Authorization =
            site.Wix.IssueToken(EmulatedIdentity.Member(), static token => token.Lifetime = TimeSpan.FromSeconds(3));
        using var socket = await sockets.ConnectAsync(new("ws://localhost/"), default);
        Assert.Null(await handler.CallAsync(client));
        site.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(await handler.CallAsync(client));
        site.Wix.ClearCalls();

        site.Clock.Advance(TimeSpan.FromSeconds(1));
        LongHandler.AssertEnded(await handler.CallAsync(client));
        site.Clock.Advance(TimeSpan.FromSeconds(3));
        LongHandler.AssertEnded(await handler.CallAsync(client));

        Assert.Empty(site.Wix.Calls);
        handler.End();
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task S66_Who_is_blocked_during_a_stream_loses_it_within_the_stated_time_and_for_good(string client)
    {
        var handler = new LongHandler();
        await using var site = await StartAsync(handler);
        var token = site.Wix.IssueToken(EmulatedIdentity.Member());
        await OpenAsync(site, token);
        Assert.Null(await handler.CallAsync(client));
        site.Wix.Revoke(token);
        Assert.Null(await handler.CallAsync(client)); // Wix's word holds for a minute
        site.Wix.ClearCalls();

        site.Clock.Advance(Fresh);
        LongHandler.AssertEnded(await handler.CallAsync(client));
        LongHandler.AssertEnded(await handler.CallAsync(client));

        Assert.Equal(1, site.Wix.CountOf("*"));
        Assert.Equal(1, site.Wix.CountOf(WixSite.TokenInfo));
        handler.End();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3 * 60 * 60)]
    public async Task S66_Who_was_blocked_loses_it_however_much_later_the_next_call_comes(int seconds)
    {
        var handler = new LongHandler();
        await using var site = await StartAsync(handler);
        var token = site.Wix.IssueToken(EmulatedIdentity.Member());
        await OpenAsync(site, token);
        Assert.Null(await handler.CallAsync("elevated"));
        site.Wix.Revoke(token);

        site.Clock.Advance(Fresh + TimeSpan.FromSeconds(seconds));

        LongHandler.AssertEnded(await handler.CallAsync("elevated"));
        handler.End();
    }

    [Fact]
    public async Task S66_Asking_each_time_means_each_call()
    {
        var handler = new LongHandler();
        await using var site = await StartAsync(handler, static options => options.TokenInfo.CacheDuration = TimeSpan.Zero);
        var token = site.Wix.IssueToken(EmulatedIdentity.Member());
        await OpenAsync(site, token);
        Assert.Null(await handler.CallAsync("elevated"));

        site.Wix.Revoke(token);

        LongHandler.AssertEnded(await handler.CallAsync("elevated"));
        handler.End();
    }

    [Theory]
    [InlineData("subjectType", "USER")]
    [InlineData("subjectId", "somebody-else")]
    [InlineData("siteId", "another-site")]
    [InlineData("instanceId", "another-instance")]
    [InlineData("instanceId", null)]
    [InlineData("active", "false")]
    public async Task S66_A_caller_who_has_become_somebody_else_loses_it(string member, string? value)
    {
        var handler = new LongHandler();
        await using var site = await StartAsync(handler);
        await OpenAsync(site, site.Wix.IssueToken(EmulatedIdentity.Member("ada")));
        Assert.Null(await handler.CallAsync("elevated"));
        Answer(site, info => info[member] = value);
        site.Clock.Advance(Fresh);
        site.Wix.ClearCalls();

        LongHandler.AssertEnded(await handler.CallAsync("elevated"));

        Assert.Equal(1, site.Wix.CountOf("*"));
        handler.End();
    }

    [Fact]
    public async Task S66_A_later_end_that_Wix_names_afterwards_prolongs_nothing_and_an_earlier_one_counts()
    {
        foreach (var (named, ends) in new[] { (10, 4), (3, 3) })
        {
            var handler = new LongHandler();
            await using var site = await StartAsync(handler);
            var begun = site.Clock.GetUtcNow();
            await OpenAsync(
                site, site.Wix.IssueToken(EmulatedIdentity.Member("ada"), static token => token.Lifetime = TimeSpan.FromMinutes(4)));
            Answer(site, info => info["exp"] = (begun + TimeSpan.FromMinutes(named)).ToUnixTimeSeconds());
            for (var minute = 1; minute < ends; minute++)
            {
                site.Clock.Advance(TimeSpan.FromMinutes(1));
                Assert.Null(await handler.CallAsync("elevated"));
            }

            site.Clock.Advance(TimeSpan.FromMinutes(1));
            LongHandler.AssertEnded(await handler.CallAsync("elevated"));
            handler.End();
        }
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task S66_Where_Wix_can_not_be_asked_nothing_is_sent_and_the_grant_goes_on_when_it_can_again(string client)
    {
        var handler = new LongHandler();
        await using var site = await StartAsync(handler);
        await OpenAsync(site, site.Wix.IssueToken(EmulatedIdentity.Member()));
        Assert.Null(await handler.CallAsync(client));
        site.Clock.Advance(Fresh);
        site.Wix.ClearCalls();
        using (site.Wix.On(WixSite.TokenInfo).Fail(500))
            Assert.IsType<WixUnavailableException>(await handler.CallAsync(client));
        Assert.Equal(site.Wix.CountOf(WixSite.TokenInfo), site.Wix.CountOf("*"));

        Assert.Null(await handler.CallAsync(client));
        handler.End();
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task S66_What_others_of_the_network_have_sent_ends_no_grant(string client)
    {
        var handler = new LongHandler();
        // So small that others' tokens push out what is known of the caller's.
        await using var site =
            await StartAsync(handler, static options => (options.TokenInfo.CacheSize, options.RefusedTokensPerMinute) = (100, 1));
        await OpenAsync(site, site.Wix.IssueToken(EmulatedIdentity.Member("ada")));
        Assert.Null(await handler.CallAsync(client));
        site.Clock.Advance(Fresh);
        for (var i = 0; i < 150; i++)
        {
            // Each more often than the caller's own: what is used least makes room.
            var eves = site.Wix.IssueToken(EmulatedIdentity.Member("eve"));
            for (var use = 0; use < 8; use++)
                Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/quick", eves)).Status);
        }

        for (var i = 0; i < 3; i++)
            Assert.NotEqual(HttpStatusCode.OK, (await site.GetAsync("/quick", $"OauthNG.JWS.{i}")).Status);
        site.Wix.ClearCalls();

        Assert.True(Assert.IsType<WixUnavailableException>(await handler.CallAsync(client)).IsRateLimit);
        Assert.Equal(0, site.Wix.CountOf("*"));
        site.Clock.Advance(Fresh);
        Assert.Null(await handler.CallAsync(client));
        handler.End();
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task S66_A_call_under_way_is_cancelled_when_the_token_expires(string client)
    {
        var (handler, clock) = (new LongHandler(), new TimerClock());
        await using var site = await StartAsync(handler, clock: clock);
        await OpenAsync(site, site.Wix.IssueToken(EmulatedIdentity.Member(), static token => token.Lifetime = TimeSpan.FromSeconds(30)));
        using var gate = site.Wix.On("*").Hold();
        var calling = handler.CallAsync(client);
        await gate.WaitForArrivalsAsync(1);

        clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(HttpStatusCode.Unauthorized, Assert.IsType<WixApiException>(await calling).Status);
        Assert.Equal(0, clock.Waiting);
        handler.End();
    }

    [Fact]
    public async Task S66_At_the_edge_of_a_hundred_calls_at_once_none_reaches_Wix_late_and_Wix_is_asked_once()
    {
        var handler = new LongHandler();
        await using var site = await StartAsync(handler);
        var token = site.Wix.IssueToken(EmulatedIdentity.Member());
        await OpenAsync(site, token);
        Assert.Null(await handler.CallAsync("elevated"));
        site.Clock.Advance(Fresh);
        site.Wix.ClearCalls();
        using (var gate = site.Wix.On(WixSite.TokenInfo).Hold())
        {
            var calls = Enumerable.Range(0, 100).Select(_ => handler.CallAsync("elevated")).ToArray();
            await gate.WaitForArrivalsAsync(1);
            site.Wix.Revoke(token);
            gate.Open();
            Assert.All(await Task.WhenAll(calls), LongHandler.AssertEnded);
        }

        Assert.Equal((1, 1), (site.Wix.CountOf(WixSite.TokenInfo), site.Wix.CountOf("*")));
        handler.End();
    }

    [Fact]
    public async Task S66_A_short_request_costs_no_further_question_and_no_timer()
    {
        var clock = new TimerClock();
        await using var site = await StartAsync(new(), clock: clock);
        var token = site.Wix.IssueToken(EmulatedIdentity.Member());
        var before = clock.Made;

        for (var i = 0; i < 20; i++)
            Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/ten", token)).Status);

        Assert.Equal((1, 1), (site.Wix.CountOf(WixSite.TokenInfo), site.Wix.CountOf(WixSite.Tokens)));
        Assert.Equal(before, clock.Made);
    }

    [Fact]
    public async Task S66_A_request_that_is_handed_on_late_is_admitted_as_who_calls_by_then()
    {
        var handler = new LongHandler();
        await using var site = await StartAsync(handler);
        var token = site.Wix.IssueToken(EmulatedIdentity.Member());
        var handing = site.GetAsync("/hand-on", token);
        await handler.Inside;
        site.Wix.Revoke(token);
        site.Clock.Advance(Fresh);

        Assert.Null(await handler.CallAsync(static _ => Task.CompletedTask));

        Assert.Equal("token-not-accepted", (await handing).Problem);
        Assert.Equal(0, site.Wix.CountOf(WixSite.GetSiteProperties));
        Assert.Contains(
            site.Logs.Of("ElevationPipeline"), static line => line.Contains("/ten was rejected: 401", StringComparison.Ordinal));
        handler.End();
    }

    [Fact]
    public async Task A_visitor_without_a_token_has_nothing_that_ends_before_the_handler()
    {
        var handler = new LongHandler();
        await using var site = await StartAsync(handler);
        await OpenAsync(site, token: null);
        site.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Null(await handler.CallAsync("elevated"));

        Assert.Equal(0, site.Wix.CountOf(WixSite.TokenInfo));
        handler.End();
    }

    private static Task<WixSite> StartAsync(LongHandler handler, Action<WixOptions>? configure = null, TestClock? clock = null) =>
        WixSite.StartAsync(
        app =>
        {
            app.UseWebSockets();
            app.MapGet("/", (HttpContext context, Bag bag) => handler.RunAsync(context, bag)).Elevate(Callers.Visitor | Callers.Member);
            app.MapGet("/ten", async (Bag bag) =>
            {
                for (var i = 0; i < 10; i++)
                    await bag.CallAsync(Bag.Elevated[i % Bag.Elevated.Length], "tag");
            }).Elevate(Callers.Member);
            app.MapGet("/quick", () => "").Elevate(Callers.Member);
            app.MapGet("/hand-on", async (HttpContext context, Bag bag, EndpointDataSource endpoints) =>
            {
                var inner = endpoints.Endpoints.First(static endpoint => endpoint.DisplayName!.EndsWith("/ten", StringComparison.Ordinal));
                var done = await handler.TakeAsync(context);
                done.SetResult(await Record.ExceptionAsync(() => inner.RequestDelegate!(context)));
            }).Elevate(Callers.Member);
        },
        configure,
        static builder => builder.Services.AddScoped<Bag>(),
        clock: clock);

    /// <summary>Opens a stream, which stays open.</summary>
    private static async Task OpenAsync(WixSite site, string? token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/");
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", token);
        var response = await site.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    /// <summary>Changes what Wix says of a member of the first site from here on.</summary>
    private static void Answer(WixSite site, Action<Dictionary<string, object?>> change)
    {
        var info = new Dictionary<string, object?>
        {
            ["active"] = true,
            ["subjectType"] = "MEMBER",
            ["subjectId"] = "ada",
            ["exp"] = (site.Clock.GetUtcNow() + TimeSpan.FromHours(4)).ToUnixTimeSeconds(),
            ["iat"] = site.Clock.GetUtcNow().ToUnixTimeSeconds(),
            ["clientId"] = site.Wix.App.ClientId,
            ["siteId"] = site.Wix.Site.Id,
            ["instanceId"] = site.Wix.InstanceId,
        };
        change(info);
        site.Wix.On(WixSite.TokenInfo)
            .Answer(200, JsonSerializer.Serialize(info.Where(static pair => pair.Value is not null).ToDictionary()));
    }
}
