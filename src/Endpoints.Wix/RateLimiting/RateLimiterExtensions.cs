using System.Threading.RateLimiting;

namespace Endpoints.Wix.RateLimiting;

/// <summary>Provides extension methods that ask a limiter of the framework's kind about one request.</summary>
internal static class RateLimiterExtensions
{
    /// <summary>Counts a request.</summary>
    /// <param name="limiter">The limiter.</param>
    /// <param name="key">The key of the request's sender.</param>
    /// <param name="retryAfter">The time to wait, if there is no permit left and the limiter specifies it.</param>
    /// <returns><see langword="true"/> if the request is within the limit; otherwise, <see langword="false"/>.</returns>
    public static bool TryCount<TKey>(this PartitionedRateLimiter<TKey> limiter, TKey key, out TimeSpan? retryAfter)
    {
        using var lease = limiter.AttemptAcquire(key);
        retryAfter = !lease.IsAcquired && lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : null;
        return lease.IsAcquired;
    }
}
