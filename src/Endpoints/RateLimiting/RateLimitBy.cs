namespace Endpoints;

/// <summary>
/// Specifies the partition of a rate limit. Values can be combined: requests that differ in one of them are counted separately.
/// </summary>
[Flags]
public enum RateLimitBy
{
    /// <summary>All requests together.</summary>
    Everybody = 0,

    /// <summary>
    /// The client's address from the connection, where an IPv6 address counts as its network of 64 bits. No header changes it except
    /// through ASP.NET Core's forwarded headers middleware.
    /// </summary>
    Address = 1,

    /// <summary>The verified caller. Requests of callers without an identity are counted by their address.</summary>
    Caller = 2,

    /// <summary>The verified caller's member id. Requests of others are counted by their address.</summary>
    Member = 4,

    /// <summary>The app instance that the caller's token was issued for.</summary>
    Instance = 8,

    /// <summary>The site that the caller's token was issued for.</summary>
    Site = 16,

    /// <summary>The verified caller's tenant.</summary>
    Tenant = 32,

    /// <summary>The verified API client, regardless of the user it acts for.</summary>
    Client = 64,

    /// <summary>The route's template, never the path of the request.</summary>
    Route = 128,
}
