namespace Endpoints.RateLimiting.Counting;

/// <summary>Represents the number of requests in progress.</summary>
/// <param name="frequency">The number of clock ticks per second.</param>
internal sealed class InProgress(long frequency) : Counter
{
    private int _count;

    protected override int Level => Volatile.Read(ref _count);

    public override int Weight => Volatile.Read(ref _count) == 0 ? 0 : int.MaxValue; // one that is in use is not forgotten

    public override bool IsOver(long now) => Volatile.Read(ref _count) == 0;

    public override int Used(long now) => _count;

    // Nobody knows when one ends.
    public override long Wait(int cost, int limit, long now) => cost <= limit - _count ? 0 : frequency;

    public override void Take(int cost, long now) => _count += cost;

    public override void Return(int cost, long now) => _count = Math.Max(0, _count - cost);

    public override long Left(long now) => _count == 0 ? 0 : frequency;

    public override void Clear() => _count = 0;
}
