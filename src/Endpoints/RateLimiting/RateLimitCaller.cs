namespace Endpoints;

/// <summary>Represents a verified caller for rate limits. No value in it may come from unverified client input.</summary>
/// <param name="Kind">The kind of caller, or the authentication scheme that verified it.</param>
/// <param name="Id">The caller's id, or <see langword="null"/> for a caller without an identity.</param>
public readonly record struct RateLimitCaller(string? Kind, string? Id)
{
    /// <summary>Gets the member's id, or <see langword="null"/> if the caller is not a member.</summary>
    public string? Member { get; init; }

    /// <summary>Gets the app instance that the caller's token was issued for, or <see langword="null"/> if it is unknown.</summary>
    public string? Instance { get; init; }

    /// <summary>Gets the site that the caller's token was issued for, or <see langword="null"/> if it is unknown.</summary>
    public string? Site { get; init; }

    /// <summary>Gets the caller's tenant. Callers of different tenants are different callers, even with the same id.</summary>
    public string? Tenant { get; init; }

    /// <summary>Gets the API client that the caller's credentials were issued to, or <see langword="null"/> if it is unknown.</summary>
    public string? Client { get; init; }
}
