namespace Endpoints.Tests.Clocks;

/// <summary>A clock that only the test moves. It has no timers of its own: nothing under test may wait by it.</summary>
/// <param name="of">The clock that this one goes by, if any.</param>
/// <param name="ahead">How far it is ahead of that one.</param>
internal class TestClock(TestClock? of = null, TimeSpan ahead = default) : TimeProvider
{
    private long _ticks = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero).UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    public override long GetTimestamp() => of is null ? Volatile.Read(ref _ticks) : of.GetTimestamp() + ahead.Ticks;

    public virtual void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    /// <summary>The clock of another machine, which is always so much ahead of this one.</summary>
    public TestClock Skewed(TimeSpan by) => new(this, by);
}
