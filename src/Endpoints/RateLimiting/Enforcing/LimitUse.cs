namespace Endpoints.RateLimiting.Enforcing;

/// <summary>A limit of an endpoint.</summary>
/// <param name="Scope">What is counted.</param>
/// <param name="Cost">How much each request counts; 0 for what the rule says.</param>
internal sealed record LimitUse(RateLimitScope Scope, int Cost)
{
    /// <summary>Whether requests are rejected when they can't be counted, whatever the rule says.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Whether requests of callers without an identity are not counted: another limit does.</summary>
    public bool LeavesOutAnonymous { get; init; }
}
