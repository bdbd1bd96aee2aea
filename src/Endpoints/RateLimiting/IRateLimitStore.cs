namespace Endpoints;

/// <summary>
/// Counts requests against rate limits. Register an implementation to replace the default, which counts in this process's memory.
/// </summary>
public interface IRateLimitStore
{
    /// <summary>Counts a request on every counter, or on none if one of them has no room.</summary>
    /// <remarks>The decision is atomic: of simultaneous requests, exactly as many are admitted as there is room for.</remarks>
    /// <param name="counters">The counters, in the order in which they are checked. Valid until the returned task completes.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>
    /// A task that returns the decision, or <see cref="RateLimitVerdict.Unavailable"/> if the store can't be reached in time.
    /// </returns>
    ValueTask<RateLimitVerdict> DecideAsync(ReadOnlyMemory<RateLimitCounter> counters, CancellationToken cancellationToken);

    /// <summary>Returns the state of a counter, without counting a request.</summary>
    /// <param name="counter">The counter.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that returns the state of the counter.</returns>
    ValueTask<RateLimitState> InspectAsync(RateLimitCounter counter, CancellationToken cancellationToken);

    /// <summary>Resets a counter.</summary>
    /// <param name="counter">The counter.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that represents the asynchronous operation.</returns>
    ValueTask ResetAsync(RateLimitCounter counter, CancellationToken cancellationToken);
}
