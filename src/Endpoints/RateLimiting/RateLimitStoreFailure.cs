namespace Endpoints;

/// <summary>Specifies what happens to a request when a shared store of rate limits can't be reached in time.</summary>
public enum RateLimitStoreFailure
{
    /// <summary>The limit is counted in this process's memory until the store answers again.</summary>
    CountLocally,

    /// <summary>The request is rejected with 503.</summary>
    Reject,
}
