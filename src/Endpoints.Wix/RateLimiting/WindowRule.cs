using Endpoints.Shared.Limits;

namespace Endpoints.Wix.RateLimiting;

/// <summary>Represents a limit such as <c>30/1m</c>, in the terms of the running application.</summary>
internal sealed record WindowRule(int Permits, TimeSpan Window)
{
    /// <summary>Converts a parsed limit.</summary>
    public static WindowRule Of(LimitText text) => new(text.Count, TimeSpan.FromSeconds(text.Seconds));
}
