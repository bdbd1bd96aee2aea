using Microsoft.Extensions.Options;

namespace Endpoints.Wix.RateLimiting;

/// <summary>
/// Adds the library's own rules where the application has none of the same name, and takes over the shares of larger networks.
/// </summary>
internal sealed class WixRuleDefaults(IOptions<WixOptions> wix) : IPostConfigureOptions<RateLimitOptions>
{
    private static readonly (int, int) Untouched = new RateLimitOptions() is var options
        ? (options.IPv6Prefix56Share, options.IPv6Prefix48Share) : default;

    public void PostConfigure(string? name, RateLimitOptions options)
    {
        var set = wix.Value;
        if ((options.IPv6Prefix56Share, options.IPv6Prefix48Share) == Untouched)
            (options.IPv6Prefix56Share, options.IPv6Prefix48Share) = (set.IPv6Prefix56Share, set.IPv6Prefix48Share);
        Add(WixRules.Elevated, new() { Limit = set.ElevatedRequestsPerMinute, By = RateLimitBy.Address | RateLimitBy.Route });
        foreach (var flow in (string[])[WixRules.Login, WixRules.Logout, WixRules.Installation])
            Add(flow, new() { Limit = set.LoginsPerMinute });
        Add(WixRules.NewVisitors, new() { Limit = set.NewVisitorsPerMinute });
        Add(WixRules.Calls, new() { Limit = set.CallsPerMinute, By = RateLimitBy.Instance });

        void Add(string rule, RateLimitRule made)
        {
            if (!options.Rules.TryGetValue(rule, out var own))
                options.Rules.Add(rule, own = made);
            own.OnStoreFailure = RateLimitStoreFailure.Reject;
        }
    }
}
