namespace Endpoints;

/// <summary>Specifies the algorithm of a rate limit.</summary>
public enum RateLimitAlgorithm
{
    /// <summary>A window of fixed length that begins with a key's first request. The limit is available again when it ends.</summary>
    FixedWindow,

    /// <summary>
    /// A window that moves in segments. No interval of the window's length ever admits more than the limit. A request is forgotten up to
    /// one segment later than necessary.
    /// </summary>
    SlidingWindow,

    /// <summary>A bucket that holds a burst of requests and is refilled continuously, at the rate of the limit per window.</summary>
    TokenBucket,

    /// <summary>
    /// The number of requests that are handled at the same time. The window limits how long a crashed process can hold its places in a
    /// shared store.
    /// </summary>
    Concurrency,
}
