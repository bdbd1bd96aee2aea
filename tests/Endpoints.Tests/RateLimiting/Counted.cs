using System.Net;
using Endpoints.RateLimiting;
using Endpoints.RateLimiting.Counting;
using Microsoft.Extensions.Options;

namespace Endpoints.Tests.RateLimiting;

/// <summary>Makes what a store is asked.</summary>
internal static class Counted
{
    public static MemoryRateLimitStore Store(TimeProvider time, int maxKeys = 100_000) =>
        new(Options.Create(new RateLimitOptions { MaxKeys = maxKeys }), time);

    public static RateLimitScope Scope(RateLimitRule rule) => new("rule", rule, "place");

    public static RateLimitCounter By(RateLimitScope scope, string address, int cost = 1) =>
        new(RateLimitKey.Of(scope, ClientAddress.Of(IPAddress.Parse(address)), default, null), scope.Rule, scope.Rule.Capacity, cost);

    public static RateLimitCounter ByCaller(RateLimitScope scope, string id, int cost = 1) =>
        new(RateLimitKey.Of(scope, default, new("member", id), null), scope.Rule, scope.Rule.Capacity, cost);

    public static RateLimitVerdict Ask(this MemoryRateLimitStore store, params RateLimitCounter[] counters) => store.Decide(counters);
}
