namespace Endpoints.RateLimiting.Enforcing;

/// <summary>Provides extension methods for the counters of a decision.</summary>
internal static class CounterSpanExtensions
{
    /// <summary>Removes the counters of one limit. The others keep their order.</summary>
    /// <returns>The number of remaining counters.</returns>
    public static int LeaveOut(this Span<RateLimitCounter> counters, RateLimitScope scope)
    {
        var left = 0;
        foreach (var counter in counters)
        {
            if (!ReferenceEquals(counter.Key.Scope, scope))
                counters[left++] = counter;
        }

        return left;
    }
}
