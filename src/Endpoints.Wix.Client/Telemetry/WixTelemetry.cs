using System.Diagnostics;
using System.Diagnostics.Metrics;
using Endpoints.Wix.Values;

namespace Endpoints.Wix.Telemetry;

/// <summary>
/// Holds the library's meter and activity source, as <c>docs/telemetry.md</c> lists them, and records calls to Wix. No metric has a tag
/// whose value a client can choose.
/// </summary>
internal sealed class WixTelemetry : IDisposable
{
    public const string Name = "Endpoints.Wix";

    private readonly ActivitySource _activities = new(Name);
    private readonly Histogram<double> _keyCalls;
    private readonly Histogram<double> _appCalls;
    private readonly Counter<long> _tokens;
    private readonly AppName _app; // the app without a name has no tag

    public WixTelemetry(IMeterFactory meters, AppName app)
    {
        _app = app;
        Meter = meters.Create(new MeterOptions(Name) { Tags = app.IsDefault ? null : [new("wix.app", app.Value)] });
        _keyCalls = Meter.CreateHistogram<double>("endpoints.wix.api_key_call.duration", "s",
            "The duration of calls to Wix that were made with the API key.");
        _appCalls = Meter.CreateHistogram<double>("endpoints.wix.app_call.duration", "s",
            "The duration of calls to Wix that were made as the app without a caller.");
        _tokens = Meter.CreateCounter<long>("endpoints.wix.token_requests", "{request}",
            "The number of tokens requested from Wix, including renewals.");
    }

    /// <summary>Gets the meter, for other parts of the library.</summary>
    public Meter Meter { get; }

    /// <summary>Begins the activity of a call. Returns <see langword="null"/> if nobody listens.</summary>
    /// <param name="name">The name of the activity.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="template">The path at Wix, with its arguments as placeholders.</param>
    public Activity? Begin(string name, string method, string template)
    {
        var activity = Begin(name, ActivityKind.Client, default);
        return activity is { IsAllDataRequested: true }
            ? activity.SetTag("http.request.method", Method(method)).SetTag("url.template", template) : activity;
    }

    /// <summary>Begins the activity of something that is no call to Wix. Returns <see langword="null"/> if nobody listens.</summary>
    /// <param name="name">The name of the activity.</param>
    /// <param name="kind">The kind of the activity.</param>
    /// <param name="parent">The activity that it belongs to; the default value for the current one.</param>
    public Activity? Begin(string name, ActivityKind kind, ActivityContext parent)
    {
        var activity = _activities.StartActivity(name, kind, parent);
        return activity is { IsAllDataRequested: true } && !_app.IsDefault ? activity.SetTag("wix.app", _app.Value) : activity;
    }

    /// <summary>
    /// Begins the activity of a call with the application's own credentials. Returns <see langword="null"/> if nobody listens.
    /// </summary>
    /// <param name="name">The name of the activity.</param>
    /// <param name="behind">The request in which the call is made; <see langword="null"/> for none.</param>
    /// <param name="subject">The kind of the credentials' target, which is the name of the tag.</param>
    /// <param name="id">The site's, the account's or the instance's id.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="template">The path at Wix, with its arguments as placeholders.</param>
    public Activity? BeginOwn(string name, CallOrigin? behind, string subject, string? id, string method, string template)
    {
        var activity = Begin(name, method, template);
        if (activity is { IsAllDataRequested: true })
            Tag(activity, behind).SetTag(subject, id);
        return activity;
    }

    /// <summary>Ends the activity of a call with the API key and counts it.</summary>
    public void EndKey(Activity? activity, string method, int? status, TimeSpan elapsed) =>
        EndOwn(_keyCalls, activity, method, status, elapsed);

    /// <summary>Ends the activity of a call as the app, on behalf of no caller, and counts it.</summary>
    public void EndApp(Activity? activity, string method, int? status, TimeSpan elapsed) =>
        EndOwn(_appCalls, activity, method, status, elapsed);

    /// <summary>Counts a request for a token.</summary>
    /// <param name="grant">The grant: <c>client_credentials</c>, <c>refresh_token</c> and the like.</param>
    /// <param name="outcome"><c>issued</c>, <c>refused</c> or <c>unavailable</c>.</param>
    public void TokenAsked(string grant, string outcome) => _tokens.Add(1, new("grant", grant), new("outcome", outcome));

    public void Dispose() => _activities.Dispose();

    private static void EndOwn(Histogram<double> calls, Activity? activity, string method, int? status, TimeSpan elapsed)
    {
        End(activity, status);
        if (calls.Enabled)
            calls.Record(elapsed.TotalSeconds, new("http.request.method", Method(method)), new("http.response.status_code", Known(status)));
    }

    /// <summary>Adds the tags for the request behind a call.</summary>
    public static Activity Tag(Activity activity, CallOrigin? behind) => activity
        .SetTag("endpoint", behind?.Endpoint)
        .SetTag("caller.kind", behind?.CallerKind)
        .SetTag("caller.id", behind?.CallerId);

    /// <summary>Ends the activity of a call.</summary>
    public static void End(Activity? activity, int? status)
    {
        if (status is { } known)
            activity?.SetTag("http.response.status_code", known);
        if (status is null or >= 400)
            activity?.SetStatus(ActivityStatusCode.Error);
        activity?.Dispose();
    }

    /// <summary>Returns a status as a tag value.</summary>
    public static int Known(int? status) => status is >= 100 and < 600 ? status.Value : 0;

    /// <summary>Returns a method as a tag value. A handler may make up methods, and pass on what a client made up.</summary>
    public static string Method(string method) =>
        method is "GET" or "POST" or "PUT" or "PATCH" or "DELETE" or "HEAD" or "OPTIONS" ? method : "_OTHER";
}
