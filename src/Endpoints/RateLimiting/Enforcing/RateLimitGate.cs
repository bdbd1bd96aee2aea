using System.Buffers;
using System.Diagnostics;
using System.Threading.RateLimiting;
using Endpoints.Problems;
using Endpoints.RateLimiting.Counting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Endpoints.RateLimiting.Enforcing;

/// <summary>Checks all limits of one stage in one decision.</summary>
internal sealed partial class RateLimitGate(
    IRateLimitStore store,
    MemoryRateLimitStore memory,
    IOptions<RateLimitOptions> options,
    RateLimitMetrics metrics,
    RequestQueues queues,
    TimeProvider time,
    ILogger<RateLimitGate> logger)
{
    private static readonly PrincipalCallers Principal = new();
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);

    private readonly RateLimitOptions _options = options.Value;
    private readonly bool _isLocal = ReferenceEquals(store, memory);
    private int _warned;

    /// <summary>Gets a value that indicates whether this process counts by itself.</summary>
    public bool IsLocal => _isLocal;

    /// <summary>Returns the request's caller for rate limits.</summary>
    /// <remarks>The application's own service may be one for each request.</remarks>
    public static ValueTask<RateLimitCaller> IdentifyAsync(HttpContext context) =>
        (context.RequestServices.GetService<IRateLimitCallers>() ?? Principal).IdentifyAsync(context, context.RequestAborted);

    /// <summary>Counts a request against limits.</summary>
    /// <param name="context">The HTTP context of the request.</param>
    /// <param name="endpoint">The endpoint's name, for logs.</param>
    /// <param name="uses">The limits.</param>
    /// <param name="caller">The caller, if it is known already.</param>
    /// <returns>A task that returns the problem to respond with, or null if the request is within all limits.</returns>
    public ValueTask<Problem?> AskAsync(HttpContext context, string endpoint, LimitUse[] uses, RateLimitCaller caller)
    {
        if (uses.Length == 0)
            return default;
        var counters = ArrayPool<RateLimitCounter>.Shared.Rent(uses.Length * 3);
        var count = 0;
        var hasLimiters = false;
        var hasQueues = false;
        var isClosed = false;
        var address = AddressOf(context);
        foreach (var use in uses)
        {
            var rule = use.Scope.Rule;
            if (rule.Exempts?.Invoke(context) == true)
                continue;
            if (rule.Limiter is not null)
                hasLimiters = true;
            else if (!(use.LeavesOutAnonymous && caller.Id is null))
                count = Add(counters, count, context, use, address, caller);
            hasQueues |= rule.QueueLimit > 0;
            isClosed |= use.IsClosed || rule.OnStoreFailure == RateLimitStoreFailure.Reject;
        }

        var begun = _isLocal ? 0 : Stopwatch.GetTimestamp();
        var asked = hasQueues && queues.Busy(counters.AsSpan(0, count)) is >= 0 and var busy
            ? new(new RateLimitVerdict(false, busy, 0, TimeSpan.Zero, TimeSpan.Zero)) // those who wait are before it
            : Decide(counters.AsMemory(0, count), context.RequestAborted);
        if (!asked.IsCompletedSuccessfully || hasLimiters || _options.OnAdmitted is not null)
            return SettleAsync(context, endpoint, uses, counters, count, asked, isClosed, begun);

        var verdict = asked.Result;
        if (!verdict.IsAdmitted || verdict.Held is not null)
            return SettleAsync(context, endpoint, uses, counters, count, new(verdict), isClosed, begun);
        Admit(context, uses, counters, count, verdict);
        Return(counters, count);
        return default;
    }

    /// <summary>Counts against one named rule outside of endpoints, such as at the beginning of a login.</summary>
    /// <returns>A task that returns null if the request is within the limit; otherwise, the time to wait.</returns>
    public async ValueTask<TimeSpan?> CountAsync(HttpContext context, LimitUse use)
    {
        if (use.Scope.Rule.Exempts?.Invoke(context) == true)
            return null;
        var counters = new RateLimitCounter[3];
        var count = Add(counters, 0, context, use, AddressOf(context), default);
        var verdict = await Decide(counters.AsMemory(0, count), context.RequestAborted).ConfigureAwait(false);
        if (verdict.IsUnavailable)
        {
            metrics.Decided(use.Scope.Name, "unavailable");
            if (use.IsClosed || use.Scope.Rule.OnStoreFailure == RateLimitStoreFailure.Reject)
                return TimeSpan.FromSeconds(1);
            verdict = memory.Decide(counters.AsSpan(0, count));
        }

        var counter = counters[verdict.Counter];
        if (verdict.IsAdmitted)
        {
            metrics.Decided(use.Scope.Name, "admitted");
            await TellAdmittedAsync(context, counter, verdict).ConfigureAwait(false);
            return null;
        }

        await TellRejectedAsync(context, use.Scope.Name, use.Scope.Rule, counter.Limit, verdict).ConfigureAwait(false);
        return use.Scope.Rule.MonitorOnly ? null : verdict.RetryAfter;
    }

    /// <summary>Returns what a limit has left for a request, without counting it.</summary>
    /// <returns>A task that returns the status, or null if the limit does not apply, or does not say.</returns>
    public async ValueTask<LimitStatus?> InspectAsync(HttpContext context, LimitUse use, RateLimitCaller caller)
    {
        var rule = use.Scope.Rule;
        if (rule.Exempts?.Invoke(context) == true || (use.LeavesOutAnonymous && caller.Id is null))
            return null;
        if (rule.Limiter is { } limiter)
        {
            return limiter.GetStatistics(context) is { } known
                ? new(known.CurrentAvailablePermits, known.CurrentAvailablePermits, TimeSpan.Zero) : null;
        }

        var counters = new RateLimitCounter[3];
        var count = Add(counters, 0, context, use, AddressOf(context), caller);
        LimitStatus? least = null;
        for (var i = 0; i < count; i++)
        {
            var state = await store.InspectAsync(counters[i], context.RequestAborted).ConfigureAwait(false);
            var left = Math.Max(0, counters[i].Limit - state.Used);
            if (least is null || left < least.Remaining)
                least = new(counters[i].Limit, left, state.Reset);
        }

        return least;
    }

    /// <summary>Decides by counters that the caller has created, where <see cref="IsLocal"/>. They may be on the stack.</summary>
    public RateLimitVerdict Decide(ReadOnlySpan<RateLimitCounter> counters) => memory.Decide(counters);

    /// <summary>Decides by counters that the caller has created.</summary>
    public ValueTask<RateLimitVerdict> DecideAsync(ReadOnlyMemory<RateLimitCounter> counters, CancellationToken ct) => Decide(counters, ct);

    /// <summary>Counts a rejection in the metrics, and calls the application's hook.</summary>
    public ValueTask TellRejectedAsync(HttpContext context, string name, RateLimitRule rule, int limit, in RateLimitVerdict verdict)
    {
        metrics.Decided(name, rule.MonitorOnly ? "monitored" : "rejected");
        return _options.OnRejected is { } hook
            ? hook(new(context, name, limit, verdict.Remaining, verdict.RetryAfter, IsRejected: true, rule.MonitorOnly),
                context.RequestAborted)
            : default;
    }

    /// <summary>Calls the application's hook for a request that all limits of a decision admit.</summary>
    public ValueTask TellAdmittedAsync(HttpContext context, in RateLimitCounter least, in RateLimitVerdict verdict) =>
        _options.OnAdmitted is { } hook
            ? hook(new(context, least.Key.Rule, least.Limit, verdict.Remaining, TimeSpan.Zero, IsRejected: false, IsMonitored: false),
                context.RequestAborted)
            : default;

    private static ReadOnlySpan<int> Networks => [48, 56];

    /// <summary>Adds the counters of a limit: one, or those of the networks around the client's as well.</summary>
    /// <returns>The number of counters there are.</returns>
    public int Add(RateLimitCounter[] counters, int count, HttpContext context, LimitUse use, ClientAddress address,
        in RateLimitCaller caller)
    {
        var rule = use.Scope.Rule;
        var cost = use.Cost > 0 ? use.Cost : rule.CostOf is { } costOf ? Math.Max(1, costOf(context)) : rule.Cost;
        var key = RateLimitKey.Of(use.Scope, address, caller, rule.Key?.Invoke(context));
        if (key.Address.IsV6)
        {
            // From the largest on: a network that has had its share makes no counters for those in it.
            foreach (var bits in Networks)
            {
                var network = key.Within(bits);
                counters[count++] = new(network, rule, _options.LimitOf(rule, network.Address), cost);
            }
        }

        counters[count++] = new(key, rule, rule.Capacity, cost);
        return count;
    }

    /// <summary>Returns the client's address, and warns once if it can't be told from others'.</summary>
    public ClientAddress AddressOf(HttpContext context)
    {
        if (Volatile.Read(ref _warned) == 0 && SharedAddress.Of(context) is { } shared && Interlocked.Exchange(ref _warned, 1) == 0)
            LogSharedAddress(shared);
        return ClientAddress.Of(context);
    }

    private ValueTask<RateLimitVerdict> Decide(ReadOnlyMemory<RateLimitCounter> counters, CancellationToken ct)
    {
        if (_isLocal || counters.Length == 0)
            return new(memory.Decide(counters.Span));
        try
        {
            var asked = store.DecideAsync(counters, ct);
            return asked.IsCompletedSuccessfully ? asked : WaitAsync(asked, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            LogStoreFailed(e);
            return new(RateLimitVerdict.Unavailable);
        }
    }

    private async ValueTask<RateLimitVerdict> WaitAsync(ValueTask<RateLimitVerdict> asked, CancellationToken ct)
    {
        try
        {
            return await asked.ConfigureAwait(false);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            LogStoreFailed(e);
            return RateLimitVerdict.Unavailable;
        }
    }

    private async ValueTask<Problem?> SettleAsync(
        HttpContext context, string endpoint, LimitUse[] uses, RateLimitCounter[] counters, int count, ValueTask<RateLimitVerdict> asked,
        bool isClosed, long begun)
    {
        var verdict = await asked.ConfigureAwait(false);
        long? deadline = null;
        while (true)
        {
            if (!_isLocal && begun > 0)
                metrics.Asked(Stopwatch.GetElapsedTime(begun), !verdict.IsUnavailable);
            if (verdict.IsUnavailable)
            {
                foreach (var use in uses)
                    metrics.Decided(use.Scope.Name, "unavailable");
                if (isClosed)
                    return RequestProblems.LimitsUnavailable;
                verdict = memory.Decide(counters.AsSpan(0, count));
            }

            if (verdict.Held is { } held)
                context.Response.RegisterForDisposeAsync(Waking(held, counters.AsSpan(0, count)));
            if (verdict.IsAdmitted)
                break;
            var counter = counters[verdict.Counter];
            if (counter.Rule is { QueueLimit: > 0, MonitorOnly: false } && (deadline is null || Left(deadline.Value) > TimeSpan.Zero))
            {
                var refusing = verdict.Counter;
                var isNew = deadline is null;
                deadline ??= time.GetTimestamp() + (long)(counter.Rule.QueueTimeout.TotalSeconds * time.TimestampFrequency);
                verdict = await QueueAsync(context, counters.AsMemory(0, count), verdict, deadline.Value, isNew).ConfigureAwait(false);
                begun = 0;
                if (verdict.IsAdmitted || verdict.IsUnavailable || verdict.Counter != refusing)
                    continue;
            }

            if (await RejectAsync(context, endpoint, uses, counter.Key.Rule, counter.Rule, counter.Limit, verdict)
                .ConfigureAwait(false) is { } problem)
                return problem;

            // Without the limits that only watch.
            count = counters.AsSpan(0, count).LeaveOut(counter.Key.Scope);
            begun = Stopwatch.GetTimestamp();
            verdict = await Decide(counters.AsMemory(0, count), context.RequestAborted).ConfigureAwait(false);
        }

        foreach (var use in uses)
        {
            if (use.Scope.Rule.Limiter is not { } limiter || use.Scope.Rule.Exempts?.Invoke(context) == true)
                continue;
            var lease = await limiter.AcquireAsync(context, use.Cost > 0 ? use.Cost : use.Scope.Rule.Cost, context.RequestAborted)
                .ConfigureAwait(false);
            context.Response.RegisterForDispose(lease);
            if (lease.IsAcquired)
                continue;
            var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var known) ? known : TimeSpan.FromSeconds(1);
            if (await RejectAsync(context, endpoint, uses, use.Scope.Name, use.Scope.Rule, 0, new(false, -1, 0, wait, wait))
                .ConfigureAwait(false) is { } problem)
                return problem;
        }

        Admit(context, uses, counters, count, verdict);
        if (count > 0)
            await TellAdmittedAsync(context, counters[verdict.Counter], verdict).ConfigureAwait(false);
        Return(counters, count);
        return null;
    }

    /// <summary>Waits for room within the limit that has rejected a request, after those who have waited longer.</summary>
    /// <returns>
    /// A task that returns the decision: that of the limit when the queue is full or the time is over, otherwise the first that is another.
    /// </returns>
    private async ValueTask<RateLimitVerdict> QueueAsync(HttpContext context, ReadOnlyMemory<RateLimitCounter> counters,
        RateLimitVerdict verdict, long deadline, bool isNew)
    {
        var index = verdict.Counter;
        var rule = counters.Span[index].Rule;
        using var turn = queues.TryJoin(counters.Span[index]);
        while (turn is not null)
        {
            var left = Left(deadline);
            if (turn.IsFirst)
            {
                if (!isNew)
                {
                    if (left <= TimeSpan.Zero || (verdict.RetryAfter > left && rule.Algorithm != RateLimitAlgorithm.Concurrency))
                        break; // there is nothing to wait for
                    var pause = verdict.RetryAfter > ShortestPause ? verdict.RetryAfter : ShortestPause;
                    await turn.WaitAsync(pause < left ? pause : left, context.RequestAborted).ConfigureAwait(false);
                }

                isNew = false;
                verdict = await Decide(counters, context.RequestAborted).ConfigureAwait(false);
                if (verdict.IsAdmitted || verdict.IsUnavailable || verdict.Counter != index)
                    break;
            }
            else if (left > TimeSpan.Zero)
            {
                await turn.WaitAsync(left, context.RequestAborted).ConfigureAwait(false);
            }
            else
            {
                break;
            }
        }

        return verdict;
    }

    private TimeSpan Left(long deadline) => time.GetElapsedTime(time.GetTimestamp(), deadline);

    private IAsyncDisposable Waking(IAsyncDisposable held, ReadOnlySpan<RateLimitCounter> counters)
    {
        List<RateLimitKey>? waiting = null;
        foreach (ref readonly var counter in counters)
        {
            if (counter.Rule is { QueueLimit: > 0, Algorithm: RateLimitAlgorithm.Concurrency })
                (waiting ??= []).Add(counter.Key);
        }

        return waiting is null ? held : new HeldPlace(held, queues, waiting);
    }

    /// <summary>Represents places that wake those who wait for them when they are given back.</summary>
    private sealed class HeldPlace(IAsyncDisposable held, RequestQueues queues, List<RateLimitKey> waiting) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await held.DisposeAsync().ConfigureAwait(false);
            foreach (var key in waiting)
                queues.Wake(key);
        }
    }

    private void Admit(HttpContext context, LimitUse[] uses, RateLimitCounter[] counters, int count, in RateLimitVerdict verdict)
    {
        if (metrics.IsEnabled)
        {
            foreach (var use in uses)
                metrics.Decided(use.Scope.Name, "admitted");
        }

        if (_options.HeadersOnAdmitted && count > 0)
            RateLimitHeaders.Add(context, uses, counters[verdict.Counter].Key.Rule, counters[verdict.Counter].Rule, verdict,
                _options.LegacyHeaders ? time : null);
    }

    private async ValueTask<Problem?> RejectAsync(
        HttpContext context, string endpoint, LimitUse[] uses, string name, RateLimitRule rule, int limit, RateLimitVerdict verdict)
    {
        if (rule.MonitorOnly)
            LogMonitored(endpoint, name);
        else
            LogRejected(endpoint, name);
        await TellRejectedAsync(context, name, rule, limit, verdict).ConfigureAwait(false);
        if (rule.MonitorOnly)
            return null;

        RateLimitHeaders.Add(context, uses, name, rule, verdict, _options.LegacyHeaders ? time : null);
        return RequestProblems.Limited(rule.ProblemType, rule.StatusCode, rule.Title, rule.Detail, verdict.RetryAfter);
    }

    private static void Return(RateLimitCounter[] counters, int count)
    {
        Array.Clear(counters, 0, count); // they hold callers' ids
        ArrayPool<RateLimitCounter>.Shared.Return(counters);
    }

    [LoggerMessage(1, LogLevel.Information, "A request to {Endpoint} exceeded the limit {Rule} and was rejected")]
    private partial void LogRejected(string endpoint, string rule);

    [LoggerMessage(2, LogLevel.Warning, "A request to {Endpoint} exceeded the limit {Rule}, which is in monitor mode")]
    private partial void LogMonitored(string endpoint, string rule);

    [LoggerMessage(3, LogLevel.Warning,
        "Requests arrive {How}, so all clients share the limits per client address. Let the proxy send X-Forwarded-For, set "
        + "ForwardedHeadersOptions.ForwardedHeaders "
        + "to include ForwardedHeaders.XForwardedFor, add the proxy to its KnownProxies or KnownIPNetworks unless it is on this machine, "
        + "and call app.UseForwardedHeaders() before all other middleware.")]
    private partial void LogSharedAddress(string how);

    [LoggerMessage(5, LogLevel.Error, "The rate limit store failed")]
    private partial void LogStoreFailed(Exception cause);
}
