using System.Diagnostics.Metrics;

namespace Endpoints.Wix.Telemetry;

/// <summary>Records the inbox in the library's meter.</summary>
internal sealed class InboxTelemetry
{
    public const string Handled = "handled";
    public const string Retried = "retried";
    public const string Failed = "failed";
    public const string Returned = "returned";
    public const string Lost = "lost";

    private readonly Counter<long> _attempts;
    private InboxCounts[] _counts = [default];

    public InboxTelemetry(WixTelemetry wix)
    {
        _attempts = wix.Meter.CreateCounter<long>("endpoints.wix.inbox.attempts", "{attempt}", 
            "The number of attempts to handle stored events.");
        wix.Meter.CreateObservableGauge("endpoints.wix.inbox.depth", Depths, "{event}", "The number of stored events.");
        wix.Meter.CreateObservableGauge("endpoints.wix.inbox.oldest_age", () => Counts.OldestAge.TotalSeconds, "s",
            "The age of the oldest stored event that has not failed.");
    }

    /// <summary>Gets or sets the numbers of stored events, as they were counted last.</summary>
    public InboxCounts Counts
    {
        get => Volatile.Read(ref _counts)[0];
        set => Volatile.Write(ref _counts, [value]);
    }

    /// <summary>Counts an attempt that has ended.</summary>
    /// <param name="handler">The handler's name.</param>
    /// <param name="outcome">
    /// <c>handled</c>, <c>retried</c>, <c>failed</c>, <c>returned</c> at the end of the application, or <c>lost</c> to another worker.
    /// </param>
    public void Ended(string handler, string outcome) => _attempts.Add(1, new("handler", handler), new("outcome", outcome));

    private IEnumerable<Measurement<long>> Depths()
    {
        var counts = Counts;
        yield return new(counts.Waiting, new KeyValuePair<string, object?>("state", "waiting"));
        yield return new(counts.Running, new KeyValuePair<string, object?>("state", "running"));
        yield return new(counts.Failed, new KeyValuePair<string, object?>("state", "failed"));
    }
}
