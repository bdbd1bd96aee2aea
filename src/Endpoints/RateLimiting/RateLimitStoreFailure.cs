namespace Endpoints;

/// <summary>Specifies how requests are handled when a shared store of rate limits can't be reached in time.</summary>
public enum RateLimitStoreFailure
{
    /// <summary>The limit is counted in this process's memory until the store responds again.</summary>
    CountLocally,

    /// <summary>The request is rejected with 503.</summary>
    Reject,
}
