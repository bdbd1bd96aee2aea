using System.Threading.RateLimiting;

namespace Endpoints.Wix.RateLimiting;

/// <summary>Asks a limiter of the framework's kind about one request.</summary>
internal static class RateLimiterExtensions
{
    /// <summary>Counts a request.</summary>
    /// <param name="limiter">The limiter.</param>
    /// <param name="key">Whose request it is.</param>
    /// <param name="retryAfter">How long to wait, if there is no permit left and the limiter says so.</param>
    /// <returns>Whether the request is within the limit.</returns>
    public static bool TryCount<TKey>(this PartitionedRateLimiter<TKey> limiter, TKey key, out TimeSpan? retryAfter)
    {
        using var lease = limiter.AttemptAcquire(key);
        retryAfter = !lease.IsAcquired && lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : null;
        return lease.IsAcquired;
    }
}
