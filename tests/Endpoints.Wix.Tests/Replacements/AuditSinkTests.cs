using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Replacements;

/// <summary>An audit sink of the application's own: what it can't record is not done.</summary>
public sealed class AuditSinkTests
{
    [Fact]
    public async Task Each_call_is_announced_before_it_is_sent_and_recorded_with_its_end()
    {
        var sink = new Sink();
        await using var site = await StartAsync(sink);
        sink.Before = _ => Assert.Equal(0, site.Wix.CountOf(WixSite.GetSiteProperties));

        Assert.Equal(200, (int)(await site.GetAsync("/app", site.Wix.IssueToken(EmulatedIdentity.Member("ada")))).Status);

        var (announced, ended) = (Assert.Single(sink.Announced), Assert.Single(sink.Ended));
        Assert.All([announced, ended], entry => Assert.Equal(
            (WixAuditKind.Elevated, "HTTP: GET /app", Callers.Member, "ada", site.Wix.InstanceId, "GET", "/site-properties/v4/properties",
                false),
            (entry.Kind, entry.Endpoint, entry.CallerKind, entry.CallerId, entry.InstanceId, entry.Method, entry.Path, entry.IsDenied)));
        Assert.Null(announced.Status);
        Assert.Equal(200, ended.Status);
        Assert.Empty(site.Logs.Of("ElevationAudit")); // it is the sink's now
    }

    [Fact]
    public async Task The_API_key_and_jobs_and_what_is_denied_are_recorded_too()
    {
        var sink = new Sink();
        await using var site = await StartAsync(sink);
        var token = site.Wix.IssueToken(EmulatedIdentity.Member("ada"));

        await site.GetAsync("/key", token);
        Assert.IsType<InvalidOperationException>(await Record.ExceptionAsync(() => site.GetAsync("/denied", token)));
        await site.Services.GetRequiredService<AppWixClient>().SiteProperties.GetSitePropertiesAsync();

        Assert.Equal(
            [(WixAuditKind.ApiKey, "wix-site-id", site.Wix.Site.Id, false, 200), (WixAuditKind.Elevated, null, null, true, null),
                (WixAuditKind.App, null, null, false, 200)],
            sink.Ended.Select(static entry => (entry.Kind, entry.KeySubject, entry.KeySubjectId, entry.IsDenied, entry.Status)));
        // nothing was about to be sent
        Assert.Equal([WixAuditKind.ApiKey, WixAuditKind.App], sink.Announced.Select(static entry => entry.Kind));
        Assert.Null(sink.Ended[^1].Endpoint);
    }

    [Fact]
    public async Task A_call_that_is_sent_again_with_a_new_token_is_announced_once()
    {
        var sink = new Sink();
        await using var site = await StartAsync(sink);
        Assert.Equal(200, (int)(await site.GetAsync("/app")).Status);
        site.Wix.RevokeAll(EmulatedIdentityKind.App);
        site.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(200, (int)(await site.GetAsync("/app")).Status);

        Assert.Equal((2, 2), (sink.Announced.Count, sink.Ended.Count));
    }

    [Theory]
    [InlineData("/app", "throws")]
    [InlineData("/app", "faulted")]
    [InlineData("/app", "canceled")]
    [InlineData("/app", "hangs")]
    [InlineData("/key", "throws")]
    public async Task What_can_not_be_announced_is_not_sent(string path, string how)
    {
        var sink = new Sink();
        await using var site =
            await StartAsync(sink, how == "hangs" ? static options => options.Resilience.RequestTimeout = TimeSpan.FromSeconds(1) : null);
        if (how == "throws")
            sink.Before = static _ => throw new InvalidOperationException("canary");
        sink.Wait = how switch
        {
            "faulted" => Task.FromException(new TimeoutException("canary")),
            "canceled" => Task.FromCanceled(new(canceled: true)),
            "hangs" => new TaskCompletionSource().Task,
            _ => Task.CompletedTask,
        };

        var answer = await site.GetAsync(path, site.Wix.IssueToken(EmulatedIdentity.Member("ada")));

        Assert.Equal(503, (int)answer.Status);
        Assert.DoesNotContain("canary", answer.Body, StringComparison.Ordinal);
        Assert.Equal(0, site.Wix.CountOf(WixSite.GetSiteProperties));
        Assert.Contains(site.Logs.Of("AuditedCalls"), static line => line.Contains("The audit sink failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_record_that_the_sink_does_not_take_goes_to_the_log()
    {
        var sink = new Sink { After = static _ => throw new InvalidOperationException("canary") };
        await using var site = await StartAsync(sink);

        var answer = await site.GetAsync("/app", site.Wix.IssueToken(EmulatedIdentity.Member("ada")));

        Assert.Equal(200, (int)answer.Status); // it has been done
        Assert.Contains(site.Logs.Of("ElevationAudit"), static line => line.Contains("Member ada", StringComparison.Ordinal));
        Assert.Contains(site.Logs.Of("AuditedCalls"), static line => line.Contains("The audit sink failed", StringComparison.Ordinal));
    }

    private static Task<WixSite> StartAsync(Sink sink, Action<WixOptions>? configure = null) => WixSite.StartAsync(
        static app =>
        {
            app.MapGet("/app",
                async (ElevatedWixClient wix) => (await wix.SiteProperties.GetSitePropertiesAsync()).Properties.SiteDisplayName)
                .Elevate(Callers.Visitor | Callers.Member);
            app.MapGet("/key", async (AdminWixClient wix) => (await wix.SiteProperties.GetSitePropertiesAsync()).Properties.SiteDisplayName)
                .Elevate(Callers.Member);
            app.MapGet("/denied",
                async (ElevatedWixClient wix) => (await wix.SiteProperties.GetSitePropertiesAsync()).Properties.SiteDisplayName)
                .Elevate(Callers.Member, options => options.Only = ["GET /nothing"]);
        },
        configure,
        build: builder => builder.Services.AddSingleton(sink).AddWix(static _ => { }).UseAuditSink<Forwarding>());

    private sealed class Sink
    {
        public List<WixAuditEntry> Announced { get; } = [];

        public List<WixAuditEntry> Ended { get; } = [];

        public Action<WixAuditEntry> Before { get; set; } = static _ => { };

        public Action<WixAuditEntry> After { get; set; } = static _ => { };

        public Task Wait { get; set; } = Task.CompletedTask;
    }

    private sealed class Forwarding(Sink sink) : IWixAuditSink
    {
        public async ValueTask BeforeCallAsync(WixAuditEntry entry, CancellationToken cancellationToken)
        {
            sink.Announced.Add(entry);
            await sink.Wait;
            sink.Before(entry);
        }

        public void AfterCall(WixAuditEntry entry)
        {
            sink.Ended.Add(entry);
            sink.After(entry);
        }
    }
}
