using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Benchmarks.Elevation.ByHand;

/// <summary>The framework's fixed windows, by client address and by caller.</summary>
internal static class RateLimits
{
    public static RateLimiterOptions ByAddress() => Options(PartitionedRateLimiter.Create<HttpContext, IPAddress>(
        static context => RateLimitPartition.GetFixedWindowLimiter(Network(context.Connection.RemoteIpAddress), static _ => Window())));

    public static RateLimiterOptions ByCaller() => Options(PartitionedRateLimiter.Create<HttpContext, string>(
        static context => RateLimitPartition.GetFixedWindowLimiter(context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "",
            static _ => Window())));

    private static RateLimiterOptions Options(PartitionedRateLimiter<HttpContext> limiter) => new()
    {
        GlobalLimiter = limiter,
        RejectionStatusCode = StatusCodes.Status429TooManyRequests,
        OnRejected = static (rejected, _) =>
        {
            if (rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter))
                rejected.HttpContext.Response.Headers.RetryAfter =
                    ((int)Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        },
    };

    private static FixedWindowRateLimiterOptions Window() =>
        new() { PermitLimit = 100_000_000, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 };

    // A customer with IPv6 has a network of 64 bits.
    private static IPAddress Network(IPAddress? address)
    {
        if (address is null)
            return IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new(bytes);
    }
}
