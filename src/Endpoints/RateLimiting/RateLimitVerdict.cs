namespace Endpoints;

/// <summary>Represents a store's decision about a request.</summary>
/// <param name="IsAdmitted">Whether every counter had room. Only then has the request been counted, by all of them.</param>
/// <param name="Counter">The index of the counter that had no room; for an admitted request, of the one with the least room left.</param>
/// <param name="Remaining">How much that counter has left.</param>
/// <param name="RetryAfter">How long to wait until that counter has room for such a request; zero for an admitted request.</param>
/// <param name="Reset">How long it takes until that counter has all of its limit again, if nothing is counted meanwhile.</param>
public readonly record struct RateLimitVerdict(bool IsAdmitted, int Counter, long Remaining, TimeSpan RetryAfter, TimeSpan Reset)
{
    /// <summary>Gets a verdict that says that the store could not be asked in time.</summary>
    public static RateLimitVerdict Unavailable { get; } = new() { IsUnavailable = true };

    /// <summary>Gets a value indicating whether the store could not be asked in time.</summary>
    public bool IsUnavailable { get; init; }

    /// <summary>Gets what is disposed when the request has been handled, where a counter counts requests at the same time; otherwise null.</summary>
    public IAsyncDisposable? Held { get; init; }
}
