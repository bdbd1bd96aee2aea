using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Endpoints.Wix.Telemetry;

/// <summary>Records events and service plugin calls in the library's meter and activity source.</summary>
internal sealed class EventTelemetry(WixTelemetry wix)
{
    public const string Handled = "handled";
    public const string Failed = "failed";
    public const string Canceled = "canceled";
    public const string TimedOut = "timed_out";
    public const string Accepted = "accepted";
    public const string Duplicate = "duplicate";
    public const string Busy = "busy";
    public const string Unavailable = "unavailable";
    public const string Answered = "answered";
    public const string Declared = "declared";

    private readonly Counter<long> _refused = wix.Meter.CreateCounter<long>("endpoints.wix.signed_calls_refused", "{request}",
        "The number of events and service plugin calls that were rejected because Wix has not signed them for this app.");
    private readonly Counter<long> _events = wix.Meter.CreateCounter<long>("endpoints.wix.events", "{event}",
        "The number of events that Wix delivered, for each handler.");
    private readonly Histogram<double> _handlers = wix.Meter.CreateHistogram<double>("endpoints.wix.event_handler.duration", "s",
        "The duration of event handlers.");
    private readonly Histogram<double> _plugins = wix.Meter.CreateHistogram<double>("endpoints.wix.plugin_call.duration", "s",
        "The duration of service plugin calls.");

    /// <summary>Begins the activity of a handler or plugin. Returns <see langword="null"/> if nobody listens.</summary>
    public Activity? Begin(string name, ActivityContext parent, string type, string handler, string? instanceId, string? id)
    {
        var activity = wix.Begin(name, ActivityKind.Consumer, parent);
        return activity is { IsAllDataRequested: true }
            ? activity.SetTag("wix.event", type).SetTag("wix.handler", handler).SetTag("wix.instance", instanceId)
                .SetTag("wix.event.id", id)
            : activity;
    }

    /// <summary>Counts a call that was refused.</summary>
    /// <param name="kind"><c>event</c> or <c>plugin</c>.</param>
    /// <param name="reason">The reason.</param>
    public void Refused(string kind, string reason) => _refused.Add(1, new("kind", kind), new("reason", reason));

    /// <summary>Counts what became of an event, for one handler.</summary>
    /// <param name="type">The type of the event, which is one that has a handler.</param>
    /// <param name="handler">The handler's name.</param>
    /// <param name="outcome">
    /// <c>handled</c>, <c>failed</c>, <c>timed_out</c>, <c>duplicate</c>, <c>busy</c>, <c>accepted</c> or <c>unavailable</c>.
    /// </param>
    public void Delivered(string type, string handler, string outcome) =>
        _events.Add(1, new("event", type), new("handler", handler), new("outcome", outcome));

    /// <summary>Counts an event that nothing handles. Its type is not a tag: Wix may send any.</summary>
    public void Unhandled() => _events.Add(1, new KeyValuePair<string, object?>("outcome", "unhandled"));

    /// <summary>Records the run of a handler.</summary>
    public void Ran(string type, string handler, string outcome, TimeSpan elapsed) =>
        _handlers.Record(elapsed.TotalSeconds, new("event", type), new("handler", handler), new("outcome", outcome));

    /// <summary>Records the call of a plugin.</summary>
    /// <param name="plugin">The plugin's type.</param>
    /// <param name="method">The method's name.</param>
    /// <param name="outcome"><c>answered</c>, <c>declared</c> for a business error, <c>failed</c> or <c>timed_out</c>.</param>
    /// <param name="elapsed">The duration.</param>
    public void PluginCalled(string plugin, string method, string outcome, TimeSpan elapsed) =>
        _plugins.Record(elapsed.TotalSeconds, new("plugin", plugin), new("method", method), new("outcome", outcome));
}
