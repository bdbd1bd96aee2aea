namespace Endpoints.Wix;

/// <summary>Wix gave no usable answer: none at all, none in time, or none that says what it has to. Unhandled in an endpoint, it becomes a 503.</summary>
public sealed class WixUnavailableException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What happened. It is logged: it must hold no tokens, and nothing that Wix wrote.</param>
    /// <param name="retryAfter">How long to wait before the next try; null when Wix did not say.</param>
    public WixUnavailableException(string message, TimeSpan? retryAfter = null)
        : base(message) => RetryAfter = retryAfter;

    /// <summary>How long to wait before the next try; null when Wix did not say.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>Whether Wix was not asked because the client's network has had its share: the client's doing, and not Wix's.</summary>
    internal bool IsRateLimit { get; init; }

    /// <summary>Whether Wix answered, and did not want to or could not say: what was asked may be the cause.</summary>
    internal bool IsUnusable { get; init; }
}
