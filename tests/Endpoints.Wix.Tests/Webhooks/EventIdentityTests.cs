using System.Net;
using System.Text;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Webhooks;

/// <summary>A handler acts as the app on the event's instance until it ends, and who caused the event is known.</summary>
public sealed class EventIdentityTests
{
    [Fact]
    public async Task A_handler_calls_as_the_app_on_the_events_instance_with_clients_modules_and_delegates()
    {
        await using var site = await SignedSite.StartAsync();
        site.Journal.Then = async (services, _, ct) =>
        {
            await services.GetRequiredService<ElevatedWixClient>().SiteProperties.GetSitePropertiesAsync(cancellationToken: ct);
            var auth = services.GetRequiredService<WixAuth>();
            await auth.Elevate(services.GetRequiredService<SiteProperties>().GetSitePropertiesAsync)(null, ct);
            await services.GetRequiredService<AppWixClient>().SiteProperties.GetSitePropertiesAsync(cancellationToken: ct);
        };

        Assert.Equal(HttpStatusCode.OK, (await site.DeliverAsync("e-1")).Status);

        Assert.Equal(3, site.Site.Wix.CountOf(WixSite.GetSiteProperties));
        Assert.All(site.Site.Wix.CallsTo(WixSite.Tokens), call => Assert.Contains(site.InstanceId, call.Body, StringComparison.Ordinal));
        Assert.Contains(site.Site.Logs.Of("ElevationAudit"), line =>
            line.Contains($"event {SignedText.EventType} (journal)", StringComparison.Ordinal)
            && line.Contains("e-1", StringComparison.Ordinal) && line.Contains("Member m-1", StringComparison.Ordinal)
            && line.Contains(site.InstanceId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task S06_Events_of_two_instances_at_once_each_act_on_their_own()
    {
        await using var site = await SignedSite.StartAsync();
        var other = site.Site.Wix.AddSite("Other");
        var instances = new[] { site.InstanceId, site.Site.Wix.App.InstallOn(other) };
        site.Journal.Then = static async (services, received, ct) =>
        {
            await Task.Yield();
            var response = await services.GetRequiredService<ElevatedWixClient>().FetchWithAuthAsync(
                HttpMethod.Get, "/apps/v1/instance", cancellationToken: ct);
            Assert.Contains(received.InstanceId!, Encoding.UTF8.GetString(response.Body.Span), StringComparison.Ordinal);
        };

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => site.PostAsync(
            SignedText.Sign(SignedText.Header, site.Claims(instanceId: instances[i % 2]).ToJsonString()))));

        Assert.All(answers, static answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(100, site.Journal.Handled.Count);
    }

    [Fact]
    public async Task S08_What_a_handler_kept_fails_after_it_before_anything_is_sent()
    {
        await using var site = await SignedSite.StartAsync();
        ElevatedWixClient? keptClient = null;
        SiteProperties? keptModule = null;
        Func<Task>? keptDelegate = null;
        Task? left = null;
        var mayGoOn = new TaskCompletionSource();
        site.Journal.Then = (services, _, _) =>
        {
            var client = services.GetRequiredService<ElevatedWixClient>();
            var module = services.GetRequiredService<SiteProperties>();
            var elevated = services.GetRequiredService<WixAuth>().Elevate(module.GetSitePropertiesAsync);
            async Task LeftAsync()
            {
                await mayGoOn.Task;
                await client.SiteProperties.GetSitePropertiesAsync(cancellationToken: CancellationToken.None);
            }

            (keptClient, keptModule, keptDelegate, left) = (client, module, () => elevated(), Task.Run(LeftAsync, CancellationToken.None));
            return Task.CompletedTask;
        };

        Assert.Equal(HttpStatusCode.OK, (await site.DeliverAsync()).Status);
        mayGoOn.SetResult();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => keptClient!.SiteProperties.GetSitePropertiesAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(keptDelegate!);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => keptModule!.GetSitePropertiesAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => left!);
        Assert.Empty(site.Site.Wix.Calls);
    }

    [Theory]
    [InlineData("""{"identityType":"ANONYMOUS_VISITOR","anonymousVisitorId":"x-1"}""", Callers.Visitor, "x-1")]
    [InlineData("""{"identityType":"MEMBER","memberId":"x-1"}""", Callers.Member, "x-1")]
    [InlineData("""{"identityType":"WIX_USER","wixUserId":"x-1"}""", Callers.User, "x-1")]
    [InlineData("""{"identityType":"APP","appId":"x-1"}""", Callers.App, "x-1")]
    [InlineData("""{"identityType":"UNKNOWN"}""", (Callers)0, null)]
    [InlineData("""{"identityType":"KING","kingId":"x-1"}""", (Callers)0, null)]
    [InlineData("", (Callers)0, null)]
    public async Task The_caller_is_who_caused_the_event(string identity, Callers kind, string? id)
    {
        await using var site = await SignedSite.StartAsync();
        Caller? caller = null;
        site.Journal.Then = (services, _, _) =>
        {
            caller = services.GetRequiredService<Caller>();
            return Task.CompletedTask;
        };

        Assert.Equal(HttpStatusCode.OK, (await site.DeliverAsync(identity: identity)).Status);

        Assert.Equal((kind, id, site.InstanceId), (caller!.Kind, caller.Id, caller.InstanceId));
        Assert.Equal((null, null, null), (caller.ClientId, caller.SiteId, caller.ExpiresAt));
    }

    [Fact]
    public async Task A_call_as_the_caller_is_refused_with_the_reason_and_nobody_becomes_a_visitor()
    {
        await using var site = await SignedSite.StartAsync();
        Exception? refused = null;
        site.Journal.Then = async (services, _, ct) => refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => services.GetRequiredService<WixClient>().SiteProperties.GetSitePropertiesAsync(cancellationToken: ct));

        Assert.Equal(HttpStatusCode.OK, (await site.DeliverAsync()).Status);

        Assert.Contains("ElevatedWixClient", refused!.Message, StringComparison.Ordinal);
        Assert.Empty(site.Site.Wix.Calls);
    }

