using Endpoints.Memory;

namespace Endpoints.RateLimiting.Counting;

/// <summary>What one key has used of its limit. Guarded by itself; times are in the clock's own steps.</summary>
internal abstract class Counter : FairEntry
{
    private static long _last;

    /// <summary>The order in which several are locked.</summary>
    public long Number { get; } = Interlocked.Increment(ref _last);

    /// <summary>How much is available at once; 0 when that is not known.</summary>
    public int Capacity { get; init; }

    // In thousandths, so that counters of different limits can be compared: whoever is over a limit weighs most.
    public override int Weight => Capacity == 0 ? Level : (int)Math.Min(int.MaxValue, Level * 1000L / Capacity);

    /// <summary>What was used at the last look, without a lock.</summary>
    protected abstract int Level { get; }

    /// <summary>What has been used and is not forgotten yet.</summary>
    public abstract int Used(long now);

    /// <summary>How long until so much can be taken; zero when it can be now.</summary>
    public abstract long Wait(int cost, int limit, long now);

    /// <summary>Takes what there is room for.</summary>
    public abstract void Take(int cost, long now);

    /// <summary>Gives back what was taken.</summary>
    public abstract void Return(int cost, long now);

    /// <summary>How long until all is forgotten.</summary>
    public abstract long Left(long now);

    /// <summary>Forgets all.</summary>
    public abstract void Clear();

    /// <summary>Makes the counter of a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="limit">How much is available at once: a multiple of the rule's for a larger network.</param>
    /// <param name="now">The time.</param>
    /// <param name="frequency">How many of the clock's steps a second has.</param>
    public static Counter Of(RateLimitRule rule, int limit, long now, long frequency)
    {
        var length = Math.Max(1, (long)(rule.Window.TotalSeconds * frequency));
        return rule.Algorithm switch
        {
            RateLimitAlgorithm.SlidingWindow => new SlidingWindow(length, rule.Segments) { Capacity = limit },
            RateLimitAlgorithm.TokenBucket => new TokenBucket(length, rule.RateOf(limit)) { Capacity = limit },
            RateLimitAlgorithm.Concurrency => new InProgress(frequency) { Capacity = limit },
            _ => new FixedWindow(now, length) { Capacity = limit },
        };
    }
}
