using System.Net;
using Endpoints.Wix;
using Endpoints.Wix.Inboxes.Storage;
using Endpoints.Wix.Tests.Webhooks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Endpoints.Inbox.Tests;

/// <summary>Events that are stored, answered, and then handled.</summary>
public sealed class WorkerTests : IDisposable
{
    private const string Stored = "wix.stored.v1.thing_happened";

    private readonly string _folder = Directory.CreateTempSubdirectory("inbox").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_stored_event_is_answered_before_it_is_handled_and_handled_once_however_often_it_comes()
    {
        await using var site = await StartAsync();
        var mayEnd = new TaskCompletionSource();
        site.Journal.Then = (_, _, _) => mayEnd.Task;

        for (var i = 0; i < 3; i++)
            Assert.Equal((HttpStatusCode.OK, ""), await AnswerAsync(site, "e-1"));
        await EventuallyAsync(site, () => site.Journal.Handled.Count == 1);
        Assert.Equal((0, 1, 0), await CountsAsync(site));
        mayEnd.SetResult();
        await EventuallyAsync(site, async () => await CountsAsync(site) == (0, 0, 0));

        Assert.Equal((HttpStatusCode.OK, ""), await AnswerAsync(site, "e-1"));
        await Task.Delay(50);
        Assert.Equal((Stored, "e-1"), Assert.Single(site.Journal.Handled) is var one ? (one.EventType, one.Id) : default);
    }

    /// <summary>Test hosts, and applications that end themselves, do both at a time.</summary>
    [Fact]
    public async Task A_host_that_is_disposed_while_it_stops_stops()
    {
        await using var site = await StartAsync();
        var workers = site.Site.Services.GetServices<IHostedService>().ToList();
        Assert.Contains(workers, static worker => worker.GetType().Name == "InboxWorker");

        foreach (var worker in workers.OfType<IDisposable>())
            worker.Dispose();

        foreach (var worker in workers)
            await worker.StopAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task An_event_that_keeps_failing_is_tried_with_growing_pauses_then_listed_without_secrets_and_run_again()
    {
        await using var site = await StartAsync(
            static options => (options.MaxAttempts, options.RetryDelay) = (4, TimeSpan.FromSeconds(10)));
        var fails = true;
        site.Journal.Then = (_, _, _) => fails
            ? throw new InvalidOperationException(
                "No. Bearer OauthNG.JWS.canary was refused; password=canary, see https://u:canary@x.example",
                new FormatException("eyJhbGciOiJSUzI1NiJ9.canary.canary"))
            : Task.CompletedTask;
        await AnswerAsync(site, "e-1");

        var inbox = site.Site.Services.GetRequiredService<WixInbox>();
        var id = $"{site.InstanceId}/e-1".ToLowerInvariant();
        foreach (var (attempt, seconds) in new[] { (1, 10), (2, 20), (3, 40) })
        {
            await EventuallyAsync(site, async () =>
                await inbox.FindAsync("stored", id) is { State: InboxState.Waiting, Attempts: var made } && made == attempt);
            var pause = (await inbox.FindAsync("stored", id))!.At - site.Now;
            Assert.InRange(pause.TotalSeconds, seconds * 0.79, seconds * 1.21);
            site.Site.Clock.Advance(pause - TimeSpan.FromSeconds(1));
            await Task.Delay(50);
            Assert.Equal(attempt, site.Journal.Handled.Count);
            site.Site.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await EventuallyAsync(site, async () => await CountsAsync(site) == (0, 0, 1));
        var failed = Assert.Single((await inbox.ListFailedAsync()).Entries);
        Assert.Equal(("stored", 4, InboxState.Failed), (failed.Queue, failed.Attempts, failed.State));
        Assert.StartsWith("System.InvalidOperationException: No. Bearer [redacted]", failed.Error, StringComparison.Ordinal);
        Assert.Contains("caused by System.FormatException: [redacted]", failed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", failed.Error, StringComparison.Ordinal);
        Assert.Contains(Stored, System.Text.Encoding.UTF8.GetString((await inbox.FindAsync("stored", failed.Id))!.Body.Span),
            StringComparison.Ordinal);

        fails = false;
        Assert.False(await inbox.RunAgainAsync("stored", "another"));
        Assert.True(await inbox.RunAgainAsync("stored", failed.Id));
        await EventuallyAsync(site, async () => await CountsAsync(site) == (0, 0, 0));
        Assert.Equal(5, site.Journal.Handled.Count);
    }

    [Fact]
    public async Task A_store_that_can_not_write_refuses_stored_and_direct_events_and_says_so()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "blocked"), "a file where the directory should be");
        await using var site = await StartAsync(options => options.Path = Path.Combine(_folder, "blocked", "inbox.db"),
            static builder => builder.Services.AddHealthChecks().AddWixInbox());

        Assert.Equal((HttpStatusCode.InternalServerError, ""), await AnswerAsync(site, "e-1"));
        Assert.Equal(HttpStatusCode.InternalServerError, (await site.DeliverAsync("e-1")).Status);
        Assert.Empty(site.Journal.Handled);
        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync(site));

