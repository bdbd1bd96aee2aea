using System.Diagnostics.CodeAnalysis;
using Endpoints.Memory;

namespace Endpoints.Wix.Memory;

/// <summary>Caches values for clients that may create any number of keys, for as long as each value is useful.</summary>
/// <remarks>
/// Thread-safe. When it is full, it is the neighbourhood with most entries that loses one, of those the one that would end first (see
/// <see cref="FairTable{TKey, TEntry}"/>).
/// </remarks>
/// <param name="capacity">The maximum number of entries.</param>
/// <param name="time">The clock.</param>
internal sealed class FairCache<TKey, TValue>(int capacity, TimeProvider time)
    where TKey : notnull, IEquatable<TKey>
    where TValue : class
{
    private readonly FairTable<Key, Slot> _slots = new(capacity, static (_, _) => new Slot(), static key => key.Neighbourhood,
        shares: false);

    public int Count => _slots.Count;

    public bool TryGet(TKey key, [NotNullWhen(true)] out TValue? value)
    {
        value = _slots.Find(new(key, 0)) is { } slot && !slot.IsOver(Now) ? slot.Value : null;
        return value is not null;
    }

    /// <summary>Stores a value.</summary>
    /// <param name="key">The key of the value.</param>
    /// <param name="neighbourhood">The number that many keys of one client have in common.</param>
    /// <param name="value">The value.</param>
    /// <param name="until">The time until which the value is useful.</param>
    public void Set(TKey key, ulong neighbourhood, TValue value, DateTimeOffset until) =>
        _slots.FindOrAdd(new(key, neighbourhood), Now, out _).Set(value, until.UtcTicks);

    /// <summary>Stores a value if there is none for the key.</summary>
    /// <returns><see langword="true"/> if there was none; otherwise, <see langword="false"/>.</returns>
    public bool TryAdd(TKey key, ulong neighbourhood, TValue value, DateTimeOffset until) =>
        _slots.FindOrAdd(new(key, neighbourhood), Now, out _).TryAdd(value, until.UtcTicks, Now);

    private long Now => time.GetUtcNow().UtcTicks;

    private readonly struct Key(TKey key, ulong neighbourhood) : IEquatable<Key>
    {
        private readonly TKey _key = key;

        public ulong Neighbourhood { get; } = neighbourhood;

        public bool Equals(Key other) => _key.Equals(other._key);

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode() => _key.GetHashCode();
    }

    private sealed class Slot : FairEntry
    {
        private readonly Lock _gate = new();
        private TValue? _value;
        private long _until = long.MaxValue; // until it is set, which is at once

        public TValue? Value => Volatile.Read(ref _value);

        public override int Weight => (int)Math.Min(int.MaxValue, Volatile.Read(ref _until) / TimeSpan.TicksPerMinute);

        public override bool IsOver(long now) => now >= Volatile.Read(ref _until);

        public void Set(TValue value, long until)
        {
            lock (_gate)
            {
                Volatile.Write(ref _value, value);
                Volatile.Write(ref _until, until);
            }
        }

        public bool TryAdd(TValue value, long until, long now)
        {
            lock (_gate)
            {
                if (_value is not null && !IsOver(now))
                    return false;
                Set(value, until);
                return true;
            }
        }
    }
}
