using System.ComponentModel.DataAnnotations;
using System.Threading.RateLimiting;
using Endpoints.Shared.Limits;
using Microsoft.AspNetCore.Http;

namespace Endpoints;

/// <summary>Represents one rate limit: how many requests, in what time, counted how and by what, and what a rejected request is answered.</summary>
public sealed class RateLimitRule
{
    /// <summary>Gets or sets how many requests are admitted per <see cref="Window"/>; for a <see cref="RateLimitAlgorithm.Concurrency"/> limit, how many at the same time.</summary>
    /// <value>From 0, which rejects every request. The default is 60.</value>
    [Range(0, int.MaxValue)]
    public int Limit { get; set; } = 60;

    /// <summary>Gets or sets the length of the window.</summary>
    /// <value>From 1 second to 31 days. The default is 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:01", "31.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets how the limit counts. The default is <see cref="RateLimitAlgorithm.FixedWindow"/>.</summary>
    public RateLimitAlgorithm Algorithm { get; set; }

    /// <summary>Gets or sets the number of segments of a sliding window. From 1 to 60; the default is 10.</summary>
    [Range(1, 60)]
    public int Segments { get; set; } = 10;

    /// <summary>Gets or sets how many requests a full token bucket holds. The default is null: <see cref="Limit"/>.</summary>
    [Range(1, int.MaxValue)]
    public int? Burst { get; set; }

    /// <summary>Gets or sets what the limit counts by. The default is <see cref="RateLimitBy.Address"/>.</summary>
    public RateLimitBy By { get; set; } = RateLimitBy.Address;

    /// <summary>Gets or sets a function of the request whose result is counted apart, in addition to <see cref="By"/>. It must be fast, and it must not trust what a client can make up.</summary>
    /// <value>The default is null. Requests for which it returns null are counted together.</value>
    public Func<HttpContext, string?>? Key { get; set; }

    /// <summary>Gets or sets a function that returns true for requests the limit doesn't apply to. The default is null: it applies to all.</summary>
    public Func<HttpContext, bool>? Exempts { get; set; }

    /// <summary>Gets or sets how much a request counts. The default is 1.</summary>
    [Range(1, int.MaxValue)]
    public int Cost { get; set; } = 1;

    /// <summary>Gets or sets a function that returns how much a request counts, from 1. The default is null: <see cref="Cost"/>.</summary>
    public Func<HttpContext, int>? CostOf { get; set; }

    /// <summary>Gets or sets a value indicating whether requests over the limit are only counted and logged, not rejected. The default is false.</summary>
    public bool MonitorOnly { get; set; }

    /// <summary>Gets or sets what happens when a shared store can't be reached in time. The default is <see cref="RateLimitStoreFailure.CountLocally"/>.</summary>
    /// <remarks>The limits of elevated endpoints reject, whatever is set here.</remarks>
    public RateLimitStoreFailure OnStoreFailure { get; set; }

    /// <summary>Gets or sets a limiter of the framework that is asked instead of counting, such as one with a queue. The default is null.</summary>
    /// <remarks>
    /// It counts in this process. <see cref="Limit"/>, <see cref="Window"/>, <see cref="Algorithm"/>, <see cref="By"/> and <see cref="Key"/> have no effect then. It is asked after the other
    /// limits of its stage, and its lease is held until the response is complete. The rule doesn't dispose it.
    /// </remarks>
    public PartitionedRateLimiter<HttpContext>? Limiter { get; set; }

    /// <summary>Gets or sets the status of the answer to a rejected request. From 400 to 599; the default is 429.</summary>
    [Range(400, 599)]
    public int StatusCode { get; set; } = StatusCodes.Status429TooManyRequests;

    /// <summary>Gets or sets the last part of the problem document's type. The default is <c>rate-limited</c>.</summary>
    [Required]
    public string ProblemType { get; set; } = "rate-limited";

    /// <summary>Gets or sets the title of the problem document.</summary>
    [Required]
    public string Title { get; set; } = "Too many requests.";

    /// <summary>Gets or sets the detail of the problem document. Null for none.</summary>
    public string? Detail { get; set; } = "Wait as long as the Retry-After header says.";

    /// <summary>Makes a rule of a limit such as <c>30/1m</c>.</summary>
    /// <param name="limit">A count, <c>/</c>, and a number of <c>s</c>econds, <c>m</c>inutes, <c>h</c>ours or <c>d</c>ays.</param>
    /// <exception cref="ArgumentNullException"><paramref name="limit"/> is null.</exception>
    /// <exception cref="FormatException"><paramref name="limit"/> is no limit; the message says why.</exception>
    public static RateLimitRule Parse(string limit)
    {
        ArgumentNullException.ThrowIfNull(limit);
        return LimitText.TryParse(limit, out var flaw) is { } read
            ? new RateLimitRule { Limit = read.Count, Window = TimeSpan.FromSeconds(read.Seconds) }
            : throw new FormatException(LimitText.Explain(limit, flaw) + ".");
    }

    /// <summary>Whether the limit can be asked about only when the caller is known.</summary>
    internal bool NeedsCaller => (By & (RateLimitBy.Caller | RateLimitBy.Member | RateLimitBy.Instance | RateLimitBy.Site | RateLimitBy.Tenant | RateLimitBy.Client)) != 0;

    /// <summary>How much is available at once.</summary>
    internal int Capacity => Algorithm == RateLimitAlgorithm.TokenBucket ? Burst ?? Limit : Limit;

    /// <summary>How much comes back per window to what has so much at once: to a larger network more, in proportion.</summary>
    internal int RateOf(int limit) => (int)Math.Clamp((long)Limit * (limit / Math.Max(1, Capacity)), 1, int.MaxValue);

    /// <summary>A rule that nobody changes any more.</summary>
    internal RateLimitRule Copy() => (RateLimitRule)MemberwiseClone();
}
