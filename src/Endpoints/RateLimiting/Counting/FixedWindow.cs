namespace Endpoints.RateLimiting.Counting;

/// <summary>Represents a window that begins with its first use.</summary>
/// <param name="now">The time at which the window begins.</param>
/// <param name="length">The length of the window.</param>
internal sealed class FixedWindow(long now, long length) : Counter
{
    private int _count;
    private long _end = now + length;
    private long _sureUntil; // by the coarse clock, in milliseconds
    private int _slack;

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
            (_count, _sureUntil) = (0, 0);
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

    /// <summary>Takes an amount if the coarse clock is enough to be sure that the window has begun and not ended.</summary>
    /// <remarks>Reading the exact clock would cost more than all else that is done for an admitted request.</remarks>
    /// <param name="cost">The amount.</param>
    /// <param name="limit">The amount available at once.</param>
    /// <param name="coarse">The time of the coarse clock, in milliseconds.</param>
    /// <param name="used">The amount used, including what was taken.</param>
    /// <param name="left">The number of milliseconds until the window ends.</param>
    public bool TryTakeSurely(int cost, int limit, long coarse, out int used, out long left)
    {
        used = _count;
        left = _sureUntil - coarse;
        if (left <= 0 || used == 0 || cost > limit - used)
            return false;
        _count = used += cost;
        left += _slack;
        return true;
    }

    /// <summary>Notes when the window began by the coarse clock, read before the exact one.</summary>
    /// <param name="coarse">The time, in milliseconds.</param>
    /// <param name="window">The length of the window.</param>
    public void BeginCoarse(long coarse, TimeSpan window)
    {
        // The two clocks differ by a tick of the machine, and drift apart by far less than a thousandth.
        _slack = (int)Math.Max(100, window.TotalMilliseconds / 1000);
        _sureUntil = coarse + (long)window.TotalMilliseconds - _slack;
    }

    public override void Return(int cost, long now) => _count = IsOver(now) ? 0 : Math.Max(0, _count - cost);

    public override long Left(long now) => Math.Max(0, _end - now);

    public override void Clear() => _count = 0;
}
