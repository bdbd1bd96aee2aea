namespace Endpoints.RateLimiting.Counting;

/// <summary>Represents a bucket that is refilled continuously, stored as the time at which it would be full.</summary>
/// <remarks>Times are multiplied by the limit, so that nothing is ever rounded.</remarks>
/// <param name="length">The time in which <paramref name="limit"/> tokens are added.</param>
/// <param name="limit">The number of tokens added in this time.</param>
internal sealed class TokenBucket(long length, int limit) : Counter
{
    private Int128 _full;
    private long _over;
    private int _used;

    protected override int Level => Volatile.Read(ref _used);

    public override bool IsOver(long now) => now >= Volatile.Read(ref _over);

    public override int Used(long now) => (int)Ceiling(Int128.Max(0, _full - Scaled(now)), length);

    public override long Wait(int cost, int available, long now)
    {
        var missing = Int128.Max(Scaled(now), _full) + ((Int128)cost * length) - Scaled(now) - ((Int128)available * length);
        return missing <= 0 ? 0 : cost > available ? length : (long)Ceiling(missing, limit);
    }

    public override void Take(int cost, long now) => Set(Int128.Max(Scaled(now), _full) + ((Int128)cost * length), now);

    public override void Return(int cost, long now) => Set(_full - ((Int128)cost * length), now);

    public override long Left(long now) => (long)Ceiling(Int128.Max(0, _full - Scaled(now)), limit);

    public override void Clear() => Set(0, 0);

    private Int128 Scaled(long now) => (Int128)now * limit;

    private void Set(Int128 full, long now)
    {
        _full = full;
        Volatile.Write(ref _over, (long)Ceiling(full, limit));
        Volatile.Write(ref _used, Used(now));
    }

    private static Int128 Ceiling(Int128 value, long divisor) => (value + divisor - 1) / divisor;
}
