using System.Net;
using System.Text.Json.Nodes;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.AspNetCore.Authorization;

namespace Endpoints.Wix.Tests.Webhooks;

/// <summary>An event reaches its handlers, once each, and the answer says whether Wix has to send it again.</summary>
public sealed class EventDeliveryTests
{
    [Fact]
    public async Task An_event_reaches_its_handler_as_Wix_wrote_it_below_either_form_of_the_address()
    {
        await using var site = await SignedSite.StartAsync();

        foreach (var path in new[] { SignedSite.Path, SignedSite.Path + "/8e2c4b1a-0000-4000-8000-000000000001" })
        {
            var answer = await site.PostAsync(SignedText.Sign(SignedText.Header, site.Claims("e" + path.Length).ToJsonString()), path);
            Assert.Equal((HttpStatusCode.OK, "", "no-store"), (answer.Status, answer.Body, answer.Header("Cache-Control")));
        }

        Assert.Equal(2, site.Journal.Handled.Count);
        Assert.All(site.Journal.Handled, received =>
        {
            Assert.Equal((SignedText.EventType, site.InstanceId, "e-1"), (received.EventType, received.InstanceId, received.EntityId));
            Assert.Equal(SignedText.Canary, (string?)received.Data["createdEvent"]!["entity"]!["name"]);
        });
    }

