namespace Endpoints.Redis.Tests;

/// <summary>Processes that count as one, on one server and on a cluster, and what becomes of requests while Redis fails.</summary>
public sealed class ProcessTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [Theory]
    [InlineData(RateLimitAlgorithm.FixedWindow)]
    [InlineData(RateLimitAlgorithm.SlidingWindow)]
    [InlineData(RateLimitAlgorithm.TokenBucket)]
    [InlineData(RateLimitAlgorithm.Concurrency)]
    public async Task S21_Two_processes_whose_clocks_differ_admit_exactly_the_limit_of_a_thousand_at_once(RateLimitAlgorithm algorithm)
    {
        await redis.CommandAsync("FLUSHALL");
        Assert.Equal(100, await AdmittedAsync(redis.Address, algorithm, batches: false));
    }

    [Theory]
    [InlineData(RateLimitAlgorithm.FixedWindow)]
    [InlineData(RateLimitAlgorithm.SlidingWindow)]
    [InlineData(RateLimitAlgorithm.TokenBucket)]
    public async Task S21_Two_processes_that_take_batches_admit_never_more_and_leave_no_more_than_a_batch_each(RateLimitAlgorithm algorithm)
    {
        await redis.CommandAsync("FLUSHALL");
        // A batch is one permit here. It is left over if its process has no request any more when it arrives.
        Assert.InRange(await AdmittedAsync(redis.Address, algorithm, batches: true), 98, 100);
    }

    [Fact]
    public async Task S21_A_cluster_of_three_decides_as_one_server()
    {
        await using var cluster = await RedisCluster.StartAsync();

        Assert.Equal(100, await AdmittedAsync(cluster.Addresses, RateLimitAlgorithm.SlidingWindow, batches: false));

        var keys = new List<string>();
        foreach (var server in cluster.Servers)
            keys.AddRange((string[])(await server.CommandAsync("KEYS", "*"))!);
        Assert.StartsWith("{endpoints}:limit:", Assert.Single(keys), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("killed", RateLimitStoreFailure.Reject)]
    [InlineData("killed", RateLimitStoreFailure.CountLocally)]
    [InlineData("paused", RateLimitStoreFailure.Reject)]
    [InlineData("paused", RateLimitStoreFailure.CountLocally)]
    [InlineData("without memory", RateLimitStoreFailure.Reject)]
    [InlineData("without memory", RateLimitStoreFailure.CountLocally)]
    public async Task S22_Under_load_every_request_is_answered_in_time_as_the_rule_says_and_it_recovers(
        string fault, RateLimitStoreFailure choice)
    {
        var own = new RedisServer();
        await own.StartAsync();
        await using var node = await Node.StartAsync(own, options =>
        {
            (options.Rules["all"].Limit, options.Rules["all"].OnStoreFailure) = (1_000_000, choice);
        }, static options => (options.BatchFrom, options.Timeout) = (int.MaxValue, TimeSpan.FromMilliseconds(250)));
        using var ending = new CancellationTokenSource();
        var statuses = new System.Collections.Concurrent.ConcurrentDictionary<int, int>();
        var answered = 0;

        var load = Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            while (!ending.IsCancellationRequested)
            {
                statuses.AddOrUpdate(await node.StatusAsync(), 1, static (_, count) => count + 1);
                Interlocked.Increment(ref answered);
                await Task.Delay(2);
            }
        })).ToArray();
        await AnsweredAsync(16);
        switch (fault)
        {
            case "killed":
                own.Kill();
                await AnsweredAsync(200);
                await own.StartAsync();
                break;
            case "paused":
                own.Pause();
                await AnsweredAsync(200);
                own.Resume();
                break;
            default:
                await own.CommandAsync("CONFIG", "SET", "maxmemory", "1");
                await AnsweredAsync(200);
                await own.CommandAsync("CONFIG", "SET", "maxmemory", "0");
                break;
        }

        for (var tries = 0; ; tries++)
        {
            Assert.True(tries < 300, "It does not recover.");
            if ((await node.Client.GetAsync(new Uri("/health", UriKind.Relative))).IsSuccessStatusCode && await node.StatusAsync() == 200
                && (long)await own.CommandAsync("DBSIZE") > 0)
                break;
            await Task.Delay(100);
        }

        await ending.CancelAsync();
        await Task.WhenAll(load);
        await own.DisposeAsync();
        Assert.Equal(choice == RateLimitStoreFailure.Reject ? "200 503" : "200", string.Join(' ', statuses.Keys.Order()));

        // More answers than there are requests at once: some began after the fault, and Redis had no part in them.
        async Task AnsweredAsync(int more)
        {
            var until = Volatile.Read(ref answered) + more;
            for (var tries = 0; Volatile.Read(ref answered) < until; tries++)
            {
                Assert.True(tries < 600, "Requests hang.");
                await Task.Delay(100);
            }
        }
    }

    /// <summary>Returns how many of a thousand requests at once, five hundred to each of two processes, are admitted.</summary>
    private static async Task<int> AdmittedAsync(string servers, RateLimitAlgorithm algorithm, bool batches)
    {
        var waits = algorithm == RateLimitAlgorithm.Concurrency;
        var batchFrom = batches ? 100 : int.MaxValue;
        await using var one = await NodeProcess.StartAsync(servers, algorithm, 0, batchFrom, waits);
        await using var other = await NodeProcess.StartAsync(servers, algorithm, 5, batchFrom, waits);
        var rejected = 0;
        var all = Task.WhenAll(Enumerable.Range(0, 1000).Select(async i =>
        {
            var status = await (i % 2 == 0 ? one : other).StatusAsync();
            if (status == 429)
                Interlocked.Increment(ref rejected);
            return status;
        }));
        // Those in progress keep their places until all others are rejected.
        for (var tries = 0; waits && tries < 600 && Volatile.Read(ref rejected) < 900; tries++)
            await Task.Delay(100);
        foreach (var node in new[] { one, other })
            await node.Client.GetAsync(new Uri("/release", UriKind.Relative));
        var statuses = await all;
        Assert.All(statuses, static status => Assert.True(status is 200 or 429, $"{status}"));
        return statuses.Count(static status => status == 200);
    }
}
