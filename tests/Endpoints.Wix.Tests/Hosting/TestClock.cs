namespace Endpoints.Wix.Tests.Hosting;

/// <summary>A clock that only the test moves. It has no timers of its own: nothing under test may wait by it.</summary>
internal class TestClock : TimeProvider
{
    private long _ticks = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero).UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    public virtual void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
