namespace Endpoints.Wix.Emulator.Values;

/// <summary>Represents a set that removes its oldest members beyond a capacity. It is safe for concurrent use.</summary>
internal sealed class RecentSet(int capacity)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _members = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Adds a member. Returns <see langword="false"/> if it is already in the set.</summary>
    public bool Add(string member)
    {
        lock (_gate)
        {
            if (!_members.Add(member))
                return false;
            _order.Enqueue(member);
            if (_order.Count > capacity)
                _members.Remove(_order.Dequeue());
            return true;
        }
    }

    public bool Contains(string member)
    {
        lock (_gate)
            return _members.Contains(member);
    }
}
