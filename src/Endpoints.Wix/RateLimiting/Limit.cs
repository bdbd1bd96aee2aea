using System.Threading.RateLimiting;
using Endpoints.RateLimiting;
using Endpoints.Wix.Values;

namespace Endpoints.Wix.RateLimiting;

/// <summary>One limit and what has been counted against it, per client address and per caller.</summary>
internal sealed class Limit(WindowRule rule, NetworkShares shares, TimeProvider time)
{
    public PartitionedRateLimiter<ClientAddress> PerAddress { get; } = new NetworkWindows(rule, shares, time);

    public PartitionedRateLimiter<CallerKey> PerCaller { get; } = new FixedWindows<CallerKey>(rule, time);
}
