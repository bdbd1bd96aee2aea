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
    private readonly TimeProvider _time;
    private readonly ILogger<ConfiguredLimitsMiddleware> _logger;
    private readonly IDisposable _changes;
    private ConfiguredLimits[] _limits;

    /// <exception cref="FormatException">A setting is invalid; the message names it.</exception>
    public ConfiguredLimitsMiddleware(
        RequestDelegate next, IConfiguration configuration, RateLimitGate gate, MemoryRateLimitStore memory, TimeProvider time,
        ILogger<ConfiguredLimitsMiddleware> logger)
    {
        (_next, _configuration, _gate, _memory, _time, _logger) = (next, configuration, gate, memory, time, logger);
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
        var caller = limits.IsByClient ? await RateLimitGate.IdentifyAsync(context).ConfigureAwait(false) : default;
        var client = caller.Client ?? caller.Id;
        var path = context.Request.Path.Value?.TrimEnd('/') is { Length: > 0 } some ? some : "/";
        var asked = limits.For(context.Request.Method, path, context.Connection.RemoteIpAddress, client).ToList();
        while (asked.Count > 0)
        {
            var counters =
                asked.ConvertAll(
                    limit => new RateLimitCounter(KeyOf(limit, context, caller with { Client = client }), limit.Scope.Rule,
                        limit.Scope.Rule.Limit, 1)).ToArray();
            var verdict = await DecideAsync(context, counters).ConfigureAwait(false);
            var decided = asked[verdict.Counter];
            if (verdict.IsAdmitted)
            {
                if (!limits.Section.DisableRateLimitHeaders)
                    AddHeaders(context, decided, verdict);
                return false;
            }

            if (limits.Section.StackBlockedRequests)
                await DecideAsync(context, [counters[verdict.Counter] with { Limit = int.MaxValue }]).ConfigureAwait(false);
            LogRejected(decided.Scope.Name, decided.Scope.Rule.MonitorOnly);
            if (!decided.Scope.Rule.MonitorOnly)
            {
                await AnswerAsync(context, limits.Section, decided, verdict).ConfigureAwait(false);
                return true;
            }

            asked.Remove(decided);
        }

        return false;
    }

    private async ValueTask<RateLimitVerdict> DecideAsync(HttpContext context, RateLimitCounter[] counters)
    {
        var verdict = await _gate.DecideAsync(counters, context.RequestAborted).ConfigureAwait(false);
        return verdict.IsUnavailable ? _memory.Decide(counters) : verdict;
    }

    private static RateLimitKey KeyOf(ConfiguredLimit limit, HttpContext context, in RateLimitCaller caller) =>
        RateLimitKey.Of(limit.Scope, ClientAddress.Of(context), caller, null);

    private void AddHeaders(HttpContext context, ConfiguredLimit limit, in RateLimitVerdict verdict) =>
        RateLimitHeaders.Add(context, [new(limit.Scope, 0)], limit.Scope.Name, limit.Scope.Rule, verdict, _time);

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
