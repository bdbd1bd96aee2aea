using System.Net;
using Endpoints.RateLimiting;
using Endpoints.RateLimiting.Counting;

namespace Endpoints.Tests.RateLimiting;

public sealed class MemoryStoreTests
{
    [Theory]
    [InlineData(RateLimitAlgorithm.FixedWindow)]
    [InlineData(RateLimitAlgorithm.SlidingWindow)]
    [InlineData(RateLimitAlgorithm.TokenBucket)]
    [InlineData(RateLimitAlgorithm.Concurrency)]
    public async Task S21_Of_a_thousand_at_once_exactly_the_limit_passes(RateLimitAlgorithm algorithm)
    {
        foreach (var clock in (TimeProvider[])[new TestClock(), TimeProvider.System])
        {
            var store = Counted.Store(clock);
            var scope = Counted.Scope(new() { Limit = 100, Algorithm = algorithm, Window = TimeSpan.FromDays(30) });

            var passed = await Task.WhenAll(
                Enumerable.Range(0, 1000).Select(_ => Task.Run(() => store.Ask(Counted.By(scope, "192.0.2.1")).IsAdmitted)));

            Assert.Equal(100, passed.Count(static pass => pass));
        }
    }

    [Fact]
    public void A_window_is_sure_by_the_coarse_clock_until_shortly_before_its_end()
    {
        var window = new FixedWindow(now: 0, length: 600_000);
        Assert.False(window.TryTakeSurely(1, 9, coarse: 1, out _, out _)); // it has not begun
        Assert.Equal(0, window.TryTake(1, 9, now: 50, out _, out _));
        Assert.False(window.TryTakeSurely(1, 9, coarse: 1, out _, out _)); // and nobody has said when

        window.BeginCoarse(coarse: 5_000, TimeSpan.FromMinutes(10));
        Assert.True(window.TryTakeSurely(2, 9, coarse: 5_000, out var used, out var left));
        Assert.Equal((3, 600_000), (used, left));
        Assert.True(window.TryTakeSurely(1, 9, coarse: 5_000 + 600_000 - 601, out used, out left));
        Assert.Equal((4, 601), (used, left));
        Assert.False(window.TryTakeSurely(1, 9, coarse: 5_000 + 600_000 - 600, out _, out _));
        Assert.False(window.TryTakeSurely(6, 9, coarse: 5_000, out _, out _)); // there is no room
        Assert.Equal(4, window.Used(50));

        // One that begins without the coarse clock is not sure, and neither is one that was reset.
        Assert.Equal(0, window.TryTake(1, 9, now: 600_050, out _, out _));
        Assert.False(window.TryTakeSurely(1, 9, coarse: 5_000, out _, out _));
        window.BeginCoarse(coarse: 700_000, TimeSpan.FromSeconds(1));
        Assert.True(window.TryTakeSurely(1, 9, coarse: 700_899, out _, out _));
        Assert.False(window.TryTakeSurely(1, 9, coarse: 700_900, out _, out _));
        window.Clear();
        Assert.False(window.TryTakeSurely(1, 9, coarse: 700_000, out _, out _));
    }

