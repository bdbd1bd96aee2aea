using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;

namespace Endpoints.Wix.Elevation;

/// <summary>Counts requests per key in windows of fixed length, which begin with a key's first request.</summary>
/// <remarks>
/// Thread-safe. Keys are client addresses or confirmed callers. There are at most so many windows; when they are all in use, keys without one
/// share one window between them: nobody who is limited gets free by others' making keys. The framework's own fixed window goes by the machine's
/// clock alone, and its partitions have no bound; this one is a limiter of the framework's kind that differs in these two.
/// </remarks>
internal sealed class FixedWindows<TKey>(RateLimitRule rule, TimeProvider time, int capacity = 100_000)
    : PartitionedRateLimiter<TKey>
    where TKey : notnull, IEquatable<TKey>
{
    private readonly ConcurrentDictionary<TKey, Window> _windows = new();
    private readonly Window _shared = new();
    private readonly Lock _sweeping = new();
    private long _nextSweep;

    public int Count => _windows.Count;

    /// <remarks>Nothing is kept for statistics.</remarks>
    public override RateLimiterStatistics? GetStatistics(TKey resource) => null;

    protected override RateLimitLease AttemptAcquireCore(TKey resource, int permitCount)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(permitCount, rule.Permits);
        var now = time.GetTimestamp();
        if (!_windows.TryGetValue(resource, out var window))
            window = HasRoom(now) ? _windows.GetOrAdd(resource, static _ => new()) : _shared;

        lock (window)
        {
            if (window.Count == 0 || time.GetElapsedTime(window.Start, now) >= rule.Window)
                (window.Start, window.Count) = (now, 0);
            if (window.Count + Math.Max(1, permitCount) <= rule.Permits) // who asks for none asks whether there are any
            {
                window.Count += permitCount;
                return Lease.Acquired;
            }

            return new Lease(rule.Window - time.GetElapsedTime(window.Start, now));
        }
    }

    /// <remarks>Nobody waits: a client that is over its limit is told so at once.</remarks>
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(TKey resource, int permitCount, CancellationToken cancellationToken) =>
        new(AttemptAcquireCore(resource, permitCount));

    private bool HasRoom(long now)
    {
        if (_windows.Count < capacity)
            return true;
        lock (_sweeping)
        {
            if (_windows.Count < capacity)
                return true;
            if (now < _nextSweep)
                return false;
            // Looking at all windows is dear, so a full house is looked through once per second at most.
            _nextSweep = now + time.TimestampFrequency;
            foreach (var (key, window) in _windows)
            {
                lock (window)
                {
                    if (time.GetElapsedTime(window.Start, now) >= rule.Window)
                        _windows.TryRemove(new(key, window));
                }
            }

            return _windows.Count < capacity;
        }
    }

    private sealed class Lease(TimeSpan? retryAfter) : RateLimitLease
    {
        public static Lease Acquired { get; } = new(retryAfter: null);

        public override bool IsAcquired => retryAfter is null;

        public override IEnumerable<string> MetadataNames => IsAcquired ? [] : [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, [NotNullWhen(true)] out object? metadata)
        {
            metadata = metadataName == MetadataName.RetryAfter.Name ? retryAfter : null;
            return metadata is not null;
        }
    }

    private sealed class Window
    {
        public long Start;
        public int Count;
    }
}
