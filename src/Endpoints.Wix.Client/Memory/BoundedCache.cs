using System.Diagnostics.CodeAnalysis;
using BitFaster.Caching.Lfu;
using BitFaster.Caching.Scheduler;

namespace Endpoints.Wix.Memory;

/// <summary>Represents a cache with a maximum number of entries. When it is full, it evicts the least used entries (W-TinyLFU).</summary>
/// <remarks>
/// Thread-safe; reading takes no lock. How often keys are asked for decides, not only how recently: many keys that are seen once, as a scan
/// or a flood of made-up ones brings, don't displace those that are in use. Room is made by whoever adds an entry: a busy thread pool makes
/// no difference.
/// </remarks>
/// <param name="capacity">The number of entries.</param>
internal sealed class BoundedCache<TKey, TValue>(int capacity)
    where TKey : notnull
    where TValue : class
{
    private const int Least = 3; // as many parts as the cache has

    // Made for the first entry: its tables have their full size from the start, megabytes that many an application never needs.
    private ConcurrentLfu<TKey, TValue>? _entries;

    /// <summary>Gets the number of entries, which takes a walk through all of them.</summary>
    public int Count => Volatile.Read(ref _entries)?.Count ?? 0;

    public bool TryGet(TKey key, [NotNullWhen(true)] out TValue? value)
    {
        value = null;
        return Volatile.Read(ref _entries) is { } entries && entries.TryGet(key, out value);
    }

    public void Set(TKey key, TValue value) => (Volatile.Read(ref _entries) ?? Make()).AddOrUpdate(key, value);

    /// <summary>Removes the entry if it still holds this value.</summary>
    public bool Remove(TKey key, TValue value) =>
        Volatile.Read(ref _entries) is { } entries && entries.TryRemove(new KeyValuePair<TKey, TValue>(key, value));

    private ConcurrentLfu<TKey, TValue> Make()
    {
        var made = new ConcurrentLfu<TKey, TValue>(
            Environment.ProcessorCount, Math.Max(capacity, Least), new ForegroundScheduler(), EqualityComparer<TKey>.Default);
        return Interlocked.CompareExchange(ref _entries, made, null) ?? made;
    }
}
