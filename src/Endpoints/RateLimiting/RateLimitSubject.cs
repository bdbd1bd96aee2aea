using System.Net;

namespace Endpoints;

/// <summary>Represents the subject of a rate limit, whose requests one counter counts.</summary>
public sealed record RateLimitSubject
{
    /// <summary>Gets the client's address, for rules by address.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>Gets the caller, for rules by caller.</summary>
    public RateLimitCaller Caller { get; init; }

    /// <summary>Gets the route's template, for rules by route and for limits that are written out on its endpoints.</summary>
    public string Route { get; init; } = "";

    /// <summary>Gets the result of the rule's own <see cref="RateLimitRule.Key"/>.</summary>
    public string? Key { get; init; }
}
