using System.Security.Cryptography;

namespace Endpoints.Memory;

/// <summary>Represents a bounded table of entries for clients, who may create any number of keys.</summary>
/// <remarks>
/// Thread-safe; a lookup takes no lock, and touches one bucket, one place and its entry. Expired entries are removed as others are added.
/// When the table is full, a new key replaces the lightest entry of the largest neighbourhood, or of all if none has many. So the cost
/// falls on whoever fills the table, new clients have room, and a heavy entry, which belongs to a client over a limit, stays while there
/// are lighter ones. A neighbourhood that has an eighth of the table, and more than any other, gets no more: its further keys share one
/// entry.
/// </remarks>
/// <param name="capacity">The maximum number of entries.</param>
/// <param name="make">
/// The function that creates an entry from its key and its start time. The entry that a neighbourhood shares is created from the key that
/// needs it first.
/// </param>
/// <param name="neighbourhood">
/// The function that returns a value that many keys of one client have in common, or null if there is none.
/// </param>
/// <param name="shares">
/// <see langword="true"/> if a neighbourhood that has filled the table shares an entry; <see langword="false"/> if each of its new entries
/// replaces another of its own.
/// </param>
internal sealed class FairTable<TKey, TEntry>(int capacity, Func<TKey, long, TEntry> make, Func<TKey, ulong>? neighbourhood, bool shares)
    where TKey : notnull
    where TEntry : FairEntry
{
    private const int Looked = 16;

    private Place?[] _buckets = new Place?[64]; // twice as many as there are places, so that most have one
    private readonly Dictionary<ulong, Group> _groups = [];
    private readonly List<List<Group>> _bySize = [[]]; // those that have so many members
    private readonly List<Place> _all = [];
    private readonly Lock _gate = new();
    private int _largest;
    private int _turn;
    private long _made;
    private uint _chance = (uint)RandomNumberGenerator.GetInt32(1, int.MaxValue);
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Returns the key's entry, or null if it has none.</summary>
    public TEntry? Find(TKey key)
    {
        var hash = key.GetHashCode();
        var buckets = Volatile.Read(ref _buckets);
        // A chain that is changed meanwhile may lose its reader, who then looks again under the lock, and never leads in a circle: places
        // move to the front of other chains, and what was taken out still leads on.
        for (var place = Volatile.Read(ref buckets[hash & (buckets.Length - 1)]); place is not null; place = Volatile.Read(ref place.Next))
        {
            if (place.Hash == hash && EqualityComparer<TKey>.Default.Equals(place.Key, key))
                return place.Entry;
        }

        return null;
    }

    /// <summary>Returns the key's entry, creating it if there is none.</summary>
    /// <param name="key">The key.</param>
    /// <param name="now">The time at which expiry is determined.</param>
    /// <param name="isShared">
    /// <see langword="true"/> if it is the shared entry of a neighbourhood that has filled the table; otherwise, <see langword="false"/>.
    /// </param>
    public TEntry FindOrAdd(TKey key, long now, out bool isShared)
    {
        isShared = false;
        return Find(key) ?? Add(key, now, out isShared);
    }

    private TEntry Add(TKey key, long now, out bool isShared)
    {
        isShared = false;
        lock (_gate)
        {
            if (Find(key) is { } known)
                return known;
            DropSomeThatAreOver(now);
            var id = neighbourhood?.Invoke(key) ?? 0;
            if (_count >= capacity)
            {
                if (shares && _largest > capacity / 8 && _groups.TryGetValue(id, out var own) && own.Members.Count == _largest)
                {
                    isShared = true;
                    return own.Shared ??= make(key, now);
                }

                Remove(Lightest(now));
            }

            if (!_groups.TryGetValue(id, out var group))
                _groups.Add(id, group = new(id));
            var place = new Place(key, make(key, now), group, ++_made);
            Unlist(group);
            place.Index = group.Members.Count;
            group.Members.Add(place);
            List(group);
            place.Turn = _all.Count;
            _all.Add(place);
            _count++;
            Chain(place);
            return place.Entry;
        }
    }

    // A few with each that comes, so that nobody waits for a look through them all, and what is there is not much more than what counts.
    private void DropSomeThatAreOver(long now)
    {
        for (var looked = Math.Min(_count, _count >= capacity ? Looked : 2); looked > 0 && _count > 0; looked--)
        {
            _turn = _turn == 0 || _turn > _count ? _count - 1 : _turn - 1;
            if (_all[_turn].Entry.IsOver(now))
                Remove(_all[_turn]);
        }
    }

    private Place Lightest(long now)
    {
        var groups = _bySize[_largest];
        var hasLargest = _largest > capacity / 64;
        Place? lightest = null;
        var least = int.MaxValue;
        for (var looked = 0; looked < Looked; looked++)
        {
            var among = hasLargest ? groups[Chance(groups.Count)].Members : _all;
            var place = among[Chance(among.Count)];
            var weight = place.Entry.IsOver(now) ? -1 : place.Entry.Weight;
            // Of equals the later goes: who came early, and may have had its share, stays.
            if (lightest is null || weight < least || (weight == least && place.Number > lightest.Number))
                (lightest, least) = (place, weight);
        }

        return lightest!; // the table is full of them
    }

    // Nobody can lay heavy entries where only they are looked at.
    private int Chance(int below)
    {
        _chance ^= _chance << 13;
        _chance ^= _chance >> 17;
        _chance ^= _chance << 5;
        return (int)(_chance % (uint)below);
    }

    private void Remove(Place place)
    {
        Unchain(place);
        _count--;
        (_all[place.Turn], _all[^1].Turn) = (_all[^1], place.Turn);
        _all.RemoveAt(_all.Count - 1);
        var group = place.Group;
        Unlist(group);
        var last = group.Members[^1];
        (group.Members[place.Index], last.Index) = (last, place.Index);
        group.Members.RemoveAt(group.Members.Count - 1);
        if (group.Members.Count == 0)
            _groups.Remove(group.Id);
        else
            List(group);
        while (_largest > 0 && _bySize[_largest].Count == 0)
            _largest--; // by one
    }

    private void Chain(Place place)
    {
        if (_count * 2L > _buckets.Length && _buckets.Length < 1 << 30)
        {
            var larger = new Place?[_buckets.Length * 2];
            foreach (var one in _all)
            {
                if (!ReferenceEquals(one, place))
                    Link(larger, one);
            }

            Volatile.Write(ref _buckets, larger);
        }

        Link(_buckets, place);
    }

    private static void Link(Place?[] buckets, Place place)
    {
        ref var first = ref buckets[place.Hash & (buckets.Length - 1)];
        Volatile.Write(ref place.Next, first);
        Volatile.Write(ref first, place); // whoever finds it can go on from it
    }

    private void Unchain(Place place)
    {
        ref var next = ref _buckets[place.Hash & (_buckets.Length - 1)];
        while (!ReferenceEquals(next, place))
            next = ref next!.Next; // it is in the chain
        Volatile.Write(ref next, place.Next);
    }

    private void List(Group group)
    {
        var size = group.Members.Count;
        if (size == _bySize.Count)
            _bySize.Add([]);
        group.Index = _bySize[size].Count;
        _bySize[size].Add(group);
        _largest = Math.Max(_largest, size);
    }

    private void Unlist(Group group)
    {
        var size = group.Members.Count;
        if (size == 0)
            return; // a new one
        var last = _bySize[size][^1];
        (_bySize[size][group.Index], last.Index) = (last, group.Index);
        _bySize[size].RemoveAt(_bySize[size].Count - 1);
    }

    private sealed class Place(TKey key, TEntry entry, Group group, long number)
    {
        /// <summary>The place that follows in its bucket's chain.</summary>
        public Place? Next;

        public int Hash { get; } = key.GetHashCode();

        public TKey Key { get; } = key;

        public TEntry Entry { get; } = entry;

        public Group Group { get; } = group;

        public long Number { get; } = number;

        /// <summary>Gets or sets its index among all entries.</summary>
        public int Turn { get; set; }

        /// <summary>Gets or sets its index in its group.</summary>
        public int Index { get; set; }
    }

    private sealed class Group(ulong id)
    {
        public ulong Id { get; } = id;

        public List<Place> Members { get; } = [];

        public TEntry? Shared { get; set; }

        public int Index { get; set; }
    }
}
