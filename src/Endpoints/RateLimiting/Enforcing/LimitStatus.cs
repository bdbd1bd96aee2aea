using System.Globalization;

namespace Endpoints.RateLimiting.Enforcing;

/// <summary>Represents what a limit has left for one client.</summary>
/// <param name="Limit">The amount available at once.</param>
/// <param name="Remaining">The amount that is left.</param>
/// <param name="Reset">The time until all of it is available again; zero if it is.</param>
internal sealed record LimitStatus(long Limit, long Remaining, TimeSpan Reset)
{
    /// <summary>Gets the time in whole seconds, rounded up.</summary>
    public long ResetSeconds => (long)Math.Ceiling(Reset.TotalSeconds);

    /// <summary>Returns the text for the list of endpoints.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"for you: {Remaining} of {Limit} left{(ResetSeconds > 0 ? $", all of them in {ResetSeconds} s" : "")}");
}
