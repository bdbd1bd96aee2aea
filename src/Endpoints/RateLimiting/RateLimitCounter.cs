namespace Endpoints;

/// <summary>Represents a counter that a decision is based on.</summary>
/// <param name="Key">The key of the counter.</param>
/// <param name="Rule">The rule of the counter.</param>
/// <param name="Limit">The amount available at once: the rule's limit, or a multiple of it for a larger network.</param>
/// <param name="Cost">The cost of the request.</param>
public readonly record struct RateLimitCounter(RateLimitKey Key, RateLimitRule Rule, int Limit, int Cost)
{
    /// <summary>
    /// Gets a value that indicates whether this is one client's share of the preceding counter. If so, at most half of what is free there
    /// can be counted here, instead of <see cref="Limit"/>.
    /// </summary>
    public bool IsShare { get; init; }
}
