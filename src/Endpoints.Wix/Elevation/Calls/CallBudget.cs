using Endpoints.RateLimiting;
using Endpoints.RateLimiting.Enforcing;
using Endpoints.Wix.Memory;
using Endpoints.Wix.RateLimiting;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Elevation.Calls;

/// <summary>Limits the calls of the app on each of its instances, and divides them among callers.</summary>
/// <remarks>
/// Thread-safe. Wix counts the calls of an app for each instance, whoever is behind them, and those of an API key for each site. A caller
/// gets at most half of what the others have left, so that nobody spends the calls of a whole site; all jobs together are one caller, and
/// wait for their turn. A caller without a token is an address. When Wix itself has refused a call for their number, the instance is left
/// alone for as long as Wix says, if it does, by all nodes that share their limits.
/// </remarks>
internal sealed partial class CallBudget(RateLimitScopes scopes, RateLimitGate gate, TimeProvider time, ILogger<CallBudget> logger)
{
    private const int Paused = 10_000;
    private const string Jobs = "\njobs";

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly RateLimitScope _instances = scopes.Known(WixRules.Calls, "of an instance");
    private readonly RateLimitScope _callers = scopes.Known(WixRules.Calls, "of a caller");
    private readonly RateLimitScope _shared = scopes.Known(WixRules.Calls, "that Wix refused");
    private readonly BoundedCache<string, Pause> _pauses = new(Paused);

    /// <summary>Counts a call of a request.</summary>
    /// <param name="grant">The grant under which the call is made.</param>
    /// <param name="subject">What Wix counts the calls of: an instance, or a site or account of the API key.</param>
    /// <param name="ct">The token to monitor for cancellation requests.</param>
    /// <exception cref="WixUnavailableException">The share of the caller or the budget of the instance is used up.</exception>
    public async ValueTask SpendAsync(ElevationGrant grant, string subject, CancellationToken ct)
    {
        var caller = grant.Caller.Key is { } key ? key.ToString() : null;
        var address = caller is null ? grant.Client : default;
        if (await AskAsync(subject, address.IsV6 ? address.Within(48) : address, caller, ct).ConfigureAwait(false) is not { } spent)
            return;
        LogSpent(grant.Endpoint.Name, spent.Message);
        throw spent;
    }

    /// <summary>Counts a call of a job, which waits until there is room, at most for the longest time that Wix asks for.</summary>
    /// <exception cref="WixUnavailableException">There is no room in this time.</exception>
    public async ValueTask SpendInJobAsync(string subject, CancellationToken ct)
    {
        var begun = time.GetTimestamp();
        while (await AskAsync(subject, default, Jobs, ct).ConfigureAwait(false) is { } spent)
        {
            var wait = spent.RetryAfter ?? ShortestPause;
            if (time.GetElapsedTime(begun) + wait > LongestPause + ShortestPause)
            {
                LogSpent("a job", spent.Message);
                throw spent;
            }

            await Task.Delay(wait, time, ct).ConfigureAwait(false);
        }
    }

    /// <summary>Records that Wix has refused a call because there were too many.</summary>
    public async ValueTask RefusedAsync(string subject, TimeSpan? retryAfter)
    {
        if (retryAfter is not { } told)
            return; // it may be one call that is too much, and the next one none
        var wait = told < ShortestPause ? ShortestPause : told > LongestPause ? LongestPause : told;
        _pauses.Set(subject, new(time.GetUtcNow() + wait));
        if (gate.IsLocal)
            return;
        var rule = new RateLimitRule { Limit = 1, Window = wait };
        _ = await gate.DecideAsync(new[] { new RateLimitCounter(new(_shared, default, subject, null, null), rule, 1, 1) },
            CancellationToken.None).ConfigureAwait(false);
    }

    /// <returns>A task that returns null if the call was counted; otherwise, the exception that says why not.</returns>
    private async ValueTask<WixUnavailableException?> AskAsync(string subject, ClientAddress address, string? caller, CancellationToken ct)
    {
        if (_pauses.TryGet(subject, out var pause) && pause.Until - time.GetUtcNow() is var left && left > TimeSpan.Zero)
            return RefusedByWix(left);

        var rule = _instances.Rule;
        RateLimitCounter instance = new(new(_instances, default, subject, null, null), rule, rule.Capacity, 1);
        var share = new RateLimitCounter(new(_callers, address, subject, caller, null), rule, rule.Capacity, 1) { IsShare = true };
        // Nothing is counted on the first: it has no room while another node's pause lasts.
        RateLimitCounter[] counters = gate.IsLocal
            ? [instance, share]
            : [new(new(_shared, default, subject, null, null), rule, 0, 0), instance, share];
        var verdict = await gate.DecideAsync(counters, ct).ConfigureAwait(false);
        if (verdict.IsAdmitted)
            return null;
        if (verdict.IsUnavailable)
            return new("Calls to Wix can't be counted at the moment.", ShortestPause);
        return (counters.Length - verdict.Counter) switch
        {
            1 => new("The caller has used its share of the app's calls on this instance.", verdict.RetryAfter) { IsRateLimit = true },
            2 => new("The app has made as many calls on this instance as Wix allows.", verdict.RetryAfter),
            _ => RefusedByWix(verdict.RetryAfter),
        };
    }

    private static WixUnavailableException RefusedByWix(TimeSpan left) =>
        new("Wix has refused calls on this instance because there were too many.", left);

    private sealed record Pause(DateTimeOffset Until);

    [LoggerMessage(1, LogLevel.Warning, "A call to Wix in {Endpoint} was not made: {Reason}")]
    private partial void LogSpent(string endpoint, string reason);
}
