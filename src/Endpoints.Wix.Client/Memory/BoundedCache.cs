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

    private readonly ConcurrentLfu<TKey, TValue> _entries =
        new(Environment.ProcessorCount, Math.Max(capacity, Least), new ForegroundScheduler(), EqualityComparer<TKey>.Default);

    /// <summary>Gets the number of entries, which takes a walk through all of them.</summary>
    public int Count => _entries.Count;

    public bool TryGet(TKey key, [NotNullWhen(true)] out TValue? value) => _entries.TryGet(key, out value);

    public void Set(TKey key, TValue value) => _entries.AddOrUpdate(key, value);

    /// <summary>Removes the entry if it still holds this value.</summary>
    public bool Remove(TKey key, TValue value) => _entries.TryRemove(new KeyValuePair<TKey, TValue>(key, value));
}
