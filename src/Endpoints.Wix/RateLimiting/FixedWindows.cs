using System.Threading.RateLimiting;
using Endpoints.Memory;
using Endpoints.RateLimiting.Counting;

namespace Endpoints.Wix.RateLimiting;

/// <summary>Counts requests per key in windows of fixed length, which begin with a key's first request.</summary>
/// <remarks>
/// Thread-safe. The framework's own fixed window goes by the machine's clock alone, and its partitions have no bound; this one is a limiter
/// of the framework's kind that differs in these two. What happens when there are more keys than windows is
/// <see cref="FairTable{TKey, TEntry}"/>'s.
/// </remarks>
/// <param name="rule">The limit.</param>
/// <param name="time">The clock.</param>
/// <param name="capacity">The maximum number of windows.</param>
/// <param name="neighbourhood">Returns the number that many keys of one client have in common.</param>
internal sealed class FixedWindows<TKey>(WindowRule rule, TimeProvider time, int capacity = FixedWindows.Capacity,
    Func<TKey, ulong>? neighbourhood = null)
    : PartitionedRateLimiter<TKey>
    where TKey : notnull
{
    private readonly FairTable<TKey, FixedWindow> _windows = new(capacity, FixedWindows.Make<TKey>(rule, time), neighbourhood,
        shares: neighbourhood is not null);

    public int Count => _windows.Count;

    /// <remarks>No statistics are kept.</remarks>
    public override RateLimiterStatistics? GetStatistics(TKey resource) => null;

    /// <summary>Determines whether a key has used up its limit, without counting.</summary>
    public bool IsSpent(TKey key, out TimeSpan? retryAfter)
    {
        retryAfter = null;
        if (_windows.Find(key) is not { } window)
            return false;
        var now = time.GetTimestamp();
        lock (window)
        {
            if (window.Has(1, rule.Permits, now))
                return false;
            retryAfter = time.GetElapsedTime(0, window.Left(now));
            return true;
        }
    }

    protected override RateLimitLease AttemptAcquireCore(TKey resource, int permitCount)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(permitCount, rule.Permits);
        var now = time.GetTimestamp();
        var window = _windows.FindOrAdd(resource, now, out _);
        lock (window)
        {
            if (window.Has(Math.Max(1, permitCount), rule.Permits, now)) // who asks for none asks whether there are any
            {
                window.Take(permitCount, now);
                return WindowLease.Acquired;
            }

            return new WindowLease(time.GetElapsedTime(0, window.Left(now)));
        }
    }

    /// <remarks>There is no queue: a client that exceeds its limit is told so at once.</remarks>
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(TKey resource, int permitCount, CancellationToken cancellationToken) =>
        new(AttemptAcquireCore(resource, permitCount));
}

/// <summary>Provides the members that are common to all windows.</summary>
internal static class FixedWindows
{
    public const int Capacity = 100_000;

    /// <summary>Returns a function that creates the windows of a rule.</summary>
    public static Func<TKey, long, FixedWindow> Make<TKey>(WindowRule rule, TimeProvider time)
    {
        var length = (long)(rule.Window.TotalSeconds * time.TimestampFrequency);
        return (_, now) => new(now, length);
    }
}
