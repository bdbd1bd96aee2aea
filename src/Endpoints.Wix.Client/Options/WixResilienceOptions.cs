using System.ComponentModel.DataAnnotations;

namespace Endpoints.Wix;

/// <summary>Provides the settings for timeouts, retries and circuit breakers of calls to Wix. Setting <c>Wix:Resilience</c>.</summary>
/// <remarks>These settings are read when the application starts.</remarks>
public sealed class WixResilienceOptions
{
    /// <summary>Gets or sets how long a call to Wix may take, including retries and reading the response body.</summary>
    /// <value>From 100 milliseconds to 2 minutes. The default is 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:02:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Gets or sets how long a request for a token, or for the owner of a token, may take. If it takes longer, the request that waits for
    /// it is answered 503.
    /// </summary>
    /// <value>From 100 milliseconds to 1 minute. The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan TokenTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Gets or sets how many times a call that changes nothing is retried when Wix is busy (429, 503) or the connection fails.
    /// </summary>
    /// <remarks>
    /// Retries happen within the call's timeout and not before Wix's <c>Retry-After</c>; a call whose <c>Retry-After</c> is longer than 5
    /// seconds is not retried. Other calls are sent once.
    /// </remarks>
    /// <value>From 0 to 5. The default is 2.</value>
    [Range(0, 5)]
    public int MaxRetryAttempts { get; set; } = 2;

    /// <summary>Gets or sets how long a circuit stays open.</summary>
    /// <remarks>
    /// A circuit opens when at least half of eight or more calls within a minute get no response, or a gateway's 502, 503 or 504. While it
    /// is open, calls fail at once; then one call is let through. The token endpoint, token-info and the business APIs have a circuit each.
    /// </remarks>
    /// <value>From 500 milliseconds to 5 minutes. The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:05:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan CircuitBreakDuration { get; set; } = TimeSpan.FromSeconds(5);
}
