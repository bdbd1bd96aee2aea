using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Endpoints.Memory;

/// <summary>A bounded table of what is known of clients, who may make as many keys as they like.</summary>
/// <remarks>
/// Thread-safe; finding takes no lock. Entries that are over go by themselves as others come. When the table is full, a new key takes the place of the lightest entry of the neighbourhood that has
/// most of them, or of all where none has many: whoever fills the table pays for it, whoever is new has room, and a heavy entry, which is somebody's who is over a limit, stays while there are
/// lighter ones. A neighbourhood that has an eighth of the table, and more than any other, gets no more: its further keys share one entry.
/// </remarks>
/// <param name="capacity">How many entries there are at most.</param>
/// <param name="make">Makes an entry, from its key and the time at which it begins. The one that a neighbourhood shares is made of the key that needs it first.</param>
/// <param name="neighbourhood">What many keys of one client have in common; null when nothing is known to be.</param>
/// <param name="shares">Whether a neighbourhood that has filled the table shares an entry; else each new one takes the place of another of its own.</param>
internal sealed class FairTable<TKey, TEntry>(int capacity, Func<TKey, long, TEntry> make, Func<TKey, ulong>? neighbourhood, bool shares)
    where TKey : notnull
    where TEntry : FairEntry
{
    private const int Looked = 16;

    private readonly ConcurrentDictionary<TKey, Place> _places = new();
    private readonly Dictionary<ulong, Group> _groups = [];
    private readonly List<List<Group>> _bySize = [[]]; // those that have so many members
    private readonly List<Place> _all = [];
    private readonly Lock _gate = new();
    private int _largest;
    private int _turn;
    private long _made;
    private uint _chance = (uint)RandomNumberGenerator.GetInt32(1, int.MaxValue);
    private int _count; // the dictionary would lock itself to count

    public int Count => Volatile.Read(ref _count);

    /// <summary>The key's entry; null when it has none.</summary>
    public TEntry? Find(TKey key) => _places.TryGetValue(key, out var place) ? place.Entry : null;

    /// <summary>The key's entry, made now if there is none.</summary>
    /// <param name="key">The key.</param>
    /// <param name="now">The time by which entries are over.</param>
    /// <param name="isShared">Whether it is the one entry of a neighbourhood that has filled the table.</param>
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
            if (_places.TryGetValue(key, out var known))
                return known.Entry;
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
            _places[key] = place;
            _count++;
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
        _places.TryRemove(new(place.Key, place));
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
        public TKey Key { get; } = key;

        public TEntry Entry { get; } = entry;

        public Group Group { get; } = group;

        public long Number { get; } = number;

        /// <summary>Where it is among all.</summary>
        public int Turn { get; set; }

        /// <summary>Where it is in its group.</summary>
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
