namespace Endpoints;

/// <summary>Represents what rate limits know of a verified caller. Nothing in it may be taken from what a client merely says.</summary>
/// <param name="Kind">The kind of caller, or the authentication scheme that verified it.</param>
/// <param name="Id">The caller's id; null for a caller without an identity.</param>
public readonly record struct RateLimitCaller(string? Kind, string? Id)
{
    /// <summary>Gets the member's id; null when the caller is no member.</summary>
    public string? Member { get; init; }

    /// <summary>Gets the app instance that the caller's token is for; null when it is unknown.</summary>
    public string? Instance { get; init; }

    /// <summary>Gets the site that the caller's token is for; null when it is unknown.</summary>
    public string? Site { get; init; }

    /// <summary>Gets the caller's tenant. The ids of callers of different tenants are different callers'.</summary>
    public string? Tenant { get; init; }

    /// <summary>Gets the API client that the caller's credentials were issued to; null when it is unknown.</summary>
    public string? Client { get; init; }
}