    [Fact]
    public async Task An_event_that_fails_comes_again_and_one_that_has_been_handled_is_not_handled_again()
    {
        await using var site = await SignedSite.StartAsync();
        var fails = true;
        site.Journal.Then = (_, _, _) => fails ? throw new InvalidOperationException("not today") : Task.CompletedTask;
        var token = SignedText.Sign(SignedText.Header, site.Claims("e-1").ToJsonString());

        var failed = await site.PostAsync(token);
        Assert.Equal((HttpStatusCode.InternalServerError, ""), (failed.Status, failed.Body));
        fails = false;
        Assert.Equal(HttpStatusCode.OK, (await site.PostAsync(token)).Status);
        Assert.Equal(HttpStatusCode.OK, (await site.PostAsync(token)).Status);
        // Wix may sign it anew, and write its id in other letters.
        site.Site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await site.DeliverAsync("E-1")).Status);

        Assert.Equal(2, site.Journal.Handled.Count);
    }

    [Fact]
    public async Task The_same_id_at_another_instance_is_another_event()
    {
        await using var site = await SignedSite.StartAsync();
        foreach (var instance in new[] { "i-1", "i-2" })
            Assert.Equal(HttpStatusCode.OK,
                (await site.PostAsync(SignedText.Sign(SignedText.Header, site.Claims("e-1", instanceId: instance).ToJsonString()))).Status);

        Assert.Equal(["i-1", "i-2"], site.Journal.Handled.Select(static one => one.InstanceId));
    }

    [Fact]
    public async Task Older_events_without_an_id_are_one_event_when_their_tokens_are_as_old()
    {
        await using var site = await SignedSite.StartAsync(build: builder =>
            builder.Services.AddWixEventHandler<JournalHandler>("AppInstalled", static options => options.Name = "installed"));
        string Token() => SignedText.Sign(SignedText.Header, SignedText.Claims(new JsonObject
        {
            ["eventType"] = "AppInstalled", ["instanceId"] = "i-1", ["data"] = """{"appId":"a"}""",
        }, site.Now).ToJsonString());
        var first = Token();

        Assert.Equal(HttpStatusCode.OK, (await site.PostAsync(first)).Status);
        Assert.Equal(HttpStatusCode.OK, (await site.PostAsync(first)).Status);
        Assert.Single(site.Journal.Handled);
        site.Site.Clock.Advance(TimeSpan.FromHours(1)); // removed, and installed again
        Assert.Equal(HttpStatusCode.OK, (await site.PostAsync(Token())).Status);
        Assert.Equal(2, site.Journal.Handled.Count);
    }

    [Fact]
    public async Task Of_two_handlers_only_the_one_that_failed_runs_again()
    {
        await using var site = await SignedSite.StartAsync(build: builder =>
            builder.Services.AddWixEventHandler<FailsOnce>(SignedText.EventType));
        var token = SignedText.Sign(SignedText.Header, site.Claims("e-1").ToJsonString());
        FailsOnce.Runs = 0;

        Assert.Equal(HttpStatusCode.InternalServerError, (await site.PostAsync(token)).Status);
        Assert.Equal((1, 1), (site.Journal.Handled.Count, FailsOnce.Runs));
        Assert.Equal(HttpStatusCode.OK, (await site.PostAsync(token)).Status);
        Assert.Equal((1, 2), (site.Journal.Handled.Count, FailsOnce.Runs));
    }

    [Fact]
    public async Task While_an_event_is_being_handled_a_second_delivery_neither_handles_it_nor_claims_that_it_was()
    {
        await using var site = await SignedSite.StartAsync();
        var (begun, mayEnd) = (new TaskCompletionSource(), new TaskCompletionSource());
        site.Journal.Then = (_, _, _) =>
        {
            begun.SetResult();
            return mayEnd.Task;
        };
        var token = SignedText.Sign(SignedText.Header, site.Claims("e-1").ToJsonString());

        var first = site.PostAsync(token);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.InternalServerError, (await site.PostAsync(token)).Status);
        mayEnd.SetResult();
        Assert.Equal(HttpStatusCode.OK, (await first).Status);
        Assert.Equal(HttpStatusCode.OK, (await site.PostAsync(token)).Status);
        Assert.Single(site.Journal.Handled);
    }

    [Fact]
    public async Task A_handler_that_takes_too_long_is_told_so_and_Wix_too_and_what_it_finishes_all_the_same_counts()
    {
        var clock = new TimerClock();
        await using var site = await SignedSite.StartAsync(static options => options.Events.HandlerTimeout = TimeSpan.FromSeconds(1),
            clock: clock);
        var (begun, mayEnd, ended) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        var wasTold = false;
        site.Journal.Then = async (_, _, ct) =>
        {
            begun.SetResult();
            await mayEnd.Task;
            wasTold = ct.IsCancellationRequested;
            ended.SetResult();
        };
        var token = SignedText.Sign(SignedText.Header, site.Claims("e-1").ToJsonString());

        var first = site.PostAsync(token);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(30));
        clock.Advance(TimeSpan.FromMilliseconds(999));
        await Task.Delay(50);
        Assert.False(first.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(HttpStatusCode.InternalServerError, (await first).Status);

        mayEnd.SetResult();
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(wasTold);
        for (var i = 0; i < 100 && (await site.PostAsync(token)).Status != HttpStatusCode.OK; i++)
            await Task.Delay(20);
        Assert.Equal(HttpStatusCode.OK, (await site.PostAsync(token)).Status);
        Assert.Single(site.Journal.Handled);
    }

    [Fact]
    public async Task An_event_that_nothing_handles_is_answered_and_forgotten()
    {
        await using var site = await SignedSite.StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await site.DeliverAsync(eventType: "wix.unknown.v1.thing_happened")).Status);
        Assert.Equal(HttpStatusCode.OK, (await site.DeliverAsync(eventType: SignedText.EventType.ToUpperInvariant())).Status);
        Assert.Empty(site.Journal.Handled);
    }

    [Theory]
    [InlineData("GET", HttpStatusCode.MethodNotAllowed)]
    [InlineData("PUT", HttpStatusCode.MethodNotAllowed)]
    [InlineData("OPTIONS", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", HttpStatusCode.BadRequest)]
    public async Task Other_methods_are_not_allowed_and_no_other_route_gets_them(string method, HttpStatusCode status)
    {
        await using var site = await SignedSite.StartAsync(map: static app => app.Map("/{**rest}", static () => "fallback"));

        Assert.Equal(status, (await site.Site.SendAsync(method, SignedSite.Path)).Status);
    }

    [Fact]
    public async Task What_a_site_has_for_browsers_is_not_in_Wixs_way()
    {
        await using var site = await SignedSite.StartAsync(
            build: static builder =>
            {
                builder.Services.AddAntiforgery();
                builder.Services.AddCors(static options =>
                    options.AddDefaultPolicy(static policy => policy.WithOrigins("https://a.example")));
                builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(
                    new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
                builder.Services.AddRateLimiter(static options => options.GlobalLimiter =
                    System.Threading.RateLimiting.PartitionedRateLimiter.Create<HttpContext, string>(
                        static _ => System.Threading.RateLimiting.RateLimitPartition.GetFixedWindowLimiter("all",
                            static _ => new() { PermitLimit = 1, Window = TimeSpan.FromHours(1) })));
                builder.Services.AddOutputCache(static options => options.AddBasePolicy(static policy => policy.Cache()));
            },
            map: static app =>
            {
                app.UseRouting();
                app.UseCors();
                app.UseRateLimiter();
                app.UseAuthentication();
                app.UseAuthorization();
                app.UseAntiforgery();
                app.UseOutputCache();
            });

        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.OK, (await site.DeliverAsync()).Status);
        Assert.Equal(5, site.Journal.Handled.Count);
    }

    [Fact]
    public async Task Wix_is_not_counted_as_one_client_of_elevated_endpoints()
    {
        await using var site = await SignedSite.StartAsync(static options => options.ElevatedRequestsPerMinute = 2);

        for (var i = 0; i < 20; i++)
            Assert.Equal(HttpStatusCode.OK, (await site.DeliverAsync()).Status);
    }

    [Fact]
    public async Task Mapping_without_a_key_stops_the_start_and_says_which()
    {
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => WixSite.StartAsync(static app => app.MapWixEvents()));

        Assert.Contains("Wix:PublicKey", e.Message, StringComparison.Ordinal);
        Assert.Contains("WIX_CLIENT_PUBLIC_KEY", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_handlers_of_one_name_stop_the_start()
    {
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => SignedSite.StartAsync(build: static builder =>
            builder.Services.AddWixEventHandler<FailsOnce>("other", static options => options.Name = "journal")));

        Assert.Contains("'journal'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mapping_with_nothing_to_handle_is_said_in_the_log()
    {
        await using var site = await WixSite.StartAsync(
            static app => app.MapWixEvents(), static options => options.PublicKey = SignedText.PublicKey);

        Assert.Contains(site.Logs.Lines, static line => line.Contains("nothing handles an event", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_address_can_be_changed_and_the_usual_one_is_not_there_then()
    {
        await using var site = await SignedSite.StartAsync(static options => options.Events.WebhookPath = "/from/wix");
        var token = SignedText.Sign(SignedText.Header, site.Claims().ToJsonString());

        Assert.Equal(HttpStatusCode.NotFound, (await site.PostAsync(token)).Status);
        Assert.Equal(HttpStatusCode.OK, (await site.PostAsync(token, "/from/wix")).Status);
    }

    private sealed class FailsOnce : IWixEventHandler<WixEvent>
    {
        public static int Runs { get; set; }

        public Task HandleAsync(WixEvent received, CancellationToken cancellationToken) =>
            ++Runs == 1 ? throw new InvalidOperationException("not the first time") : Task.CompletedTask;
    }
}
