using Endpoints.RateLimiting;
using Endpoints.RateLimiting.Enforcing;
using Endpoints.Wix.Memory;
using Endpoints.Wix.RateLimiting;
using Endpoints.Wix.Telemetry;
using Endpoints.Wix.Values;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Elevation.Calls;

/// <summary>Limits the calls of the app on each of its instances, and divides them among callers.</summary>
/// <remarks>
/// Thread-safe. Wix counts the calls of an app for each instance, whoever is behind them, and those of an API key for each site. A caller
/// gets at most half of what the others have left, so that nobody spends the calls of a whole site; all jobs together are one caller, and
/// wait for their turn. A caller without a token is an address. When Wix itself has refused a call for their number, the instance is left
/// alone for as long as Wix says, if it does, by all nodes that share their limits.
/// </remarks>
internal sealed partial class CallBudget(RateLimitScopes scopes, RateLimitGate gate, AppName app, TimeProvider time,
    ILogger<CallBudget> logger)
{
    private const int Paused = 10_000;

    private static readonly Callers[] Kinds = [default, .. Enum.GetValues<Callers>()]; // an event's cause may be of none
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly RateLimitScope _instances = scopes.Known(app.Of(WixRules.Calls), "of an instance");
    private readonly RateLimitScope _addresses = scopes.Known(app.Of(WixRules.Calls), "of an address");
    private readonly RateLimitScope _jobs = scopes.Known(app.Of(WixRules.Calls), "of jobs");
    private readonly RateLimitScope[] _callers = // by kind, so that a caller's key needs no text of its own
        Array.ConvertAll(Kinds, kind => scopes.Known(app.Of(WixRules.Calls), $"of a {GuardTelemetry.Text(kind)}"));
    private readonly RateLimitScope _shared = scopes.Known(app.Of(WixRules.Calls), "that Wix refused");
    private readonly BoundedCache<string, Pause> _pauses = new(Paused);

    /// <summary>Counts a call of a request.</summary>
    /// <param name="grant">The grant under which the call is made.</param>
    /// <param name="subject">What Wix counts the calls of: an instance, or a site or account of the API key.</param>
    /// <param name="ct">The token to monitor for cancellation requests.</param>
    /// <exception cref="WixUnavailableException">The share of the caller or the budget of the instance is used up.</exception>
    public async ValueTask SpendAsync(ElevationGrant grant, string subject, CancellationToken ct)
    {
        if (await AskAsync(subject, ShareOf(grant, subject), ct).ConfigureAwait(false) is not { } spent)
            return;
        LogSpent(grant.Endpoint.Name, spent.Message);
        throw spent;
    }

    /// <summary>Counts a call of a job, which waits until there is room, at most for the longest time that Wix asks for.</summary>
    /// <exception cref="WixUnavailableException">There is no room in this time.</exception>
    public async ValueTask SpendInJobAsync(string subject, CancellationToken ct)
    {
        var begun = time.GetTimestamp();
        while (await AskAsync(subject, new(_jobs, default, subject, null, null), ct).ConfigureAwait(false) is { } spent)
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

    /// <returns>The key of the share of whoever is behind a grant: the caller or, for one without a token, its address.</returns>
    private RateLimitKey ShareOf(ElevationGrant grant, string subject)
    {
        if (grant.Caller.Key is { } caller)
            return new(_callers[Array.IndexOf(Kinds, caller.Kind)], default, subject, caller.Place, caller.Id);
        var address = grant.Client;
        return new(_addresses, address.IsV6 ? address.Within(48) : address, subject, null, null);
    }

    /// <returns>A task that returns null if the call was counted; otherwise, the exception that says why not.</returns>
    private ValueTask<WixUnavailableException?> AskAsync(string subject, RateLimitKey share, CancellationToken ct)
    {
        if (_pauses.TryGet(subject, out var pause) && pause.Until - time.GetUtcNow() is var left && left > TimeSpan.Zero)
            return new(RefusedByWix(left));

        var rule = _instances.Rule;
        RateLimitCounter instance = new(new(_instances, default, subject, null, null), rule, rule.Capacity, 1);
        var part = new RateLimitCounter(share, rule, rule.Capacity, 1) { IsShare = true };
        if (gate.IsLocal)
            return new(Refusal(gate.Decide([instance, part]), counters: 2));
        // Nothing is counted on the first: it has no room while another node's pause lasts.
        return AskStoreAsync([new(new(_shared, default, subject, null, null), rule, 0, 0), instance, part], ct);
    }

    private async ValueTask<WixUnavailableException?> AskStoreAsync(RateLimitCounter[] counters, CancellationToken ct) =>
        Refusal(await gate.DecideAsync(counters, ct).ConfigureAwait(false), counters.Length);

    private static WixUnavailableException? Refusal(RateLimitVerdict verdict, int counters) => verdict switch
    {
        { IsAdmitted: true } => null,
        { IsUnavailable: true } => new("Calls to Wix can't be counted at the moment.", ShortestPause),
        _ => (counters - verdict.Counter) switch
        {
            1 => new("The caller has used its share of the app's calls on this instance.", verdict.RetryAfter) { IsRateLimit = true },
            2 => new("The app has made as many calls on this instance as Wix allows.", verdict.RetryAfter),
            _ => RefusedByWix(verdict.RetryAfter),
        },
    };

    private static WixUnavailableException RefusedByWix(TimeSpan left) =>
        new("Wix has refused calls on this instance because there were too many.", left);

    private sealed record Pause(DateTimeOffset Until);

    [LoggerMessage(1, LogLevel.Warning, "A call to Wix in {Endpoint} was not made: {Reason}")]
    private partial void LogSpent(string endpoint, string reason);
}
