using System.ComponentModel.DataAnnotations;

namespace Endpoints.Redis;

/// <summary>
/// Represents the options for sharing between the instances of an application through Redis. Checked when the application starts.
/// </summary>
public sealed class RedisSharingOptions
{
    /// <summary>Gets or sets the Redis servers, in the format of StackExchange.Redis: <c>localhost:6379</c>. Required.</summary>
    [Required]
    public string Configuration { get; set; } = "";

    /// <summary>
    /// Gets or sets the prefix of this application's keys. Instances with the same prefix share. The default is <c>endpoints</c>.
    /// </summary>
    [Required]
    [RegularExpression("[A-Za-z0-9_.-]{1,64}")]
    public string Prefix { get; set; } = "endpoints";

    /// <summary>
    /// Gets or sets the time limit for a decision. <see cref="RateLimitRule.OnStoreFailure"/> specifies what happens to the request when it
    /// is exceeded.
    /// </summary>
    /// <value>From 10 milliseconds to 10 seconds. The default is 250 milliseconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Gets or sets the time for which Redis is not queried after it failed to respond in time. From 100 milliseconds to 1 minute; the
    /// default is 1 second.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Gets or sets the smallest limit for which an instance takes permits in batches. A batch is a hundredth of the limit, at most 1,000
    /// permits, so that most requests cost no round trip. All instances together never admit more than the limit, and may admit fewer: an
    /// instance may hold permits that it does not use before they expire.
    /// </summary>
    /// <value>From 100. The default is 1,000. Use <see cref="int.MaxValue"/> to never batch.</value>
    [Range(100, int.MaxValue)]
    public int BatchFrom { get; set; } = 1_000;

    /// <summary>
    /// Gets or sets the time for which an instance may use the permits of a batch. From 10 milliseconds to 10 seconds; the default is 500
    /// milliseconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10", ParseLimitsInInvariantCulture = true)]
    public TimeSpan BatchLifetime { get; set; } = TimeSpan.FromMilliseconds(500);
}
