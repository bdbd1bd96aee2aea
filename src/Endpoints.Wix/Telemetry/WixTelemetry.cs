using System.Diagnostics;
using System.Diagnostics.Metrics;
using Endpoints.Wix.Elevation;
using Endpoints.Wix.Elevation.Calls;
using Endpoints.Wix.Http;

namespace Endpoints.Wix.Telemetry;

/// <summary>The library's meter and activity source, as <c>docs/telemetry.md</c> lists them. No metric has a tag whose value a client can choose.</summary>
internal sealed class WixTelemetry : IDisposable
{
    public const string Name = "Endpoints.Wix";

    private readonly ActivitySource _activities = new(Name);
    private readonly Histogram<double> _calls;
    private readonly Histogram<double> _adminCalls;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _tokens;
    private readonly Counter<long> _limited;

    public WixTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _calls = meter.CreateHistogram<double>("endpoints.wix.elevated_call.duration", "s", "How long calls to Wix took that were made as the app.");
        _adminCalls = meter.CreateHistogram<double>("endpoints.wix.api_key_call.duration", "s", "How long calls to Wix took that were made with the API key.");
        _refusals = meter.CreateCounter<long>("endpoints.wix.refusals", "{request}", "Requests that the guards of elevated endpoints refused.");
        _tokens = meter.CreateCounter<long>("endpoints.wix.token_requests", "{request}", "Tokens that Wix was asked for, renewals included.");
        _limited = meter.CreateCounter<long>("endpoints.wix.identifications_limited", "{request}", "Questions to Wix of whose a token is that were not asked, because too many had been.");
    }

    /// <summary>Begins the activity of an elevated call; null while nobody listens.</summary>
    public Activity? Begin(ElevationGrant grant, string? instanceId, string method, string template)
    {
        var activity = _activities.StartActivity("Endpoints.Wix.ElevatedCall", ActivityKind.Client);
        if (activity is { IsAllDataRequested: true })
        {
            activity
                .SetTag("endpoint", grant.Endpoint.Name)
                .SetTag("caller.kind", Text(grant.Caller.Kind))
                .SetTag("caller.id", grant.Caller.Id)
                .SetTag("wix.instance", instanceId)
                .SetTag("http.request.method", Method(method))
                .SetTag("url.template", template);
        }

        return activity;
    }

    /// <summary>Ends the activity of an elevated call and counts it.</summary>
    public void End(Activity? activity, ElevationGrant grant, string method, int? status, TimeSpan elapsed)
    {
        Close(activity, status);
        _calls.Record(
            elapsed.TotalSeconds,
            new("endpoint", grant.Endpoint.Name), new("caller.kind", Text(grant.Caller.Kind)), new("http.request.method", Method(method)),
            new("http.response.status_code", Known(status)));
    }

    /// <summary>Begins the activity of a call with the API key; null while nobody listens.</summary>
    public Activity? BeginAdmin(ElevationGrant? grant, WixHeader subject, string method, string template)
    {
        var activity = _activities.StartActivity("Endpoints.Wix.ApiKeyCall", ActivityKind.Client);
        if (activity is { IsAllDataRequested: true })
        {
            activity
                .SetTag("endpoint", grant?.Endpoint.Name)
                .SetTag("caller.kind", grant is null ? null : Text(grant.Caller.Kind))
                .SetTag("caller.id", grant?.Caller.Id)
                .SetTag(subject.Name == AdminIdentity.AccountHeader ? "wix.account" : "wix.site", subject.Value)
                .SetTag("http.request.method", Method(method))
                .SetTag("url.template", template);
        }

        return activity;
    }

    /// <summary>Ends the activity of a call with the API key and counts it.</summary>
    public void EndAdmin(Activity? activity, string method, int? status, TimeSpan elapsed)
    {
        Close(activity, status);
        _adminCalls.Record(elapsed.TotalSeconds, new("http.request.method", Method(method)), new("http.response.status_code", Known(status)));
    }

    /// <summary>Counts a refusal.</summary>
    /// <param name="endpoint">The endpoint's name.</param>
    /// <param name="problem">The type of the problem document.</param>
    public void Refused(string endpoint, string problem) => _refusals.Add(1, new("endpoint", endpoint), new("problem", problem));

    /// <summary>Counts a token that was asked for.</summary>
    /// <param name="grant">The grant: <c>client_credentials</c>, <c>refresh_token</c> and the like.</param>
    /// <param name="outcome"><c>issued</c>, <c>refused</c> or <c>unavailable</c>.</param>
    public void TokenAsked(string grant, string outcome) => _tokens.Add(1, new("grant", grant), new("outcome", outcome));

    /// <summary>Counts a question that was not asked.</summary>
    /// <param name="reason"><c>network</c>: the client's has had its share; <c>busy</c>: too many wait.</param>
    public void IdentificationLimited(string reason) => _limited.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Dispose() => _activities.Dispose();

    private static void Close(Activity? activity, int? status)
    {
        if (status is { } known)
            activity?.SetTag("http.response.status_code", known);
        if (status is null or >= 400)
            activity?.SetStatus(ActivityStatusCode.Error);
        activity?.Dispose();
    }

    private static int Known(int? status) => status is >= 100 and < 600 ? status.Value : 0;

    // A handler may make up methods, and pass on what a client made up.
    private static string Method(string method) => method is "GET" or "POST" or "PUT" or "PATCH" or "DELETE" or "HEAD" or "OPTIONS" ? method : "_OTHER";

    private static string Text(Callers kind) => kind switch
    {
        Callers.Visitor => "visitor",
        Callers.Member => "member",
        Callers.User => "user",
        _ => "app",
    };
}
