using Endpoints.Shared.Limits;

namespace Endpoints.Wix.RateLimiting;

/// <summary>A limit such as <c>30/1m</c>, in the terms of the running application.</summary>
internal sealed record WindowRule(int Permits, TimeSpan Window)
{
    /// <summary>Takes what was read.</summary>
    public static WindowRule Of(LimitText text) => new(text.Count, TimeSpan.FromSeconds(text.Seconds));
}
