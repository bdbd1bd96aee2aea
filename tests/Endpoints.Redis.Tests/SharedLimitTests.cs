using Endpoints.RateLimiting;

namespace Endpoints.Redis.Tests;

public sealed class SharedLimitTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private static int _last;

    [Theory]
    [InlineData(RateLimitAlgorithm.FixedWindow)]
    [InlineData(RateLimitAlgorithm.SlidingWindow)]
    [InlineData(RateLimitAlgorithm.TokenBucket)]
    [InlineData(RateLimitAlgorithm.Concurrency)]
    public async Task S21_Of_a_thousand_at_once_on_two_nodes_exactly_the_limit_passes(RateLimitAlgorithm algorithm)
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        var rule = Rule(100, algorithm);

        var verdicts =
            await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => Task.Run(() => Ask(i % 2 == 0 ? one : other, Counter(rule)))));

        Assert.DoesNotContain(verdicts, static verdict => verdict.IsUnavailable);
        Assert.Equal(100, verdicts.Count(static verdict => verdict.IsAdmitted));
        Assert.All(verdicts.Where(static verdict => !verdict.IsAdmitted),
            static verdict => Assert.True(verdict.RetryAfter > TimeSpan.Zero && verdict.RetryAfter <= TimeSpan.FromHours(1.1)));
        Assert.Equal(100, (await one.Store.InspectAsync(Counter(rule), default)).Used);

        await one.Store.ResetAsync(Counter(rule), default);
        Assert.True((await Ask(other, Counter(rule))).IsAdmitted);
    }

    [Fact]
    public async Task S21_Several_counters_are_one_decision_and_one_round_trip()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        var (wide, narrow, sliding) = (Rule(100), Rule(60), Rule(80, RateLimitAlgorithm.SlidingWindow));
        await Ask(one, Counter(Rule(1))); // the script is known
        var before = await ScriptsAsync();

        var verdicts =
            await Task.WhenAll(
                Enumerable.Range(0, 300)
                    .Select(i => Task.Run(() => Ask(i % 2 == 0 ? one : other, Counter(wide), Counter(sliding), Counter(narrow)))));

        Assert.Equal(60, verdicts.Count(static verdict => verdict.IsAdmitted));
        Assert.Equal(60, (await one.Store.InspectAsync(Counter(wide), default)).Used);
        Assert.Equal(60, (await one.Store.InspectAsync(Counter(sliding), default)).Used);
        Assert.InRange(await ScriptsAsync() - before, 300, 303); // and two looks, and perhaps the script itself
    }

    [Fact]
    public async Task Every_key_expires_and_lies_in_one_slot()
    {
        await using var node = await StartAsync();
        await redis.CommandAsync("FLUSHALL");
        foreach (var algorithm in Enum.GetValues<RateLimitAlgorithm>())
            await Ask(node, Counter(Rule(5, algorithm)), Counter(Rule(7, algorithm)));

        var keys = (string[])(await redis.CommandAsync("KEYS", "*"))!;

        Assert.Equal(8, keys.Length);
        Assert.All(keys, static key => Assert.StartsWith("{endpoints}:limit:", key, StringComparison.Ordinal));
        foreach (var key in keys)
            Assert.InRange((long)await redis.CommandAsync("PTTL", key), 1, (long)TimeSpan.FromHours(1.3).TotalMilliseconds);
    }

    [Theory]
    [InlineData(RateLimitAlgorithm.FixedWindow)]
    [InlineData(RateLimitAlgorithm.SlidingWindow)]
    [InlineData(RateLimitAlgorithm.TokenBucket)]
    public async Task Who_waits_as_long_as_was_said_is_admitted(RateLimitAlgorithm algorithm)
    {
        await using var node = await StartAsync();
        var rule = Rule(2, algorithm);
        (rule.Window, rule.Segments) = (TimeSpan.FromSeconds(1), 4);
        RateLimitVerdict refused;
        do
        {
            refused = await Ask(node, Counter(rule));
        }
        while (refused.IsAdmitted); // a machine that pauses lets some time of the window go by
        Assert.InRange(refused.RetryAfter, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(1.3));

        await Task.Delay(refused.RetryAfter + TimeSpan.FromMilliseconds(20));

        Assert.True((await Ask(node, Counter(rule))).IsAdmitted);
    }

    [Fact]
    public async Task Large_limits_are_taken_in_batches_and_no_more_than_the_limit_passes()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        var rule = Rule(20_000);
        var before = await ScriptsAsync();
        var admitted = 0;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                if ((await Ask(worker % 2 == 0 ? one : other, Counter(rule))).IsAdmitted)
                    Interlocked.Increment(ref admitted);
            }
        })));

        Assert.InRange(admitted, 19_000, 20_000);
        var asked = await ScriptsAsync() - before - (40_000 - admitted); // each that is over the limit asks
        Assert.InRange(asked, 1, admitted / 4);
    }

    [Fact]
    public async Task A_place_among_those_in_progress_comes_back_on_every_node()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        var rule = Rule(1, RateLimitAlgorithm.Concurrency);
        var held = (await Ask(one, Counter(rule))).Held;
        Assert.False((await Ask(other, Counter(rule))).IsAdmitted);

        await held!.DisposeAsync();
        await held.DisposeAsync();

        Assert.True((await Ask(other, Counter(rule))).IsAdmitted);
        Assert.False((await Ask(one, Counter(rule))).IsAdmitted);
    }

    [Fact]
    public async Task S25_One_client_leaves_half_of_what_is_free_to_the_others()
    {
        await using var node = await StartAsync();
        var (all, greedy, modest) = (Rule(100), Rule(100), Rule(100));
        var passed = 0;
        for (var i = 0; i < 100; i++)
            passed += (await Ask(node, Counter(all), Counter(greedy) with { IsShare = true })).IsAdmitted ? 1 : 0;

        Assert.InRange(passed, 45, 55);
        Assert.True((await Ask(node, Counter(all), Counter(modest) with { IsShare = true })).IsAdmitted);
    }

    [Fact]
    public async Task S25_A_pause_that_one_node_begins_holds_on_the_others_and_ends()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        var pause = Rule(1);
        var calls = Rule(100);
        RateLimitCounter[] asked = [Counter(pause) with { Limit = 0, Cost = 0 }, Counter(calls)];
        Assert.True((await Ask(one, asked)).IsAdmitted && (await Ask(other, asked)).IsAdmitted);

        await one.Store.DecideAsync(
            new[] { Counter(pause) with { Rule = new RateLimitRule { Limit = 1, Window = TimeSpan.FromSeconds(2) } } }, default);

        foreach (var node in (Node[])[one, other])
        {
            var refused = await Ask(node, asked);
            Assert.Equal((false, 0), (refused.IsAdmitted, refused.Counter));
            Assert.InRange(refused.RetryAfter, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(2));
        }

        await Task.Delay(2_050);
        Assert.True((await Ask(other, asked)).IsAdmitted);
        Assert.Equal(3, (await one.Store.InspectAsync(Counter(calls), default)).Used);
    }

    [Fact]
    public async Task S22_Redis_that_is_killed_is_away_for_nobody_longer_than_the_time_limit_and_comes_back_by_itself()
    {
        await using var own = await OwnServer.StartAsync();
        await using var node = await Node.StartAsync(own.Redis);
        Assert.True((await Ask(node, Counter(Rule(5)))).IsAdmitted);

        own.Redis.Kill();
        await Answered(node, isAvailable: false);
        Assert.False((await node.Client.GetAsync(new Uri("/health", UriKind.Relative))).IsSuccessStatusCode);

        await own.Redis.StartAsync();
        await Eventually(async () => (await Ask(node, Counter(Rule(5)))).IsAdmitted);
    }

    [Fact]
    public async Task S22_Redis_that_is_paused_holds_nobody_up()
    {
        await using var own = await OwnServer.StartAsync();
        await using var node = await Node.StartAsync(own.Redis);
        Assert.True((await Ask(node, Counter(Rule(5)))).IsAdmitted);

        own.Redis.Pause();
        await Answered(node, isAvailable: false);
        own.Redis.Resume();
        await Eventually(async () => (await Ask(node, Counter(Rule(5)))).IsAdmitted);
    }

    [Fact]
    public async Task S22_Redis_without_memory_is_away_and_comes_back()
    {
        await using var own = await OwnServer.StartAsync();
        await using var node = await Node.StartAsync(own.Redis);
        Assert.True((await Ask(node, Counter(Rule(5)))).IsAdmitted);

        await own.Redis.CommandAsync("CONFIG", "SET", "maxmemory", "1");
        await Answered(node, isAvailable: false);
        await own.Redis.CommandAsync("CONFIG", "SET", "maxmemory", "0");
        await Eventually(async () => (await Ask(node, Counter(Rule(5)))).IsAdmitted);
    }

    [Fact]
    public async Task S22_A_rule_says_whether_requests_are_counted_here_or_rejected_while_Redis_is_away()
    {
        foreach (var choice in Enum.GetValues<RateLimitStoreFailure>())
        {
            await using var own = await OwnServer.StartAsync();
            await using var one =
                await Node.StartAsync(
                    own.Redis, options => (options.Rules["all"].Limit, options.Rules["all"].OnStoreFailure) = (3, choice));
            await using var other =
                await Node.StartAsync(
                    own.Redis, options => (options.Rules["all"].Limit, options.Rules["all"].OnStoreFailure) = (3, choice));
            Assert.Equal((int[])[200, 200, 200, 429],
                (int[])[await one.StatusAsync(), await other.StatusAsync(), await one.StatusAsync(), await other.StatusAsync()]);

            own.Redis.Kill();

            int[] away = [await one.StatusAsync(), await one.StatusAsync(), await one.StatusAsync(), await one.StatusAsync()];
            Assert.Equal(choice == RateLimitStoreFailure.Reject ? [503, 503, 503, 503] : [200, 200, 200, 429], away);
        }
    }

    private static RateLimitRule Rule(int limit, RateLimitAlgorithm algorithm = RateLimitAlgorithm.FixedWindow) =>
        new() { Limit = limit, Window = TimeSpan.FromHours(1), Algorithm = algorithm, By = RateLimitBy.Everybody };

    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<RateLimitRule, RateLimitScope> Scopes = [];

    private static RateLimitCounter Counter(RateLimitRule rule)
    {
        var scope = Scopes.GetValue(rule, static rule => new("rule", rule, $"test {Interlocked.Increment(ref _last)}"));
        return new(RateLimitKey.Of(scope, default, default, null), rule, rule.Limit, 1);
    }

    private static async Task<RateLimitVerdict> Ask(Node node, params RateLimitCounter[] counters) =>
        await node.Store.DecideAsync(counters, default);

    /// <summary>Hundred at once are all answered, whatever Redis does.</summary>
    private static async Task Answered(Node node, bool isAvailable)
    {
        var verdicts = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => Ask(node, Counter(Rule(5))))))
            .WaitAsync(TimeSpan.FromMinutes(1));
        Assert.All(verdicts, verdict => Assert.Equal(isAvailable, !verdict.IsUnavailable));
    }

    private static async Task Eventually(Func<Task<bool>> isSo)
    {
        for (var tries = 0; tries < 150; tries++)
        {
            if (await isSo())
                return;
            await Task.Delay(100);
        }

        Assert.Fail("Redis is not asked again.");
    }

    // a busy machine is not what is tested
    private Task<Node> StartAsync() => Node.StartAsync(redis, sharing: static options => options.Timeout = TimeSpan.FromSeconds(10));

    private async Task<long> ScriptsAsync()
    {
        var info = (string)(await redis.CommandAsync("INFO", "commandstats"))!;
        return info.Split('\n').Where(static line => line.StartsWith("cmdstat_eval", StringComparison.Ordinal))
            .Sum(static line => long.Parse(line.Split("calls=")[1].Split(',')[0], System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>A server that a test ends.</summary>
    private sealed class OwnServer : IAsyncDisposable
    {
        public RedisServer Redis { get; } = new();

        public static async Task<OwnServer> StartAsync()
        {
            var own = new OwnServer();
            await own.Redis.InitializeAsync();
            return own;
        }

        public async ValueTask DisposeAsync() => await Redis.DisposeAsync();
    }
}
