using Endpoints.Memory;

namespace Endpoints.RateLimiting.Counting;

/// <summary>
/// Represents the amount that one key has used of its limit. Synchronized by locking itself; times are in ticks of the clock.
/// </summary>
internal abstract class Counter : FairEntry
{
    private static long _last;

    /// <summary>Gets the number that determines the order in which several counters are locked.</summary>
    public long Number { get; } = Interlocked.Increment(ref _last);

    /// <summary>Gets the amount available at once, or 0 if it is unknown.</summary>
    public int Capacity { get; init; }

    // In thousandths, so that counters of different limits can be compared: whoever is over a limit weighs most.
    public override int Weight => Capacity == 0 ? Level : (int)Math.Min(int.MaxValue, Level * 1000L / Capacity);

    /// <summary>Gets the amount used at the last look, without a lock.</summary>
    protected abstract int Level { get; }

    /// <summary>Returns the amount that is used and not forgotten yet.</summary>
    public abstract int Used(long now);

    /// <summary>Returns the time until the cost can be taken, or zero if it can be taken now.</summary>
    public abstract long Wait(int cost, int limit, long now);

    /// <summary>Takes an amount that there is room for.</summary>
    public abstract void Take(int cost, long now);

    /// <summary>Takes an amount if there is room for it.</summary>
    /// <param name="cost">The amount.</param>
    /// <param name="limit">The amount available at once.</param>
    /// <param name="now">The time.</param>
    /// <param name="used">The amount used, including what was taken.</param>
    /// <param name="left">The time until everything is forgotten.</param>
    /// <returns>Zero if the amount was taken; otherwise, the time until there is room for it.</returns>
    public virtual long TryTake(int cost, int limit, long now, out int used, out long left)
    {
        var wait = Wait(cost, limit, now);
        if (wait == 0)
            Take(cost, now);
        used = Used(now);
        left = Left(now);
        return wait;
    }

    /// <summary>Returns an amount that was taken.</summary>
    public abstract void Return(int cost, long now);

    /// <summary>Returns the time until everything is forgotten.</summary>
    public abstract long Left(long now);

    /// <summary>Forgets everything.</summary>
    public abstract void Clear();

    /// <summary>Creates the counter of a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="limit">The amount available at once: a multiple of the rule's for a larger network.</param>
    /// <param name="now">The time.</param>
    /// <param name="frequency">The number of clock ticks per second.</param>
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
