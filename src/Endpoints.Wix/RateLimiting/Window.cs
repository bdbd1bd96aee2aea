using Endpoints.Memory;

namespace Endpoints.Wix.RateLimiting;

/// <summary>What one key has used of its limit, since when. Guarded by itself.</summary>
/// <param name="now">When it begins.</param>
/// <param name="length">How long it is, in the clock's own steps.</param>
internal sealed class Window(long now, long length) : FairEntry
{
    private int _count;
    private long _end = now + length;

    public override int Weight => Volatile.Read(ref _count);

    public override bool IsOver(long now) => now >= Volatile.Read(ref _end);

    /// <summary>Whether so many can be taken.</summary>
    public bool Has(int permits, int limit, long now) => IsOver(now) || permits <= limit - _count;

    /// <summary>Takes permits, which it has.</summary>
    public void Take(int permits, long now)
    {
        // One that nobody has used yet begins with its first use.
        if (IsOver(now) || _count == 0)
            (_count, _end) = (0, now + length);
        _count += permits;
    }

    /// <summary>Gives a permit back that was taken in this window.</summary>
    public void Return(long now) => _count = IsOver(now) ? 0 : Math.Max(0, _count - 1);

    /// <summary>How long, in the clock's own steps, until it begins anew.</summary>
    public long Left(long now) => Math.Max(0, _end - now);
}
