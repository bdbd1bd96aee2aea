using Endpoints.Wix.Apps;
using Endpoints.Wix.Values;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.RateLimiting;

/// <summary>
/// Adds the library's own rules, for each app, where the application has none of the same name, and takes over the shares of larger
/// networks.
/// </summary>
internal sealed class WixRuleDefaults(WixApps apps) : IPostConfigureOptions<RateLimitOptions>
{
    private static readonly (int, int) Untouched = new RateLimitOptions() is var options
        ? (options.IPv6Prefix56Share, options.IPv6Prefix48Share) : default;

    public void PostConfigure(string? name, RateLimitOptions options)
    {
        var set = Of(apps.First);
        if ((options.IPv6Prefix56Share, options.IPv6Prefix48Share) == Untouched)
            (options.IPv6Prefix56Share, options.IPv6Prefix48Share) = (set.IPv6Prefix56Share, set.IPv6Prefix48Share);
        foreach (var app in apps.All)
            AddRules(app.Name, Of(app));

        static WixOptions Of(WixApp app) => app.Services.GetRequiredService<IOptions<WixOptions>>().Value;

        void AddRules(AppName app, WixOptions set)
        {
            Add(app.Of(WixRules.Elevated), new() { Limit = set.ElevatedRequestsPerMinute, By = RateLimitBy.Address | RateLimitBy.Route });
            foreach (var flow in (string[])[WixRules.Login, WixRules.Logout, WixRules.Installation])
                Add(app.Of(flow), new() { Limit = set.LoginsPerMinute });
            Add(app.Of(WixRules.RefusedCalls), new() { Limit = set.Events.RefusedCallsPerMinute });
            Add(app.Of(WixRules.NewVisitors), new() { Limit = set.NewVisitorsPerMinute });
            Add(app.Of(WixRules.Calls), new() { Limit = set.CallsPerMinute, By = RateLimitBy.Instance });
        }

        void Add(string rule, RateLimitRule made)
        {
            if (!options.Rules.TryGetValue(rule, out var own))
                options.Rules.Add(rule, own = made);
            own.OnStoreFailure = RateLimitStoreFailure.Reject;
            if (!rule.StartsWith(WixRules.Elevated, StringComparison.Ordinal))
                own.QueueLimit = 0; // nothing that could wait is counted
        }
    }
}
