using Endpoints.Problems;
using Endpoints.Wix.Problems;

namespace Endpoints.Wix;

/// <summary>Wix gave no usable answer: none at all, none in time, or none that says what it has to. Unhandled in an endpoint, it becomes a 503.</summary>
public sealed class WixUnavailableException : Exception, IProblemException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What happened. It is logged: it must hold no tokens, and nothing that Wix wrote.</param>
    /// <param name="retryAfter">How long to wait before the next try; null when Wix did not say.</param>
    public WixUnavailableException(string message, TimeSpan? retryAfter = null)
        : base(message) => RetryAfter = retryAfter;

    /// <summary>How long to wait before the next try; null when Wix did not say.</summary>
    public TimeSpan? RetryAfter { get; }

    Problem IProblemException.Problem => WixProblems.Unavailable(RetryAfter);
}
