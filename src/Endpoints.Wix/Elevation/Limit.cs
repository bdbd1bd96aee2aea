using Endpoints.Wix.Identification;

namespace Endpoints.Wix.Elevation;

/// <summary>One limit and what has been counted against it, per client address and per caller.</summary>
internal sealed class Limit(RateLimitRule rule, TimeProvider time)
{
    public FixedWindows<ClientAddress> PerAddress { get; } = new(rule, time);

    public FixedWindows<CallerKey> PerCaller { get; } = new(rule, time);
}
