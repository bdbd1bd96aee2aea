using System.Collections.Concurrent;

namespace Endpoints.Wix.Elevation;

/// <summary>Counts requests per key in windows of fixed length, which begin with a key's first request.</summary>
/// <remarks>
/// Thread-safe. Keys are client addresses or confirmed callers. There are at most so many windows; when they are all in use, keys without one
/// share one window between them: nobody who is limited gets free by others' making keys.
/// </remarks>
internal sealed class FixedWindows<TKey>(RateLimitRule rule, TimeProvider time, int capacity = 100_000)
    where TKey : notnull, IEquatable<TKey>
{
    private readonly ConcurrentDictionary<TKey, Window> _windows = new();
    private readonly Window _shared = new();
    private readonly Lock _sweeping = new();
    private long _nextSweep;

    public int Count => _windows.Count;

    /// <summary>Counts a request.</summary>
    /// <param name="key">Whose it is.</param>
    /// <param name="retryAfter">When the key's window ends, if there is no permit left.</param>
    /// <returns>Whether the request is within the limit.</returns>
    public bool TryCount(TKey key, out TimeSpan? retryAfter)
    {
        var now = time.GetTimestamp();
        if (!_windows.TryGetValue(key, out var window))
            window = HasRoom(now) ? _windows.GetOrAdd(key, static _ => new()) : _shared;

        lock (window)
        {
            if (window.Count == 0 || time.GetElapsedTime(window.Start, now) >= rule.Window)
                (window.Start, window.Count) = (now, 0);
            if (window.Count < rule.Permits)
            {
                window.Count++;
                retryAfter = null;
                return true;
            }

            retryAfter = rule.Window - time.GetElapsedTime(window.Start, now);
            return false;
        }
    }

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

    private sealed class Window
    {
        public long Start;
        public int Count;
    }
}
