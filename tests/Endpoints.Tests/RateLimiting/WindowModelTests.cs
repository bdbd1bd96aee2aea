using FsCheck;
using FsCheck.Fluent;

namespace Endpoints.Tests.RateLimiting;

/// <summary>Every algorithm against a slow and obvious version of itself: a list of all that was admitted.</summary>
public sealed class WindowModelTests
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    private static readonly Gen<(int Limit, int Segments, int Burst, (int Seconds, int Cost)[] Steps)> Runs =
        from limit in Gen.Choose(1, 12)
        from segments in Gen.Choose(1, 12)
        from burst in Gen.Choose(1, 15)
        from steps in (from seconds in Gen.Frequency((6, Gen.Choose(0, 4)), (2, Gen.Choose(5, 59)), (1, Gen.Choose(60, 200)))
                       from cost in Gen.Frequency((5, Gen.Constant(1)), (1, Gen.Choose(2, 4)))
                       select (seconds, cost)).ArrayOf(60)
        select (limit, segments, burst, steps);

    [Fact]
    public void A_fixed_window_admits_what_its_model_admits() => Check(RateLimitAlgorithm.FixedWindow, static (run, admitted, now, cost) =>
    {
        // Windows one after the other, each from the first request that is admitted after the one before.
        var (begin, used) = (TimeSpan.MinValue, 0);
        foreach (var (at, was) in admitted)
        {
            if (begin == TimeSpan.MinValue || at >= begin + Window)
                (begin, used) = (at, 0);
            used += was;
        }

        return (begin == TimeSpan.MinValue || now >= begin + Window ? 0 : used) + cost <= run.Limit;
    });

    [Fact]
    public void A_token_bucket_admits_what_its_model_admits() => Check(RateLimitAlgorithm.TokenBucket, static (run, admitted, now, cost) =>
    {
        // In sixtieths of the limit, so that nothing is rounded.
        long tokens = run.Burst * 60L;
        var last = TimeSpan.Zero;
        foreach (var (at, was) in admitted)
        {
            tokens = Math.Min(run.Burst * 60L, tokens + ((long)(at - last).TotalSeconds * run.Limit)) - (was * 60L);
            last = at;
        }

        return Math.Min(run.Burst * 60L, tokens + ((long)(now - last).TotalSeconds * run.Limit)) >= cost * 60L;
    });

    [Fact]
    public void A_sliding_window_never_has_more_than_the_limit_in_any_window_and_forgets_a_segment_later() =>
        Prop.ForAll(Runs.ToArbitrary(), static run =>
    {
        var (clock, scope) =
            (new TestClock(),
                Counted.Scope(
                    new() { Limit = run.Limit, Window = Window, Algorithm = RateLimitAlgorithm.SlidingWindow, Segments = run.Segments }));
        var store = Counted.Store(clock);
        var admitted = new List<(TimeSpan At, int Cost)>();
        var now = TimeSpan.Zero;
        var segment = Window / run.Segments;
        foreach (var (seconds, cost) in run.Steps)
        {
            clock.Advance(TimeSpan.FromSeconds(seconds));
            now += TimeSpan.FromSeconds(seconds);
            var isAdmitted = store.Ask(Counted.By(scope, "192.0.2.1", cost)).IsAdmitted;
            if (isAdmitted)
                admitted.Add((now, cost));
            Assert.True(admitted.Where(one => one.At > now - Window).Sum(static one => one.Cost) <= run.Limit);
            var kept = admitted.Where(one => one.At > now - Window - segment - TimeSpan.FromMilliseconds(1)).Sum(static one => one.Cost);
            Assert.True(isAdmitted || kept + cost > run.Limit, "rejected, though all that could count leaves room");
        }
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(RateLimitAlgorithm.FixedWindow)]
    [InlineData(RateLimitAlgorithm.SlidingWindow)]
    [InlineData(RateLimitAlgorithm.TokenBucket)]
    public void Who_waits_as_long_as_was_said_is_admitted_and_not_before(RateLimitAlgorithm algorithm) =>
        Prop.ForAll(Runs.ToArbitrary(), run =>
    {
        var (clock, scope) = (new TestClock(), Counted.Scope(Rule(algorithm, run)));
        var store = Counted.Store(clock);
        foreach (var (seconds, cost) in run.Steps)
        {
            clock.Advance(TimeSpan.FromSeconds(seconds));
            var asked = Counted.By(scope, "192.0.2.1", Math.Min(cost, scope.Rule.Capacity));
            if (store.Ask(asked) is not { IsAdmitted: false } verdict)
                continue;
            Assert.True(verdict.RetryAfter > TimeSpan.Zero);
            clock.Advance(verdict.RetryAfter - TimeSpan.FromTicks(1));
            Assert.False(store.Ask(asked).IsAdmitted);
            clock.Advance(TimeSpan.FromTicks(1));
            Assert.True(store.Ask(asked).IsAdmitted);
        }
    }).QuickCheckThrowOnFailure();

    private static RateLimitRule Rule(RateLimitAlgorithm algorithm,
        (int Limit, int Segments, int Burst, (int Seconds, int Cost)[] Steps) run) =>
        new() { Limit = run.Limit, Window = Window, Algorithm = algorithm, Segments = run.Segments, Burst = run.Burst };

    private static void Check(
        RateLimitAlgorithm algorithm,
        Func<(int Limit, int Burst), List<(TimeSpan At, int Cost)>, TimeSpan, int, bool> model) => Prop.ForAll(Runs.ToArbitrary(), run =>
    {
        var (clock, scope) = (new TestClock(), Counted.Scope(Rule(algorithm, run)));
        var store = Counted.Store(clock);
        var admitted = new List<(TimeSpan At, int Cost)>();
        var now = TimeSpan.Zero;
        foreach (var (seconds, cost) in run.Steps)
        {
            clock.Advance(TimeSpan.FromSeconds(seconds));
            now += TimeSpan.FromSeconds(seconds);
            var expected = model((run.Limit, run.Burst), admitted, now, cost);
            Assert.Equal(expected, store.Ask(Counted.By(scope, "192.0.2.1", cost)).IsAdmitted);
            if (expected)
                admitted.Add((now, cost));
        }
    }).QuickCheckThrowOnFailure();
}
