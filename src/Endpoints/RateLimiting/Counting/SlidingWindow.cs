namespace Endpoints.RateLimiting.Counting;

/// <summary>Represents a window that moves by segments.</summary>
/// <remarks>
/// One extra segment is kept: an amount that was counted at a segment's end is not forgotten before a whole window has passed.
/// </remarks>
/// <param name="length">The length of the window.</param>
/// <param name="segments">The number of segments.</param>
internal sealed class SlidingWindow(long length, int segments) : Counter
{
    private readonly long _segment = Math.Max(1, (length + segments - 1) / segments);
    private readonly int[] _counts = new int[segments + 1];
    private long _current = long.MinValue;
    private int _used;

    protected override int Level => Volatile.Read(ref _used);

    public override bool IsOver(long now) =>
        Volatile.Read(ref _current) is var current && (current == long.MinValue || now / _segment - current >= _counts.Length);

    public override int Used(long now)
    {
        Move(now);
        return _used;
    }

    public override long Wait(int cost, int limit, long now)
    {
        Move(now);
        var missing = (long)cost + _used - limit;
        if (missing <= 0)
            return 0;
        for (var segment = _current - segments; segment <= _current; segment++)
        {
            missing -= _counts[Index(segment)];
            if (missing <= 0)
                return ((segment + _counts.Length) * _segment) - now;
        }

        return length; // more than there ever is
    }

    public override void Take(int cost, long now)
    {
        Move(now);
        _counts[Index(_current)] += cost;
        _used += cost;
    }

    public override void Return(int cost, long now)
    {
        Move(now);
        for (var segment = _current; segment >= _current - segments && cost > 0; segment--)
        {
            ref var count = ref _counts[Index(segment)];
            var returned = Math.Min(count, cost);
            count -= returned;
            cost -= returned;
            _used -= returned;
        }
    }

    public override long Left(long now)
    {
        Move(now);
        for (var segment = _current; segment >= _current - segments; segment--)
        {
            if (_counts[Index(segment)] > 0)
                return ((segment + _counts.Length) * _segment) - now;
        }

        return 0;
    }

    public override void Clear()
    {
        Array.Clear(_counts);
        _used = 0;
    }

    private int Index(long segment) => (int)(((segment % _counts.Length) + _counts.Length) % _counts.Length);

    private void Move(long now)
    {
        var current = now / _segment;
        if (current <= _current)
            return; // the clock never goes back
        var from = _current == long.MinValue || current - _current >= _counts.Length ? current - segments : _current + 1;
        for (var segment = from; segment <= current; segment++)
        {
            ref var count = ref _counts[Index(segment)];
            _used -= count;
            count = 0;
        }

        Volatile.Write(ref _current, current);
    }
}
