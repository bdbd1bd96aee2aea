namespace Endpoints;

/// <summary>Represents one of the counters that a decision is about.</summary>
/// <param name="Key">What is counted.</param>
/// <param name="Rule">The rule that it is counted by.</param>
/// <param name="Limit">How much is available at once: the rule's limit, or a multiple of it for a larger network.</param>
/// <param name="Cost">How much the request counts.</param>
public readonly record struct RateLimitCounter(RateLimitKey Key, RateLimitRule Rule, int Limit, int Cost)
{
    /// <summary>
    /// Gets a value indicating whether this is one client's share of the counter before it: then at most half of what is free there can be counted here, instead of <see cref="Limit"/>.
    /// </summary>
    public bool IsShare { get; init; }
}
