using System.Globalization;
using System.Text;
using Endpoints.Problems;
using Endpoints.RateLimiting.Counting;
using Endpoints.RateLimiting.Enforcing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Endpoints.RateLimiting.Configured;

/// <summary>
/// Enforces the limits of AspNetCoreRateLimit's sections on every request. Invalid settings stop the start; a later change with invalid
/// settings is logged and ignored.
/// </summary>
internal sealed partial class ConfiguredLimitsMiddleware : IDisposable
{
    private readonly ConfiguredScopes _scopes = new();
    private readonly RequestDelegate _next;
    private readonly IConfiguration _configuration;
    private readonly RateLimitGate _gate;
    private readonly MemoryRateLimitStore _memory;
    private readonly RateLimitMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<ConfiguredLimitsMiddleware> _logger;
    private readonly IDisposable _changes;
    private ConfiguredLimits[] _limits;

    /// <exception cref="FormatException">A setting is invalid; the message names it.</exception>
    public ConfiguredLimitsMiddleware(
        RequestDelegate next, IConfiguration configuration, RateLimitGate gate, MemoryRateLimitStore memory, RateLimitMetrics metrics,
        TimeProvider time, ILogger<ConfiguredLimitsMiddleware> logger)
    {
        (_next, _configuration, _gate, _memory, _metrics) = (next, configuration, gate, memory, metrics);
        (_time, _logger) = (time, logger);
        _limits = ConfiguredLimits.Read(configuration, _scopes);
        _changes = ChangeToken.OnChange(configuration.GetReloadToken, Reload);
    }

    public async Task InvokeAsync(HttpContext context)
    {
        foreach (var limits in Volatile.Read(ref _limits))
        {
            if (await RejectAsync(context, limits).ConfigureAwait(false))
                return;
        }

        await _next(context).ConfigureAwait(false);
    }

    public void Dispose() => _changes.Dispose();

    private void Reload()
    {
        try
        {
            Volatile.Write(ref _limits, ConfiguredLimits.Read(_configuration, _scopes));
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            LogNotReloaded(e);
        }
    }

    /// <returns>A task that returns true if the request has been answered; otherwise, false.</returns>
    private async ValueTask<bool> RejectAsync(HttpContext context, ConfiguredLimits limits)
    {
        var caller = limits.NeedsCaller ? await RateLimitGate.IdentifyAsync(context).ConfigureAwait(false) : default;
        var client = caller.Client ?? caller.Id;
        var path = context.Request.Path.Value?.TrimEnd('/') is { Length: > 0 } some ? some : "/";
        var asked = limits.For(context.Request.Method, path, context.Connection.RemoteIpAddress, client).ToList();
        var address = asked.Count > 0 ? _gate.AddressOf(context) : default;
        var counters = new RateLimitCounter[asked.Count * 3];
        while (asked.Count > 0)
        {
            var count = 0;
            foreach (var limit in asked)
                count = _gate.Add(counters, count, context, limit.Use, address, caller with { Client = client });
            var verdict = await DecideAsync(asked, counters.AsMemory(0, count), context.RequestAborted).ConfigureAwait(false);
            var counter = counters[verdict.Counter];
            var decided = asked.Find(limit => limit.Scope == counter.Key.Scope)!; // it has the counter
            if (verdict.IsAdmitted)
            {
                foreach (var limit in asked)
                    _metrics.Decided(limit.Scope.Name, "admitted");
                if (!limits.Section.DisableRateLimitHeaders)
                    AddHeaders(context, decided, verdict);
                await _gate.TellAdmittedAsync(context, counter, verdict).ConfigureAwait(false);
                return false;
            }

            LogRejected(decided.Scope.Name, decided.Scope.Rule.MonitorOnly);
            await _gate.TellRejectedAsync(context, decided.Scope.Name, decided.Scope.Rule, counter.Limit, verdict).ConfigureAwait(false);
            if (!decided.Scope.Rule.MonitorOnly)
            {
                // Those before it have a longer period, and had room.
                var longer = Array.FindIndex(counters, one => one.Key.Scope == decided.Scope);
                if (limits.Section.StackBlockedRequests && longer > 0)
                    await DecideAsync([], counters.AsMemory(0, longer), context.RequestAborted).ConfigureAwait(false);
                await AnswerAsync(context, limits.Section, decided, verdict).ConfigureAwait(false);
                return true;
            }

            asked.Remove(decided);
        }

        return false;
    }

    private async ValueTask<RateLimitVerdict> DecideAsync(
        List<ConfiguredLimit> asked, ReadOnlyMemory<RateLimitCounter> counters, CancellationToken ct)
    {
        var verdict = await _gate.DecideAsync(counters, ct).ConfigureAwait(false);
        if (!verdict.IsUnavailable)
            return verdict;
        foreach (var limit in asked)
            _metrics.Decided(limit.Scope.Name, "unavailable");
        return _memory.Decide(counters.Span);
    }

    private void AddHeaders(HttpContext context, ConfiguredLimit limit, in RateLimitVerdict verdict) =>
        RateLimitHeaders.Add(context, [new(limit.Scope, 0)], limit.Scope.Name, limit.Scope.Rule, verdict, _time, limit.Period);

    private Task AnswerAsync(HttpContext context, ConfiguredSection section, ConfiguredLimit limit, in RateLimitVerdict verdict)
    {
        var seconds = RateLimitHeaders.Seconds(verdict.RetryAfter);
        if (!section.DisableRateLimitHeaders)
            AddHeaders(context, limit, verdict);
        var response = limit.Response ?? section.QuotaExceededResponse;
        var status = response?.StatusCode ?? section.HttpStatusCode;
        var text = response?.Content ?? section.QuotaExceededMessage;
        if (text is null)
            return ProblemWriter.WriteAsync(
                context, RequestProblems.Limited("rate-limited", status, "Too many requests.",
                    "Retry after the time in the Retry-After header.", verdict.RetryAfter));

        context.Response.StatusCode = status;
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = response?.ContentType ?? "text/plain";
        var filled = string.Format(CultureInfo.InvariantCulture, CompositeFormat.Parse(text), limit.Scope.Rule.Limit, limit.Period,
            seconds);
        return context.Response.WriteAsync(filled, context.RequestAborted);
    }

    [LoggerMessage(1, LogLevel.Information, "A request exceeded the limit {Rule} (monitor mode: {IsMonitored})")]
    private partial void LogRejected(string rule, bool isMonitored);

    [LoggerMessage(2, LogLevel.Error, "The changed rate limit settings can't be read. The application keeps its current settings")]
    private partial void LogNotReloaded(Exception cause);
}
