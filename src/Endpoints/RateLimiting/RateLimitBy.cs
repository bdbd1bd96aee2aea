namespace Endpoints;

/// <summary>Specifies what a rate limit counts by. Several values can be combined: requests that differ in one of them are counted apart.</summary>
[Flags]
public enum RateLimitBy
{
    /// <summary>All requests together.</summary>
    Everybody = 0,

    /// <summary>The client's address: that of the connection, an IPv6 address as its network of 64 bits. No header changes it but ASP.NET Core's forwarded headers.</summary>
    Address = 1,

    /// <summary>The verified caller. Requests of callers without an identity are counted by their address.</summary>
    Caller = 2,

    /// <summary>The verified caller's member id. Requests of others are counted by their address.</summary>
    Member = 4,

    /// <summary>The app instance that the caller's token is for.</summary>
    Instance = 8,

    /// <summary>The site that the caller's token is for.</summary>
    Site = 16,

    /// <summary>The verified caller's tenant.</summary>
    Tenant = 32,

    /// <summary>The verified API client, whoever it acts for.</summary>
    Client = 64,

    /// <summary>The route's template; never the path that was sent.</summary>
    Route = 128,
}
