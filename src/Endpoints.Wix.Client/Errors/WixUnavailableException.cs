namespace Endpoints.Wix;

/// <summary>
/// The exception that is thrown when Wix gives no usable answer: none at all, none in time, or an incomplete one. If an endpoint does not
/// handle it, it becomes a 503.
/// </summary>
public sealed class WixUnavailableException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="WixUnavailableException"/> class.</summary>
    /// <param name="message">
    /// The message that describes the error. It is logged, so it must contain no tokens, and nothing that Wix wrote.
    /// </param>
    /// <param name="retryAfter">The time to wait before the next try; <see langword="null"/> if Wix did not specify one.</param>
    public WixUnavailableException(string message, TimeSpan? retryAfter = null)
        : base(message) => RetryAfter = retryAfter;

    /// <summary>Gets the time to wait before the next try; <see langword="null"/> if Wix did not specify one.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>
    /// Gets a value that indicates whether Wix was not asked because the client's network has reached its limit: the client's doing, and
    /// not Wix's.
    /// </summary>
    internal bool IsRateLimit { get; init; }

    /// <summary>
    /// Gets a value that indicates whether Wix answered without giving a usable result. The request itself may be the cause.
    /// </summary>
    internal bool IsUnusable { get; init; }
}
