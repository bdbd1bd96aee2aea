using Endpoints.Wix.Memory;

namespace Endpoints.Wix.Tests.Tokens;

public sealed class SharedStateTests
{
    [Fact]
    public void S19_A_cache_stays_within_its_bound_and_keeps_what_is_used()
    {
        var cache = new BoundedCache<int, string>(100);
        cache.Set(-1, "used");

        for (var i = 0; i < 200_000; i++)
        {
            cache.Set(i, "flood");
            if (i % 10 == 0)
                Assert.True(cache.TryGet(-1, out _));
        }

        // Room is made shortly after; until then there are those that came meanwhile.
        Assert.True(SpinWait.SpinUntil(() => cache.Count <= 100, TimeSpan.FromSeconds(10)), $"{cache.Count} entries");
        Assert.True(cache.TryGet(-1, out _));
    }

    [Fact]
    public void A_value_that_is_replaced_often_drives_no_other_out()
    {
        var cache = new BoundedCache<int, string>(10);
        for (var i = 0; i < 10; i++)
            cache.Set(i, "kept");

        for (var i = 0; i < 10_000; i++)
            cache.Set(5, $"{i}");

        Assert.All(Enumerable.Range(0, 10), key => Assert.True(cache.TryGet(key, out _)));
    }

    [Fact]
    public void Only_the_value_that_was_seen_is_removed()
    {
        var cache = new BoundedCache<string, string>(10);
        cache.Set("key", "old");
        cache.Set("key", "new");

        Assert.False(cache.Remove("key", "old"));
        Assert.True(cache.TryGet("key", out var value));
        Assert.Equal("new", value);
    }

    [Fact]
    public async Task S07_Work_is_shared_by_those_who_want_the_same_and_nobody_else()
    {
        var flights = new SingleFlight<string, string>();
        var gate = new TaskCompletionSource();
        var runs = 0;

        var waits = Enumerable.Range(0, 100).Select(i => flights.RunAsync($"key-{i % 4}", $"result-{i % 4}", async state =>
        {
            Interlocked.Increment(ref runs);
            await gate.Task;
            return state;
        }, default)).ToArray();
        gate.SetResult();
        var results = await Task.WhenAll(waits);

        Assert.Equal(4, runs);
        Assert.All(results.Select(static (result, i) => (result, i)), static pair => Assert.Equal($"result-{pair.i % 4}", pair.result));
    }

    [Fact]
    public async Task A_failure_reaches_everybody_who_waited_and_the_next_starts_anew()
    {
        var flights = new SingleFlight<int, int>();
        var gate = new TaskCompletionSource();
        var waits = Enumerable.Range(0, 5).Select(_ => flights.RunAsync(1, gate, static async state =>
        {
            await state.Task;
            return int.Parse("no number", System.Globalization.CultureInfo.InvariantCulture);
        }, default)).ToArray();
        gate.SetResult();

        foreach (var wait in waits)
            await Assert.ThrowsAsync<FormatException>(() => wait);
        Assert.Equal(7, await flights.RunAsync(1, 7, static state => Task.FromResult(state), default));
    }

    [Fact]
    public async Task The_work_has_none_of_the_first_callers_context()
    {
        var flights = new SingleFlight<int, string?>();
        var ambient = new AsyncLocal<string?> { Value = "first caller's" };

        Assert.Null(await flights.RunAsync(1, ambient, static state => Task.FromResult(state.Value), default));
    }
}
