namespace Endpoints;

/// <summary>Specifies how a rate limit counts.</summary>
public enum RateLimitAlgorithm
{
    /// <summary>A window of fixed length that begins with a key's first request. The limit is available again when it ends.</summary>
    FixedWindow,

    /// <summary>
    /// A window that moves in segments. No interval of the window's length ever has more than the limit; a request is forgotten up to one segment later than it would have to be.
    /// </summary>
    SlidingWindow,

    /// <summary>A bucket that holds a burst of requests and is refilled continuously, at the rate of the limit per window.</summary>
    TokenBucket,

    /// <summary>The number of requests that are handled at the same time. The window bounds how long a crashed process can hold its places in a shared store.</summary>
    Concurrency,
}
