namespace Endpoints;

/// <summary>Represents a store's decision about a request.</summary>
/// <param name="IsAdmitted">
/// <see langword="true"/> if every counter had room; only then was the request counted, by all of them. Otherwise, <see langword="false"/>.
/// </param>
/// <param name="Counter">
/// The index of the counter that had no room or, for an admitted request, of the one with the least room left.
/// </param>
/// <param name="Remaining">The amount that this counter has left.</param>
/// <param name="RetryAfter">The time until this counter has room for such a request; zero for an admitted request.</param>
/// <param name="Reset">The time until this counter has its full limit again, if nothing is counted meanwhile.</param>
public readonly record struct RateLimitVerdict(bool IsAdmitted, int Counter, long Remaining, TimeSpan RetryAfter, TimeSpan Reset)
{
    /// <summary>Gets the verdict for a store that could not be reached in time.</summary>
    public static RateLimitVerdict Unavailable { get; } = new() { IsUnavailable = true };

    /// <summary>Gets a value that indicates whether the store could not be reached in time.</summary>
    public bool IsUnavailable { get; init; }

    /// <summary>
    /// Gets the object to dispose when the request has been handled, if a counter counts concurrent requests; otherwise,
    /// <see langword="null"/>.
    /// </summary>
    public IAsyncDisposable? Held { get; init; }
}
