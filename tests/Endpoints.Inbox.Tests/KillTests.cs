using System.Globalization;
using Endpoints.Inbox.Tests.Processes;
using Endpoints.Inbox.Tests.Stores;
using Endpoints.Redis.Tests;
using Xunit.Abstractions;

namespace Endpoints.Inbox.Tests;

/// <summary>Processes that are killed while events come and are handled.</summary>
/// <remarks>
/// An event is committed when its handling is recorded in the store. Each test runs the fewer kills by default; the variable
/// <c>INBOX_KILLS</c> sets their number.
/// </remarks>
public sealed class KillTests(RedisServer redis, ITestOutputHelper output) : IClassFixture<RedisServer>
{
    public static TheoryData<StoreKind> Kinds => new(Enum.GetValues<StoreKind>());

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task S45_Processes_that_are_killed_at_random_lose_no_event_and_run_none_again_that_was_committed(StoreKind kind)
    {
        var kills = int.Parse(Environment.GetEnvironmentVariable("INBOX_KILLS") ?? "10", CultureInfo.InvariantCulture);
        using var store = new KilledStore(kind, redis);
        using var sender = new Sender(kills * 60);
        var sending = sender.RunAsync(senders: 8, pause: TimeSpan.FromMilliseconds(4));
        var starts = await Task.WhenAll(StartAsync(), StartAsync());
        var again = new List<string>();
        var seen = new List<(HashSet<string> Committed, Dictionary<string, long> Lengths)>();
        var starting = new List<Task>();

        for (var kill = 0; kill < kills; kill++)
        {
            SiteProcess? victim = null;
            for (var waits = 0; victim is null; waits++)
            {
                Assert.True(waits < 6_000, "No process starts anymore.");
                await Task.Delay(Random.Shared.Next(1, 20));
                if (sender.Running is { Count: > 0 } running)
                    victim = running[Random.Shared.Next(running.Count)];
            }

            // Under load: some more events have been accepted, or none because everything is still starting.
            var enough = sender.Accepted.Count + Random.Shared.Next(0, 30);
            for (var waits = 0; waits < 200 && sender.Accepted.Count < enough; waits++)
                await Task.Delay(5);
            await Task.Delay(Random.Shared.Next(0, 20));
            victim.Kill();
            sender.Remove(victim);
            victim.Dispose();
            // In this order: what is committed now may not begin later.
            var committed = await store.CommittedAsync();
            seen.Add((committed, store.Lengths()));
            starting.Add(StartAsync());
        }

        await Task.WhenAll(starting);
        sender.End();
        await sending.WaitAsync(TimeSpan.FromMinutes(2));
        await sender.Running[0].IdleAsync(TimeSpan.FromMinutes(1));

        foreach (var (committed, lengths) in seen)
            again.AddRange(store.Ids("begin", lengths).Where(committed.Contains));
        Assert.Empty(again.Distinct());
        var (begun, ended, handled) = (store.Ids("begin"), store.Ids("end"), await store.CommittedAsync());
        Assert.Equal(sender.Sent, sender.Accepted.Count);
        Assert.Empty(sender.Accepted.Except(handled));
        Assert.Empty(sender.Accepted.Except(ended));
        Assert.Equal(sender.Sent, handled.Count);
        output.WriteLine(
            $"{kills} kills, {sender.Sent} events; {begun.Count - begun.Distinct().Count()} runs were of events whose run before "
            + $"had been killed, {ended.Count - ended.Distinct().Count()} of them between its end and its record");

        async Task<bool> StartAsync()
        {
            var site = await SiteProcess.StartAsync(store.Settings(("Work", "5")));
            sender.Add(site);
            return true;
        }
    }

    [Fact]
    public async Task S45_Ten_thousand_events_on_two_nodes_of_which_one_is_killed_are_each_handled_once()
    {
        const int Events = 10_000;
        const int Concurrency = 16;
        using var store = new KilledStore(StoreKind.Redis, redis);
        var settings = store.Settings(("Concurrency", $"{Concurrency}"));
        var sites = await Task.WhenAll(SiteProcess.StartAsync(settings), SiteProcess.StartAsync(settings));
        using var sender = new Sender(Events);
        foreach (var site in sites)
            sender.Add(site);
        var sending = sender.RunAsync(senders: 16, pause: TimeSpan.Zero);

        await UntilAsync(() => sender.Accepted.Count >= Events / 2);
        sites[0].Kill();
        sender.Remove(sites[0]);
        await UntilAsync(() => sender.Sent >= Events);
        sender.End();
        await sending.WaitAsync(TimeSpan.FromMinutes(2));
        await sites[1].IdleAsync(TimeSpan.FromMinutes(1));

        var runs = store.Ids("begin");
        Assert.Equal(Events, (await store.CommittedAsync()).Count);
        Assert.Equal(Events, store.Ids("end").Distinct().Count());
        // What the killed node was running has no record: it runs again, and nothing else does.
        Assert.InRange(runs.Count - Events, 0, Concurrency);
        output.WriteLine($"{runs.Count - Events} events ran on the node that was killed and again on the other");
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (var i = 0; i < 6_000 && !isSo(); i++)
            await Task.Delay(10);
        Assert.True(isSo());
    }

    [Fact]
    public async Task A_disk_that_is_full_refuses_events_and_none_is_lost()
    {
        if (!OperatingSystem.IsLinux())
            return;
        const int Events = 300;
        using var store = new KilledStore(StoreKind.Sqlite, redis);
        var (accepted, refused) = (new HashSet<int>(), new HashSet<int>());
        // Whatever the process writes to a file beyond this fails, as on a disk without room.
        using (var cramped = await SiteProcess.StartAsync(store.Settings(), blocks: 400))
        {
            for (var i = 0; i < Events; i++)
                (await cramped.DeliverAsync(Sender.Sign($"event-{i}")) ? accepted : refused).Add(i);
            cramped.Kill();
        }

        Assert.NotEmpty(accepted);
        Assert.NotEmpty(refused);
        using var site = await SiteProcess.StartAsync(store.Settings());
        foreach (var i in refused)
            Assert.True(await site.DeliverAsync(Sender.Sign($"event-{i}")));
        await site.IdleAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(Events, (await store.CommittedAsync()).Count);
        Assert.Equal(Events, store.Ids("end").Distinct().Count());
    }
}
