using Endpoints.RateLimiting;
using Endpoints.RateLimiting.Enforcing;
using Endpoints.Wix.Memory;
using Endpoints.Wix.RateLimiting;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Elevation.Calls;

/// <summary>Limits the calls of the app on each of its instances, and divides them among callers.</summary>
/// <remarks>
/// Thread-safe. Wix counts the calls of an app for each instance, whoever is behind them. A caller gets at most half of what the others
/// have left, so that nobody spends the calls of a whole site. A caller without a token is an address. When Wix itself has refused a call
/// for their number, the instance is left alone for as long as Wix says, if it does, by this process.
/// </remarks>
internal sealed partial class CallBudget(RateLimitScopes scopes, RateLimitGate gate, TimeProvider time, ILogger<CallBudget> logger)
{
    private const int Paused = 10_000;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly RateLimitScope _instances = scopes.Known(WixRules.Calls, "of an instance");
    private readonly RateLimitScope _callers = scopes.Known(WixRules.Calls, "of a caller");
    private readonly BoundedCache<string, Pause> _pauses = new(Paused);

    /// <summary>Counts a call.</summary>
    /// <exception cref="WixUnavailableException">The share of the caller or the budget of the instance is used up.</exception>
    public async ValueTask SpendAsync(ElevationGrant grant, string? instanceId, CancellationToken ct)
    {
        var instance = instanceId ?? "";
        if (_pauses.TryGet(instance, out var pause) && pause.Until - time.GetUtcNow() is var left && left > TimeSpan.Zero)
            throw new WixUnavailableException("Wix has refused calls on this instance because there were too many.", left);

        var rule = _instances.Rule;
        var caller = grant.Caller.Key is { } key ? key.ToString() : null;
        var address = caller is null ? grant.Client : default;
        var counters = new RateLimitCounter[]
        {
            new(new(_instances, default, instance, null, null), rule, rule.Capacity, 1),
            new(new(_callers, address.IsV6 ? address.Within(48) : address, instance, caller, null), rule, rule.Capacity,
                1) { IsShare = true },
        };
        var verdict = await gate.DecideAsync(counters, ct).ConfigureAwait(false);
        if (verdict.IsAdmitted)
            return;
        if (verdict.IsUnavailable)
            throw new WixUnavailableException("Calls to Wix can't be counted at the moment.", ShortestPause);
        LogSpent(
            grant.Endpoint.Name, verdict.Counter == 0 ? "the budget of the instance is spent" : "the caller's share of the budget is spent");
        throw verdict.Counter == 0
            ? new WixUnavailableException("The app has made as many calls on this instance as Wix allows.", verdict.RetryAfter)
            : new WixUnavailableException("The caller has used its share of the app's calls on this instance.",
                verdict.RetryAfter) { IsRateLimit = true };
    }

    /// <summary>Records that Wix has refused a call because there were too many on the instance.</summary>
    public void Refused(string? instanceId, TimeSpan? retryAfter)
    {
        if (retryAfter is not { } told)
            return; // it may be one call that is too much, and the next one none
        var wait = told < ShortestPause ? ShortestPause : told > LongestPause ? LongestPause : told;
        _pauses.Set(instanceId ?? "", new(time.GetUtcNow() + wait));
    }

    private sealed record Pause(DateTimeOffset Until);

    [LoggerMessage(1, LogLevel.Warning, "A call to Wix in {Endpoint} was not made: {Reason}")]
    private partial void LogSpent(string endpoint, string reason);
}