        File.Delete(Path.Combine(_folder, "blocked"));
        Assert.Equal((HttpStatusCode.OK, ""), await AnswerAsync(site, "e-1"));
        Assert.Equal(HttpStatusCode.OK, (await site.DeliverAsync("e-1")).Status);
        await EventuallyAsync(site, () => site.Journal.Handled.Count == 2);
        Assert.Equal(HealthStatus.Healthy, await HealthAsync(site));
    }

    [Fact]
    public async Task Health_is_degraded_while_events_have_failed_or_wait_too_long()
    {
        await using var site = await StartAsync(static options => options.MaxAttempts = 1,
            static builder => builder.Services.AddHealthChecks().AddWixInbox());
        var mayEnd = new TaskCompletionSource();
        site.Journal.Then = async (_, _, _) =>
        {
            await mayEnd.Task;
            throw new InvalidOperationException("no");
        };
        await AnswerAsync(site, "e-1");
        await EventuallyAsync(site, () => site.Journal.Handled.Count == 1);
        Assert.Equal(HealthStatus.Healthy, await HealthAsync(site));
        site.Site.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(HealthStatus.Degraded, await HealthAsync(site));
        mayEnd.SetResult();
        await EventuallyAsync(site, async () => (await CountsAsync(site)).Failed == 1);
        Assert.Equal(HealthStatus.Degraded, await HealthAsync(site));

        var inbox = site.Site.Services.GetRequiredService<WixInbox>();
        Assert.True(await inbox.DiscardAsync("stored", (await inbox.ListFailedAsync()).Entries[0].Id));
        Assert.Equal(HealthStatus.Healthy, await HealthAsync(site));
    }

    [Fact]
    public async Task Events_of_one_entity_run_one_after_another_where_a_handler_asks_for_it()
    {
        await using var site = await StartAsync(ordered: true);
        var (running, most, mayEnd) = (0, 0, new SemaphoreSlim(0));
        site.Journal.Then = async (_, _, ct) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await mayEnd.WaitAsync(ct);
            Interlocked.Decrement(ref running);
        };
        for (var i = 0; i < 5; i++)
            Assert.Equal((HttpStatusCode.OK, ""), await AnswerAsync(site, $"e-{i}")); // SignedText's events are of one entity

        for (var i = 1; i <= 5; i++)
        {
            await EventuallyAsync(site, () => site.Journal.Handled.Count == i);
            mayEnd.Release();
        }

        await EventuallyAsync(site, async () => await CountsAsync(site) == (0, 0, 0));
        Assert.Equal(1, most);
        Assert.Equal(["e-0", "e-1", "e-2", "e-3", "e-4"], site.Journal.Handled.Select(static one => one.Id));
    }

    [Fact]
    public async Task What_runs_at_the_end_is_returned_and_another_process_handles_it_at_once()
    {
        var path = Path.Combine(_folder, "inbox.db");
        var wasCanceled = false;
        await using (var ending = await StartAsync(options => options.Path = path,
            static builder => builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(6))))
        {
            ending.Journal.Then = async (_, _, ct) =>
            {
                try
                {
                    await Task.Delay(Timeout.Infinite, ct);
                }
                finally
                {
                    wasCanceled = true;
                }
            };
            await AnswerAsync(ending, "e-1");
            await EventuallyAsync(ending, () => ending.Journal.Handled.Count == 1);
            await ending.Site.Services.GetRequiredService<IHost>().StopAsync();
        }

        Assert.True(wasCanceled);
        await using var site = await StartAsync(options => options.Path = path);
        await EventuallyAsync(site, () => site.Journal.Handled.Count == 1);
        await EventuallyAsync(site, async () => await CountsAsync(site) == (0, 0, 0));
    }

    [Fact]
    public async Task S45_An_event_that_two_nodes_receive_at_one_moment_is_handled_by_one_while_Wix_waits()
    {
        await using var one = await StartAsync(options => options.Path = Path.Combine(_folder, "inbox.db"));
        await using var other = await StartAsync(options => options.Path = Path.Combine(_folder, "inbox.db"));
        for (var i = 0; i < 20; i++)
        {
            var token = SignedText.Sign(SignedText.Header, one.Claims($"e-{i}").ToJsonString());
            var answers = await Task.WhenAll(one.PostAsync(token), other.PostAsync(token));
            Assert.Contains(answers, static answer => answer.Status == HttpStatusCode.OK);
            Assert.Equal(HttpStatusCode.OK, (await other.PostAsync(token)).Status);
        }

        Assert.Equal(20, one.Journal.Handled.Concat(other.Journal.Handled).Select(static handled => handled.Id).Distinct().Count());
        Assert.Equal(20, one.Journal.Handled.Count + other.Journal.Handled.Count);
    }

    [Fact]
    public void Without_a_path_a_test_servers_events_are_in_memory_and_others_in_the_users_data()
    {
        Assert.Equal(":memory:", PathOf(typeof(Microsoft.AspNetCore.TestHost.TestServer)));
        Assert.EndsWith(Path.Combine("Endpoints", "Shop_1", "inbox.db"), PathOf(null), StringComparison.Ordinal);

        string PathOf(Type? server)
        {
            var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
            {
                ApplicationName = "Shop/1", ContentRootPath = _folder,
            });
            if (server is not null)
                Microsoft.AspNetCore.TestHost.WebHostBuilderExtensions.UseTestServer(builder.WebHost);
            builder.Services.AddWix(static options => (options.ClientId, options.ClientSecret) = ("c", new("s")));
            using var app = (IDisposable)builder.Build();
            return ((WebApplication)app).Services.GetRequiredService<InboxFile>().Path;
        }
    }

    [Fact]
    public async Task The_page_of_failed_events_exists_in_Development_alone_and_changes_nothing_for_other_sites()
    {
        await using (var production = await StartAsync())
            Assert.Equal(HttpStatusCode.NotFound, (await production.Site.GetAsync("/_endpoints/inbox")).Status);

        await using var site = await StartAsync(static options => options.MaxAttempts = 1,
            static builder => ((IHostEnvironment)builder.Services.Last(static service => service.ServiceType == typeof(IHostEnvironment))
                .ImplementationInstance!).EnvironmentName = "Development");
        var fails = true;
        site.Journal.Then = (_, _, _) => fails ? throw new InvalidOperationException("<b>no</b>") : Task.CompletedTask;
        await AnswerAsync(site, "e-1");
        await EventuallyAsync(site, async () => (await CountsAsync(site)).Failed == 1);

        var list = await site.Site.GetAsync("/_endpoints/inbox");
        Assert.Equal((HttpStatusCode.OK, "no-store", "DENY"), (list.Status, list.Header("Cache-Control"), list.Header("X-Frame-Options")));
        Assert.Contains("&lt;b&gt;no&lt;/b&gt;", list.Body, StringComparison.Ordinal);
        var id = Field(list.Body, "id");
        var one = await site.Site.GetAsync($"/_endpoints/inbox?handler=stored&id={Uri.EscapeDataString(id)}");
        Assert.Contains("entityFqdn", one.Body, StringComparison.Ordinal);

        fails = false;
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync("a guess"));
        Assert.Equal((0, 0, 1), await CountsAsync(site));
        Assert.Equal(HttpStatusCode.SeeOther, await PostAsync(Field(list.Body, "proof")));
        await EventuallyAsync(site, async () => await CountsAsync(site) == (0, 0, 0));

        async Task<HttpStatusCode> PostAsync(string proof) => (await site.Site.SendAsync("POST", "/_endpoints/inbox",
            content: new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["proof"] = proof, ["handler"] = "stored", ["id"] = id, ["change"] = "run",
            }))).Status;

        static string Field(string html, string name)
        {
            var at = html.IndexOf($"name=\"{name}\" value=\"", StringComparison.Ordinal) + name.Length + 15;
            return WebUtility.HtmlDecode(html[at..html.IndexOf('"', at)]);
        }
    }

    [Fact]
    public async Task A_file_in_what_is_served_to_the_web_stops_the_start()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "wwwroot"));

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(
            options => options.Path = Path.Combine(_folder, "wwwroot", "data", "inbox.db"),
            builder => builder.Environment.WebRootPath = Path.Combine(_folder, "wwwroot")));

        Assert.Contains("Wix:Inbox:Path", failure.ToString(), StringComparison.Ordinal);
    }

    private static Task<SignedSite> StartAsync(
        Action<WixInboxOptions>? configure = null, Action<WebApplicationBuilder>? build = null, bool ordered = false) =>
        SignedSite.StartAsync(
            options =>
            {
                options.Inbox.PollInterval = TimeSpan.FromMilliseconds(10); // of the machine's time
                configure?.Invoke(options.Inbox);
            },
            builder =>
            {
                builder.Services.AddWixEventHandler<JournalHandler>(Stored, options =>
                    (options.Name, options.Inbox, options.OrderedByEntity) = ("stored", true, ordered));
                build?.Invoke(builder);
            });

    private static async Task<(HttpStatusCode, string)> AnswerAsync(SignedSite site, string id) =>
        await site.DeliverAsync(id, Stored) is var answer ? (answer.Status, answer.Body) : default;

    private static async Task<(long Waiting, long Running, long Failed)> CountsAsync(SignedSite site) =>
        await site.Site.Services.GetRequiredService<WixInbox>().CountAsync() is var counts
            ? (counts.Waiting, counts.Running, counts.Failed) : default;

    private static async Task<HealthStatus> HealthAsync(SignedSite site) =>
        (await site.Site.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Status;

    private static Task EventuallyAsync(SignedSite site, Func<bool> isSo) => EventuallyAsync(site, () => Task.FromResult(isSo()));

    private static async Task EventuallyAsync(SignedSite site, Func<Task<bool>> isSo)
    {
        for (var i = 0; i < 1_500; i++)
        {
            if (await isSo())
                return;
            await Task.Delay(20);
        }

        Assert.Fail("It does not happen: " + string.Join('\n', site.Site.Logs.Lines.TakeLast(20)));
    }
}
