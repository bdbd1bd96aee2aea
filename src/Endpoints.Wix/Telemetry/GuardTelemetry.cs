using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Endpoints.Wix.Telemetry;

/// <summary>Records guards and elevated calls in the library's meter and activity source.</summary>
internal sealed class GuardTelemetry(WixTelemetry wix)
{
    private readonly Histogram<double> _calls = wix.Meter.CreateHistogram<double>("endpoints.wix.elevated_call.duration", "s",
        "The duration of calls to Wix that were made as the app.");
    private readonly Counter<long> _refusals = wix.Meter.CreateCounter<long>("endpoints.wix.refusals", "{request}",
        "The number of requests that the guards of elevated endpoints rejected.");
    private readonly Counter<long> _limited = wix.Meter.CreateCounter<long>("endpoints.wix.identifications_limited", "{request}",
        "The number of tokens that were not checked with Wix because a limit was reached.");
    private readonly Counter<long> _cacheFailures = wix.Meter.CreateCounter<long>("endpoints.wix.shared_cache_failures", "{call}",
        "The number of calls to the distributed cache that failed or were not made.");

    /// <summary>Returns the kind of a caller, as used in tags.</summary>
    public static string Text(Callers kind) => kind switch
    {
        Callers.Visitor => "visitor",
        Callers.Member => "member",
        Callers.User => "user",
        Callers.Service => "service",
        Callers.App => "app",
        _ => "unknown",
    };

    /// <summary>Begins the activity of an elevated call. Returns <see langword="null"/> if nobody listens.</summary>
    public Activity? Begin(CallOrigin behind, string? instanceId, string method, string template)
    {
        var activity = wix.Begin("Endpoints.Wix.ElevatedCall", method, template);
        if (activity is { IsAllDataRequested: true })
            WixTelemetry.Tag(activity, behind).SetTag("wix.instance", instanceId);
        return activity;
    }

    /// <summary>Ends the activity of an elevated call and counts it.</summary>
    public void End(Activity? activity, CallOrigin behind, string method, int? status, TimeSpan elapsed)
    {
        WixTelemetry.End(activity, status);
        if (_calls.Enabled)
        {
            _calls.Record(
                elapsed.TotalSeconds,
                new("endpoint", behind.Endpoint), new("caller.kind", behind.CallerKind),
                new("http.request.method", WixTelemetry.Method(method)),
                new("http.response.status_code", WixTelemetry.Known(status)));
        }
    }

    /// <summary>Counts a refusal.</summary>
    /// <param name="endpoint">The endpoint's name.</param>
    /// <param name="problem">The type of the problem document.</param>
    public void Refused(string endpoint, string problem) => _refusals.Add(1, new("endpoint", endpoint), new("problem", problem));

    /// <summary>Counts a question to Wix that was not asked.</summary>
    /// <param name="reason"><c>network</c> if the client's network has reached its limit; <c>busy</c> if too many questions wait.</param>
    public void IdentificationLimited(string reason) => _limited.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>Counts a failed call of the distributed cache.</summary>
    /// <param name="reason"><c>error</c>, <c>slow</c>, or <c>skipped</c> while the cache is left alone.</param>
    public void CacheMissed(string reason) => _cacheFailures.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
