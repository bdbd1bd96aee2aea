namespace Endpoints;

/// <summary>Counts requests against rate limits. Register an implementation to replace the default, which counts in this process's memory.</summary>
public interface IRateLimitStore
{
    /// <summary>Counts a request by every counter, or by none when one of them has no room.</summary>
    /// <remarks>The decision is atomic: of simultaneous requests exactly as many are admitted as there is room for.</remarks>
    /// <param name="counters">The counters, in the order in which they are asked. Valid until the returned task completes.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The decision; <see cref="RateLimitVerdict.Unavailable"/> when the store can't be asked in time.</returns>
    ValueTask<RateLimitVerdict> DecideAsync(ReadOnlyMemory<RateLimitCounter> counters, CancellationToken cancellationToken);

    /// <summary>Returns what a counter has counted, without counting.</summary>
    /// <param name="counter">The counter.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    ValueTask<RateLimitState> InspectAsync(RateLimitCounter counter, CancellationToken cancellationToken);

    /// <summary>Forgets what a counter has counted.</summary>
    /// <param name="counter">The counter.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    ValueTask ResetAsync(RateLimitCounter counter, CancellationToken cancellationToken);
}
