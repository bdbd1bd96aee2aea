using System.Net;

namespace Endpoints;

/// <summary>Represents whose requests a limit counts, for looking at one counter.</summary>
public sealed record RateLimitSubject
{
    /// <summary>Gets the client's address, for rules by address.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>Gets the caller, for rules by caller.</summary>
    public RateLimitCaller Caller { get; init; }

    /// <summary>Gets the route's template, for rules by route.</summary>
    public string Route { get; init; } = "";

    /// <summary>Gets what the rule's own <see cref="RateLimitRule.Key"/> returns.</summary>
    public string? Key { get; init; }
}
