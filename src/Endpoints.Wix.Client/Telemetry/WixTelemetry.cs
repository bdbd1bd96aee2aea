using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Endpoints.Wix.Telemetry;

/// <summary>The library's meter and activity source, as <c>docs/telemetry.md</c> lists them, and what calls to Wix tell them. No metric has a tag whose value a client can choose.</summary>
internal sealed class WixTelemetry : IDisposable
{
    public const string Name = "Endpoints.Wix";

    private readonly ActivitySource _activities = new(Name);
    private readonly Histogram<double> _keyCalls;
    private readonly Histogram<double> _appCalls;
    private readonly Counter<long> _tokens;

    public WixTelemetry(IMeterFactory meters)
    {
        Meter = meters.Create(Name);
        _keyCalls = Meter.CreateHistogram<double>("endpoints.wix.api_key_call.duration", "s", "How long calls to Wix took that were made with the API key.");
        _appCalls = Meter.CreateHistogram<double>("endpoints.wix.app_call.duration", "s", "How long calls to Wix took that were made as the app, for no caller.");
        _tokens = Meter.CreateCounter<long>("endpoints.wix.token_requests", "{request}", "Tokens that Wix was asked for, renewals included.");
    }

    /// <summary>The meter, for what other rooms count.</summary>
    public Meter Meter { get; }

    /// <summary>Begins the activity of a call; null while nobody listens.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="template">The path at Wix, its arguments as placeholders.</param>
    public Activity? Begin(string name, string method, string template)
    {
        var activity = _activities.StartActivity(name, ActivityKind.Client);
        return activity is { IsAllDataRequested: true } ? activity.SetTag("http.request.method", Method(method)).SetTag("url.template", template) : activity;
    }

    /// <summary>Begins the activity of a call with the application's own credentials; null while nobody listens.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="behind">The request that it is made in; null for none.</param>
    /// <param name="subject">What the credentials are used for: the tag's name.</param>
    /// <param name="id">The site's, the account's or the instance's id.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="template">The path at Wix, its arguments as placeholders.</param>
    public Activity? BeginOwn(string name, CallOrigin? behind, string subject, string? id, string method, string template)
    {
        var activity = Begin(name, method, template);
        if (activity is { IsAllDataRequested: true })
            Tag(activity, behind).SetTag(subject, id);
        return activity;
    }

    /// <summary>Ends the activity of a call with the API key and counts it.</summary>
    public void EndKey(Activity? activity, string method, int? status, TimeSpan elapsed) => EndOwn(_keyCalls, activity, method, status, elapsed);

    /// <summary>Ends the activity of a call as the app, for no caller, and counts it.</summary>
    public void EndApp(Activity? activity, string method, int? status, TimeSpan elapsed) => EndOwn(_appCalls, activity, method, status, elapsed);

    /// <summary>Counts a token that was asked for.</summary>
    /// <param name="grant">The grant: <c>client_credentials</c>, <c>refresh_token</c> and the like.</param>
    /// <param name="outcome"><c>issued</c>, <c>refused</c> or <c>unavailable</c>.</param>
    public void TokenAsked(string grant, string outcome) => _tokens.Add(1, new("grant", grant), new("outcome", outcome));

    public void Dispose() => _activities.Dispose();

    private static void EndOwn(Histogram<double> calls, Activity? activity, string method, int? status, TimeSpan elapsed)
    {
        End(activity, status);
        calls.Record(elapsed.TotalSeconds, new("http.request.method", Method(method)), new("http.response.status_code", Known(status)));
    }

    /// <summary>Says in whose name a call is made.</summary>
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

    /// <summary>A status as a tag.</summary>
    public static int Known(int? status) => status is >= 100 and < 600 ? status.Value : 0;

    /// <summary>A method as a tag. A handler may make up methods, and pass on what a client made up.</summary>
    public static string Method(string method) => method is "GET" or "POST" or "PUT" or "PATCH" or "DELETE" or "HEAD" or "OPTIONS" ? method : "_OTHER";
}
