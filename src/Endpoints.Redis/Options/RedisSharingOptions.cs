using System.ComponentModel.DataAnnotations;

namespace Endpoints.Redis;

/// <summary>Represents how the instances of an application share through Redis. Checked when the application starts.</summary>
public sealed class RedisSharingOptions
{
    /// <summary>Gets or sets the servers, as StackExchange.Redis reads them: <c>localhost:6379</c>. Required.</summary>
    [Required]
    public string Configuration { get; set; } = "";

    /// <summary>Gets or sets what the keys of this application begin with. Instances with the same one share. The default is <c>endpoints</c>.</summary>
    [Required]
    [RegularExpression("[A-Za-z0-9_.-]{1,64}")]
    public string Prefix { get; set; } = "endpoints";

    /// <summary>Gets or sets how long a decision may take. A rule says what happens to the request then (<see cref="RateLimitRule.OnStoreFailure"/>).</summary>
    /// <value>From 10 milliseconds to 10 seconds. The default is 250 milliseconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Gets or sets how long Redis is left alone after it has failed to answer in time. From 100 milliseconds to 1 minute; the default is 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Gets or sets from which limit on an instance takes permits in batches of a hundredth of the limit, at most 1,000, so that most requests cost no round trip. The total stays exact; an instance may
    /// hold permits that it doesn't use before they expire.
    /// </summary>
    /// <value>From 100. The default is 1,000. <see cref="int.MaxValue"/> for never.</value>
    [Range(100, int.MaxValue)]
    public int BatchFrom { get; set; } = 1_000;

    /// <summary>Gets or sets how long an instance may use the permits of a batch. From 10 milliseconds to 10 seconds; the default is 500 milliseconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10", ParseLimitsInInvariantCulture = true)]
    public TimeSpan BatchLifetime { get; set; } = TimeSpan.FromMilliseconds(500);
}
