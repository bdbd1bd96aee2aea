using System.Security.Cryptography;

namespace Endpoints.Memory;

/// <summary>Represents a bounded table of entries for clients, who may create any number of keys.</summary>
/// <remarks>
/// Thread-safe; a lookup takes no lock. With many keys its cost is the memory that it touches: four bytes of a bucket, one slot, one place
/// and its entry. Expired entries are removed as others are added.
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

    private Table _table = new(32);
    private readonly Dictionary<ulong, Group> _groups = [];
    private readonly List<List<Group>> _bySize = [[]]; // those that have so many members
    private readonly Lock _gate = new();
    private int _largest;
    private int _turn;
    private long _made;
    private uint _chance = (uint)RandomNumberGenerator.GetInt32(1, int.MaxValue);
    private int _count;
    private int _moves; // odd while a place moves

    public int Count => Volatile.Read(ref _count);

    /// <summary>Returns the key's entry, or null if it has none.</summary>
    public TEntry? Find(in TKey key)
    {
        var hash = key.GetHashCode();
        var moves = Volatile.Read(ref _moves);
        var table = Volatile.Read(ref _table);
        var next = Volatile.Read(ref table.BucketOf(hash));
        // What a slot says is a hint until its place has the key: places don't change.
        for (var looked = 0; next > 0 && looked < table.Slots.Length; looked++)
        {
            ref var slot = ref table.Slots[next - 1];
            if (slot.Hash == hash && Volatile.Read(ref slot.Place) is { } place && EqualityComparer<TKey>.Default.Equals(place.Key, key))
                return place.Entry;
            next = Volatile.Read(ref slot.Next);
        }

        if ((moves & 1) == 0 && Volatile.Read(ref _moves) == moves)
            return null;
        // A place that moves is missed by whoever looks for it meanwhile.
        lock (_gate)
            return Find(key);
    }

    /// <summary>Returns the key's entry, creating it if there is none.</summary>
    /// <param name="key">The key.</param>
    /// <param name="now">The time at which expiry is determined.</param>
    /// <param name="isShared">
    /// <see langword="true"/> if it is the shared entry of a neighbourhood that has filled the table; otherwise, <see langword="false"/>.
    /// </param>
    public TEntry FindOrAdd(in TKey key, long now, out bool isShared)
    {
        isShared = false;
        return Find(key) ?? Add(key, now, out isShared);
    }

    private TEntry Add(in TKey key, long now, out bool isShared)
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
            Put(place);
            return place.Entry;
        }
    }

    // A few with each that comes, so that nobody waits for a look through them all, and what is there is not much more than what counts.
    private void DropSomeThatAreOver(long now)
    {
        for (var looked = Math.Min(_count, _count >= capacity ? Looked : 2); looked > 0 && _count > 0; looked--)
        {
            _turn = _turn == 0 || _turn > _count ? _count - 1 : _turn - 1;
            if (PlaceAt(_turn) is var place && place.Entry.IsOver(now))
                Remove(place);
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
            var members = hasLargest ? groups[Chance(groups.Count)].Members : null;
            var place = members is null ? PlaceAt(Chance(_count)) : members[Chance(members.Count)];
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
        Take(place);
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

    private Place PlaceAt(int index) => _table.Slots[index].Place!; // all before the count have one

    private void Put(Place place)
    {
        if (_count == _table.Slots.Length)
        {
            var larger = new Table(2 * _count);
            for (var index = 0; index < _count; index++)
                larger.Link(index, _table.Slots[index].Hash, _table.Slots[index].Place!);
            Volatile.Write(ref _table, larger);
        }

        place.Turn = _count;
        _table.Link(_count, place.Key.GetHashCode(), place);
        _count++;
    }

    private void Take(Place place)
    {
        // The last takes the slot, so that there are no holes.
        var index = place.Turn;
        Volatile.Write(ref _moves, _moves + 1);
        _table.Unlink(index);
        _count--;
        if (index != _count)
        {
            var last = _table.Slots[_count];
            _table.Unlink(_count);
            last.Place!.Turn = index; // it was not the one that goes
            _table.Link(index, last.Hash, last.Place);
        }

        _table.Slots[_count].Place = null;
        Volatile.Write(ref _moves, _moves + 1);
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

    /// <summary>Represents the slots, which are in the order in which keys came, and the chains through them.</summary>
    private sealed class Table(int capacity)
    {
        /// <summary>Gets the numbers of the first slots of chains, from 1: twice as many as slots, so that most chains have one.</summary>
        public int[] Buckets { get; } = new int[2 * capacity];

        public Slot[] Slots { get; } = new Slot[capacity];

        public ref int BucketOf(int hash) => ref Buckets[hash & (Buckets.Length - 1)];

        public void Link(int index, int hash, Place place)
        {
            ref var slot = ref Slots[index];
            ref var first = ref BucketOf(hash);
            slot.Hash = hash;
            Volatile.Write(ref slot.Place, place);
            Volatile.Write(ref slot.Next, first);
            Volatile.Write(ref first, index + 1); // whoever finds it can go on from it
        }

        public void Unlink(int index)
        {
            ref var next = ref BucketOf(Slots[index].Hash);
            while (next != index + 1)
                next = ref Slots[next - 1].Next; // it is in the chain
            Volatile.Write(ref next, Slots[index].Next);
        }
    }

    private struct Slot
    {
        public int Hash;

        /// <summary>The number of the slot that follows in the chain, from 1; 0 for none.</summary>
        public int Next;

        public Place? Place;
    }

    private sealed class Place(TKey key, TEntry entry, Group group, long number)
    {
        public TKey Key { get; } = key;

        public TEntry Entry { get; } = entry;

        public Group Group { get; } = group;

        public long Number { get; } = number;

        /// <summary>Gets or sets the index of its slot.</summary>
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
