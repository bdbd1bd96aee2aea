using System.ComponentModel.DataAnnotations;
using System.Threading.RateLimiting;
using Endpoints.Shared.Limits;
using Microsoft.AspNetCore.Http;

namespace Endpoints;

/// <summary>
/// Represents a rate limit: the number of requests per window, the algorithm, the partition, and the response to rejected requests.
/// </summary>
public sealed class RateLimitRule
{
    /// <summary>
    /// Gets or sets the number of requests admitted per <see cref="Window"/> or, for a <see cref="RateLimitAlgorithm.Concurrency"/> limit,
    /// at the same time.
    /// </summary>
    /// <value>From 0, which rejects every request. The default is 60.</value>
    [Range(0, int.MaxValue)]
    public int Limit { get; set; } = 60;

    /// <summary>Gets or sets the length of the window.</summary>
    /// <value>From 1 second to 31 days. The default is 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:01", "31.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets the algorithm. The default is <see cref="RateLimitAlgorithm.FixedWindow"/>.</summary>
    public RateLimitAlgorithm Algorithm { get; set; }

    /// <summary>Gets or sets the number of segments of a sliding window. From 1 to 60; the default is 10.</summary>
    [Range(1, 60)]
    public int Segments { get; set; } = 10;

    /// <summary>Gets or sets the capacity of a token bucket. The default is null: <see cref="Limit"/>.</summary>
    [Range(1, int.MaxValue)]
    public int? Burst { get; set; }

    /// <summary>Gets or sets the partition of the limit. The default is <see cref="RateLimitBy.Address"/>.</summary>
    public RateLimitBy By { get; set; } = RateLimitBy.Address;

    /// <summary>
    /// Gets or sets a function of the request whose results are counted separately, in addition to <see cref="By"/>. It must be fast, and
    /// must not trust unverified client input.
    /// </summary>
    /// <value>The default is null. Requests for which it returns null are counted together.</value>
    public Func<HttpContext, string?>? Key { get; set; }

    /// <summary>
    /// Gets or sets a function that returns <see langword="true"/> for requests that the limit doesn't apply to. The default is null: it
    /// applies to all.
    /// </summary>
    public Func<HttpContext, bool>? Exempts { get; set; }

    /// <summary>Gets or sets the cost of a request. The default is 1.</summary>
    [Range(1, int.MaxValue)]
    public int Cost { get; set; } = 1;

    /// <summary>Gets or sets a function that returns the cost of a request, from 1. The default is null: <see cref="Cost"/>.</summary>
    public Func<HttpContext, int>? CostOf { get; set; }

    /// <summary>
    /// Gets or sets a value that indicates whether requests over the limit are only counted and logged, not rejected. The default is false.
    /// </summary>
    public bool MonitorOnly { get; set; }

    /// <summary>
    /// Gets or sets the behavior when a shared store can't be reached in time. The default is
    /// <see cref="RateLimitStoreFailure.CountLocally"/>.
    /// </summary>
    /// <remarks>The limits of elevated endpoints reject, regardless of this value.</remarks>
    public RateLimitStoreFailure OnStoreFailure { get; set; }

    /// <summary>
    /// Gets or sets the number of requests over the limit that wait for room instead of being rejected, for each key. They are admitted in
    /// the order in which they came.
    /// </summary>
    /// <remarks>
    /// The order is that of this process, in which at most 10,000 requests wait. Limits that are read from AspNetCoreRateLimit's settings,
    /// and rules that count something else than requests to endpoints, have no queue.
    /// </remarks>
    /// <value>From 0 to 10,000. The default is 0: no request waits.</value>
    [Range(0, 10_000)]
    public int QueueLimit { get; set; }

    /// <summary>
    /// Gets or sets the longest time that a request waits in the queue. A request that would have to wait longer is rejected at once.
    /// </summary>
    /// <value>From 1 millisecond to 5 minutes. The default is 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:05:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan QueueTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Gets or sets a limiter of the framework, such as one with a queue, that decides instead of counting. The default is null.
    /// </summary>
    /// <remarks>
    /// It counts in this process. <see cref="Limit"/>, <see cref="Window"/>, <see cref="Algorithm"/>, <see cref="By"/> and
    /// <see cref="Key"/> then have no effect. It is checked after the other limits of its stage, and its lease is held until the response
    /// is complete. The rule doesn't dispose it.
    /// </remarks>
    public PartitionedRateLimiter<HttpContext>? Limiter { get; set; }

    /// <summary>Gets or sets the status code of the response to a rejected request. From 400 to 599; the default is 429.</summary>
    [Range(400, 599)]
    public int StatusCode { get; set; } = StatusCodes.Status429TooManyRequests;

    /// <summary>Gets or sets the last part of the problem document's type. The default is <c>rate-limited</c>.</summary>
    [Required]
    public string ProblemType { get; set; } = "rate-limited";

    /// <summary>Gets or sets the title of the problem document.</summary>
    [Required]
    public string Title { get; set; } = "Too many requests.";

    /// <summary>Gets or sets the detail of the problem document, or <see langword="null"/> for none.</summary>
    public string? Detail { get; set; } = "Retry after the time in the Retry-After header.";

    /// <summary>Parses a limit such as <c>30/1m</c> into a rule.</summary>
    /// <param name="limit">
    /// The limit: a count, <c>/</c>, and a number of <c>s</c>econds, <c>m</c>inutes, <c>h</c>ours or <c>d</c>ays.
    /// </param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="limit"/> is null.</exception>
    /// <exception cref="FormatException"><paramref name="limit"/> is malformed; the message says why.</exception>
    public static RateLimitRule Parse(string limit)
    {
        ArgumentNullException.ThrowIfNull(limit);
        return LimitText.TryParse(limit, out var flaw) is { } read
            ? new RateLimitRule { Limit = read.Count, Window = TimeSpan.FromSeconds(read.Seconds) }
            : throw new FormatException(LimitText.Explain(limit, flaw) + ".");
    }

    /// <summary>Gets a value that indicates whether the limit can be checked only when the caller is known.</summary>
    internal bool NeedsCaller =>
        (By & (RateLimitBy.Caller | RateLimitBy.Member | RateLimitBy.Instance
            | RateLimitBy.Site | RateLimitBy.Tenant | RateLimitBy.Client)) != 0;

    /// <summary>Gets the amount available at once.</summary>
    internal int Capacity => Algorithm == RateLimitAlgorithm.TokenBucket ? Burst ?? Limit : Limit;

    /// <summary>
    /// Returns the amount restored per window for the specified amount available at once. It grows in proportion for a larger network.
    /// </summary>
    internal int RateOf(int limit) => (int)Math.Clamp((long)Limit * (limit / Math.Max(1, Capacity)), 1, int.MaxValue);

    /// <summary>Returns a copy that other code can't change.</summary>
    internal RateLimitRule Copy() => (RateLimitRule)MemberwiseClone();
}
