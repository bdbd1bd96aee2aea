namespace Endpoints.RateLimiting.Enforcing;

/// <summary>Changes what a decision is about.</summary>
internal static class CounterSpanExtensions
{
    /// <summary>Leaves out the counters of one limit; the others keep their order.</summary>
    /// <returns>How many are left.</returns>
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
