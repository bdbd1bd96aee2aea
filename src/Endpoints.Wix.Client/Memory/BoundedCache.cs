using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Endpoints.Wix.Memory;

/// <summary>A dictionary that never holds more than so many entries: those used least are dropped for new ones.</summary>
/// <remarks>
/// Thread-safe; reading takes no lock. Callers may make as many keys as they like: past the capacity the entries go in the order in which
/// they came, but one that was read since its last turn gets another.
/// </remarks>
internal sealed class BoundedCache<TKey, TValue>(int capacity)
    where TKey : notnull
    where TValue : class
{
    private readonly ConcurrentDictionary<TKey, Entry> _entries = new();
    private readonly Queue<Entry> _turns = new();
    private readonly Lock _gate = new();

    public int Count => _entries.Count;

    public bool TryGet(TKey key, [NotNullWhen(true)] out TValue? value)
    {
        if (_entries.TryGetValue(key, out var entry))
        {
            if (!entry.Used)
                entry.Used = true;
            value = entry.Value;
            return true;
        }

        value = null;
        return false;
    }

    public void Set(TKey key, TValue value)
    {
        var entry = new Entry(key, value);
        lock (_gate)
        {
            _entries[key] = entry;
            _turns.Enqueue(entry);
            // Turns of entries that were replaced or removed pile up; there are some whenever there are more turns than entries.
            while (_entries.Count > capacity || _turns.Count > 2 * capacity)
                DropOne();
        }
    }

    /// <summary>Removes the entry if it still holds this value.</summary>
    public bool Remove(TKey key, TValue value) =>
        _entries.TryGetValue(key, out var entry) && ReferenceEquals(entry.Value, value) && _entries.TryRemove(new(key, entry));

    private void DropOne()
    {
        var entry = _turns.Dequeue();
        if (!_entries.TryGetValue(entry.Key, out var current) || !ReferenceEquals(current, entry))
            return; // replaced or removed since
        if (entry.Used || _entries.Count <= capacity)
        {
            entry.Used = false;
            _turns.Enqueue(entry);
            return;
        }

        _entries.TryRemove(new(entry.Key, entry));
    }

    private sealed class Entry(TKey key, TValue value)
    {
        public TKey Key { get; } = key;

        public TValue Value { get; } = value;

        public volatile bool Used;
    }
}