    [Fact]
    public async Task An_event_without_an_instance_is_handled_and_does_nothing_as_the_app()
    {
        await using var site = await SignedSite.StartAsync();
        Exception? refused = null;
        site.Journal.Then = async (services, _, ct) => refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => services.GetRequiredService<ElevatedWixClient>().SiteProperties.GetSitePropertiesAsync(cancellationToken: ct));
        var envelope = SignedText.Envelope("", "e-1");
        envelope.Remove("instanceId");

        Assert.Equal(HttpStatusCode.OK,
            (await site.PostAsync(SignedText.Sign(SignedText.Header, SignedText.Claims(envelope, site.Now).ToJsonString()))).Status);

        Assert.Contains("no instance", refused!.Message, StringComparison.Ordinal);
        Assert.Empty(site.Site.Wix.Calls);
    }

    [Fact]
    public async Task Only_holds_for_a_handler_as_for_an_endpoint()
    {
        await using var site = await SignedSite.StartAsync(build: static builder =>
            builder.Services.AddWixEventHandler<LimitedHandler>("limited",
                static options => options.Only = ["GET /site-properties/v4/properties"]));

        Assert.Equal(HttpStatusCode.InternalServerError, (await site.DeliverAsync(eventType: "limited")).Status);

        Assert.Equal(1, site.Site.Wix.CountOf(WixSite.GetSiteProperties));
        Assert.Contains(site.Site.Logs.Of("ElevationAudit"), static line => line.Contains("denied", StringComparison.Ordinal));
        Assert.DoesNotContain(site.Site.Wix.Calls, static call => call.Route?.Contains("stores", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_handler_with_an_Only_that_is_no_pattern_stops_the_start()
    {
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => SignedSite.StartAsync(build: static builder =>
            builder.Services.AddWixEventHandler<LimitedHandler>("limited", static options => options.Only = ["everything"])));

        Assert.Contains("limited", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_calls_of_one_cause_are_its_share_and_not_all_that_the_instance_has()
    {
        await using var site = await SignedSite.StartAsync(static options => options.CallsPerMinute = 10);
        var made = 0;
        site.Journal.Then = async (services, _, ct) =>
        {
            var client = services.GetRequiredService<ElevatedWixClient>();
            for (var i = 0; i < 20; i++)
            {
                await client.SiteProperties.GetSitePropertiesAsync(cancellationToken: ct);
                made++;
            }
        };

        Assert.Equal(HttpStatusCode.InternalServerError, (await site.DeliverAsync()).Status);
        Assert.InRange(made, 1, 5);
        var first = made;
        Assert.Equal(HttpStatusCode.InternalServerError,
            (await site.DeliverAsync(identity: """{"identityType":"MEMBER","memberId":"m-2"}""")).Status);
        Assert.InRange(made - first, 1, 5);
    }

    [Fact]
    public async Task Each_handler_has_a_scope_of_its_own_and_the_request_is_not_in_it()
    {
        await using var site = await SignedSite.StartAsync(build: static builder => builder.Services.AddScoped<PerScope>());
        var scopes = new List<PerScope>();
        site.Journal.Then = (services, _, _) =>
        {
            Assert.Null(services.GetRequiredService<IHttpContextAccessor>().HttpContext);
            scopes.Add(services.GetRequiredService<PerScope>());
            return Task.CompletedTask;
        };

        await site.DeliverAsync();
        await site.DeliverAsync();

        Assert.Equal(2, scopes.Distinct().Count());
        Assert.All(scopes, static scope => Assert.True(scope.IsDisposed));
    }

    private sealed class LimitedHandler(ElevatedWixClient wix) : IWixEventHandler<WixEvent>
    {
        public async Task HandleAsync(WixEvent received, CancellationToken cancellationToken)
        {
            await wix.SiteProperties.GetSitePropertiesAsync(cancellationToken: cancellationToken);
            await wix.Products.QueryAsync(cancellationToken: cancellationToken);
        }
    }

    private sealed class PerScope : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
