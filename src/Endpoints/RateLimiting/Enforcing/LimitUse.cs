namespace Endpoints.RateLimiting.Enforcing;

/// <summary>Represents a limit of an endpoint.</summary>
/// <param name="Scope">The scope in which the limit counts.</param>
/// <param name="Cost">The cost of each request, or 0 for the rule's cost.</param>
internal sealed record LimitUse(RateLimitScope Scope, int Cost)
{
    /// <summary>Gets a value that indicates whether requests that can't be counted are rejected, regardless of the rule.</summary>
    public bool IsClosed { get; init; }

    /// <summary>
    /// Gets a value that indicates whether requests of callers without an identity are not counted, because another limit counts them.
    /// </summary>
    public bool LeavesOutAnonymous { get; init; }
}
