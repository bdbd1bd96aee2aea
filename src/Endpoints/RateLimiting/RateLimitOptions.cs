using System.ComponentModel.DataAnnotations;
using Endpoints.RateLimiting;

namespace Endpoints;

/// <summary>Represents the rate limit options of an application. Checked when the application starts.</summary>
public sealed class RateLimitOptions
{
    /// <summary>Gets the rules by their case-sensitive names.</summary>
    public IDictionary<string, RateLimitRule> Rules { get; } = new Dictionary<string, RateLimitRule>(StringComparer.Ordinal);

    /// <summary>
    /// Gets or sets a value that indicates whether responses to admitted requests have <c>RateLimit</c> and <c>RateLimit-Policy</c> as
    /// well. The default is false.
    /// </summary>
    public bool HeadersOnAdmitted { get; set; }

    /// <summary>
    /// Gets or sets a value that indicates whether responses have <c>X-Rate-Limit-Limit</c>, <c>X-Rate-Limit-Remaining</c> and
    /// <c>X-Rate-Limit-Reset</c> as well, as those of AspNetCoreRateLimit do. The default is false.
    /// </summary>
    public bool LegacyHeaders { get; set; }

    /// <summary>
    /// Gets or sets the maximum number of counters kept in memory for addresses, and likewise for everything else. An entry takes about 400
    /// bytes.
    /// </summary>
    /// <value>From 1,000 to 10,000,000. The default is 100,000.</value>
    [Range(1_000, 10_000_000)]
    public int MaxKeys { get; set; } = 100_000;

    /// <summary>
    /// Gets or sets the multiple of a limit by address that all networks of one IPv6 prefix of 56 bits share. From 1 to 256; the default is
    /// 2.
    /// </summary>
    [Range(1, 256)]
    public int IPv6Prefix56Share { get; set; } = 2;

    /// <summary>
    /// Gets or sets the multiple of a limit by address that all networks of one IPv6 prefix of 48 bits share. From 1 to 65,536; the default
    /// is 4.
    /// </summary>
    [Range(1, 65_536)]
    public int IPv6Prefix48Share { get; set; } = 4;

    /// <summary>
    /// Gets or sets the callback that is invoked for each request that a limit rejects, before the response is written. The default is
    /// null.
    /// </summary>
    public Func<RateLimitedRequest, CancellationToken, ValueTask>? OnRejected { get; set; }

    /// <summary>Gets or sets the callback that is invoked for each request that all limits of a stage admit. The default is null.</summary>
    public Func<RateLimitedRequest, CancellationToken, ValueTask>? OnAdmitted { get; set; }

    /// <summary>Adds a rule such as <c>30/1m</c>.</summary>
    /// <param name="name">The rule's name.</param>
    /// <param name="limit">
    /// The limit: a count, <c>/</c>, and a number of <c>s</c>econds, <c>m</c>inutes, <c>h</c>ours or <c>d</c>ays.
    /// </param>
    /// <param name="configure">A delegate that configures the other properties of the rule.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty.</exception>
    /// <exception cref="FormatException"><paramref name="limit"/> is malformed; the message says why.</exception>
    public RateLimitOptions AddRule(string name, string limit, Action<RateLimitRule>? configure = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var rule = RateLimitRule.Parse(limit);
        configure?.Invoke(rule);
        Rules[name] = rule;
        return this;
    }

    /// <summary>Returns the part of a limit that an address, or the network that it stands for, has.</summary>
    internal int LimitOf(RateLimitRule rule, ClientAddress address) => (int)Math.Min(int.MaxValue, (long)rule.Capacity * address.Bits switch
    {
        48 => IPv6Prefix48Share,
        56 => IPv6Prefix56Share,
        _ => 1,
    });
}
