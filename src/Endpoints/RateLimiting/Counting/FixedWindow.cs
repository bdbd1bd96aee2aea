namespace Endpoints.RateLimiting.Counting;

/// <summary>Represents a window that begins with its first use.</summary>
/// <param name="now">The time at which the window begins.</param>
/// <param name="length">The length of the window.</param>
internal sealed class FixedWindow(long now, long length) : Counter
{
    private int _count;
    private long _end = now + length;

    protected override int Level => Volatile.Read(ref _count);

    public override bool IsOver(long now) => now >= Volatile.Read(ref _end);

    public override int Used(long now) => IsOver(now) ? 0 : _count;

    /// <summary>Determines whether the permits can be taken.</summary>
    public bool Has(int permits, int limit, long now) => permits <= limit - Used(now);

    public override long Wait(int cost, int limit, long now) => Has(cost, limit, now) ? 0 : cost > limit ? length : Math.Max(1, Left(now));

    public override void Take(int cost, long now)
    {
        // One that nobody has used yet begins with its first use.
        if (IsOver(now) || _count == 0)
        {
            _count = 0;
            Volatile.Write(ref _end, now + length);
        }

        _count += cost;
    }

    public override long TryTake(int cost, int limit, long now, out int used, out long left)
    {
        used = _count;
        left = _end - now;
        if (left > 0 && used > 0 && cost <= limit - used)
        {
            _count = used += cost;
            return 0;
        }

        return base.TryTake(cost, limit, now, out used, out left);
    }

    public override void Return(int cost, long now) => _count = IsOver(now) ? 0 : Math.Max(0, _count - cost);

    public override long Left(long now) => Math.Max(0, _end - now);

    public override void Clear() => _count = 0;
}
