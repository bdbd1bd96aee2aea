using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Http;

/// <summary>Measures the difference between this machine's clock and Wix's, by the <c>Date</c> of Wix's answers.</summary>
/// <remarks>
/// Thread-safe. Nothing is decided by it: tokens live by this machine's clock from when they were asked for. But Wix names the end of a
/// caller's token by its own clock, so that a wrong one refuses good tokens early or takes them for good a little longer, and somebody
/// should hear of it.
/// </remarks>
internal sealed partial class WixClock(TimeProvider time, ILogger<WixClock> logger)
{
    /// <summary>The tolerated difference. A smaller one may be due to the network and to whole seconds.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    private long _ahead;
    private int _isOff;

    /// <summary>Gets how far this clock was ahead of Wix's at the latest answer; negative if it was behind.</summary>
    public TimeSpan Ahead => new(Interlocked.Read(ref _ahead));

    public bool IsOff => Ahead.Duration() > Tolerance;

    /// <summary>Takes note of an answer's date.</summary>
    public void Hear(DateTimeOffset? date)
    {
        if (date is not { } wixs)
            return;
        Interlocked.Exchange(ref _ahead, (time.GetUtcNow() - wixs).Ticks);
        var isOff = IsOff ? 1 : 0;
        if (Interlocked.Exchange(ref _isOff, isOff) == isOff)
            return;
        if (isOff == 1)
            LogOff(Ahead);
        else
            LogRight();
    }

    [LoggerMessage(1, LogLevel.Warning,
        "This machine's clock is {Ahead} ahead of Wix's (negative: behind); callers' tokens expire too early or too late by as much. Is "
        + "its time synchronized?")]
    private partial void LogOff(TimeSpan ahead);

    [LoggerMessage(2, LogLevel.Information, "This machine's clock agrees with Wix's clock again")]
    private partial void LogRight();
}