    [Fact]
    public async Task S21_Keys_that_come_while_the_table_grows_have_one_counter_each()
    {
        const int Keys = 30_000;
        var store = new MemoryRateLimitStore(Microsoft.Extensions.Options.Options.Create(new RateLimitOptions()), TimeProvider.System);
        var scope = new RateLimitScope("rule", new() { Limit = int.MaxValue, Window = TimeSpan.FromHours(1) }, "");
        var keys = Enumerable.Range(0, Keys)
            .Select(i => RateLimitKey.Of(scope, ClientAddress.Of(new IPAddress(BitConverter.GetBytes(i * 65_537))), default, null))
            .Select(key => new RateLimitCounter(key, scope.Rule, int.MaxValue, 1)).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            for (var i = 0; i < Keys; i++)
                Assert.True(store.Decide([keys[(i + (worker * 997)) % Keys]]).IsAdmitted);
        })));

        Assert.Equal(Keys, store.Count);
        foreach (var key in keys)
            Assert.Equal(8, (await store.InspectAsync(key, default)).Used);
    }

    [Fact]
    public async Task S21_Several_limits_at_once_admit_exactly_the_smallest_and_count_nothing_else()
    {
        var store = Counted.Store(new TestClock());
        var (wide, narrow) = (Counted.Scope(new() { Limit = 100 }), Counted.Scope(new() { Limit = 60 }));

        // In either order, so that threads that locked as they are asked would wait for each other.
        var passed = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => Task.Run(() => i % 2 == 0
            ? store.Ask(Counted.By(wide, "192.0.2.1"), Counted.By(narrow, "192.0.2.1"))
            : store.Ask(Counted.By(narrow, "192.0.2.1"), Counted.By(wide, "192.0.2.1")))));

        Assert.Equal(60, passed.Count(static verdict => verdict.IsAdmitted));
        Assert.Equal(60, (await store.InspectAsync(Counted.By(wide, "192.0.2.1"), default)).Used);
    }

    [Fact]
    public void S19_A_million_keys_stay_within_the_bound_and_free_nobody()
    {
        var clock = new TestClock();
        var store = Counted.Store(clock, maxKeys: 10_000);
        var scope = Counted.Scope(new() { Limit = 2, By = RateLimitBy.Caller });
        var addresses = Counted.Scope(new() { Limit = 2 });
        foreach (var _ in new int[2])
            Assert.True(
                store.Ask(Counted.ByCaller(scope, "attacker")).IsAdmitted && store.Ask(Counted.By(addresses, "198.51.100.7")).IsAdmitted);

        for (var i = 0; i < 1_000_000; i++)
        {
            store.Ask(Counted.ByCaller(scope, $"key-{i}"));
            store.Ask(Counted.By(addresses, $"10.{(i >> 16) & 0xFF}.{(i >> 8) & 0xFF}.{i & 0xFF}"));
        }

        Assert.InRange(store.Count, 1, 20_000);
        Assert.False(store.Ask(Counted.ByCaller(scope, "attacker")).IsAdmitted);
        Assert.False(store.Ask(Counted.By(addresses, "198.51.100.7")).IsAdmitted);
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => store.Ask(Counted.ByCaller(scope, "newcomer")).IsAdmitted));
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => store.Ask(Counted.By(addresses, "203.0.113.9")).IsAdmitted));

        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(store.Ask(Counted.ByCaller(scope, "attacker")).IsAdmitted);
    }

    [Fact]
    public void One_limits_keys_take_no_room_from_who_is_over_another()
    {
        var store = Counted.Store(new TestClock(), maxKeys: 1_000);
        var (small, large) =
            (Counted.Scope(new() { Limit = 2, By = RateLimitBy.Caller }), Counted.Scope(new() { Limit = 1_000, By = RateLimitBy.Caller }));
        store.Ask(Counted.ByCaller(small, "limited", cost: 2));

        for (var i = 0; i < 20_000; i++)
            store.Ask(Counted.ByCaller(large, $"key-{i}", cost: 10));

        Assert.False(store.Ask(Counted.ByCaller(small, "limited")).IsAdmitted);
    }

    [Theory]
    [InlineData(RateLimitAlgorithm.FixedWindow)]
    [InlineData(RateLimitAlgorithm.SlidingWindow)]
    [InlineData(RateLimitAlgorithm.TokenBucket)]
    public void An_admitted_request_allocates_nothing(RateLimitAlgorithm algorithm)
    {
        var store = Counted.Store(TimeProvider.System);
        var scope = Counted.Scope(new() { Limit = int.MaxValue, Algorithm = algorithm, Window = TimeSpan.FromDays(1) });
        var (address, network) = (ClientAddress.Of(IPAddress.Parse("192.0.2.1")), ClientAddress.Of(IPAddress.Parse("2001:db8::1")));
        var counters = new RateLimitCounter[4];

        // What the runtime itself allocates while it compiles is none of ours: some round has none of it.
        Assert.Contains(0, Enumerable.Range(0, 20).Select(_ => Round()));

        long Round()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1_000; i++)
                Ask();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        void Ask()
        {
            var key = RateLimitKey.Of(scope, network, default, null);
            counters[0] = new(RateLimitKey.Of(scope, address, default, null), scope.Rule, int.MaxValue, 1);
            counters[1] = new(key.Within(48), scope.Rule, int.MaxValue, 1);
            counters[2] = new(key.Within(56), scope.Rule, int.MaxValue, 1);
            counters[3] = new(key, scope.Rule, int.MaxValue, 1);
            Assert.True(store.Decide(counters).IsAdmitted);
        }
    }

    [Fact]
    public async Task A_place_among_those_in_progress_comes_back_once()
    {
        var store = Counted.Store(new TestClock());
        var scope = Counted.Scope(new() { Limit = 2, Algorithm = RateLimitAlgorithm.Concurrency });
        var first = store.Ask(Counted.By(scope, "192.0.2.1"));
        store.Ask(Counted.By(scope, "192.0.2.1"));
        Assert.False(store.Ask(Counted.By(scope, "192.0.2.1")).IsAdmitted);

        await first.Held!.DisposeAsync();
        await first.Held!.DisposeAsync();

        Assert.True(store.Ask(Counted.By(scope, "192.0.2.1")).IsAdmitted);
        Assert.False(store.Ask(Counted.By(scope, "192.0.2.1")).IsAdmitted);
    }

    [Fact]
    public void S25_One_client_leaves_half_of_what_is_free_to_the_others()
    {
        var store = Counted.Store(new TestClock());
        var (all, own) =
            (Counted.Scope(new() { Limit = 200, By = RateLimitBy.Everybody }),
                Counted.Scope(new() { Limit = 200, By = RateLimitBy.Caller }));

        var greedy = Enumerable.Range(0, 1_000).Count(_ => Ask("greedy"));
        Assert.InRange(greedy, 90, 110);
        Assert.True(Ask("newcomer"));
        var second = Enumerable.Range(0, 1_000).Count(_ => Ask("second"));
        Assert.InRange(second, 30, 60);
        for (var i = 0; i < 20; i++)
            Assert.True(Ask($"modest-{i}"), $"modest-{i}");
        Assert.False(Ask("greedy"));

        bool Ask(string who) => store.Ask(
            new RateLimitCounter(RateLimitKey.Of(all, default, default, null), all.Rule, 200, 1),
            Counted.ByCaller(own, who) with { IsShare = true }).IsAdmitted;
    }

    [Fact]
    public void Keys_differ_where_any_part_of_them_does()
    {
        var scope = Counted.Scope(new() { By = RateLimitBy.Caller | RateLimitBy.Address, Key = static _ => null });
        var address = ClientAddress.Of(IPAddress.Parse("192.0.2.1"));
        RateLimitKey[] keys =
        [
            RateLimitKey.Of(scope, address, new("member", "a"), "x"), RateLimitKey.Of(scope, address, new("visitor", "a"), "x"),
            RateLimitKey.Of(scope, address, new("member", "b"), "x"), RateLimitKey.Of(scope, address, new("member", "a"), "y"),
            RateLimitKey.Of(scope, address, new("member", "a") { Tenant = "t" }, "x"),
            RateLimitKey.Of(scope, default, new("member", "a"), "x"),
            RateLimitKey.Of(scope, address, default, "x"),
            RateLimitKey.Of(Counted.Scope(new() { By = RateLimitBy.Caller }), address, new("member", "a"), null),
        ];

        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal(keys.Length, keys.Select(static key => key.ToString()).Distinct().Count());
        Assert.All(keys, static key => Assert.DoesNotContain("member", key.ToString(), StringComparison.Ordinal));
        Assert.Equal(keys[0], RateLimitKey.Of(scope, address, new("member", "a"), "x"));
    }
}
