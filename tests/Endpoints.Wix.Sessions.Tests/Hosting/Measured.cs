using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Endpoints.Wix.Sessions.Tests.Hosting;

/// <summary>Represents what one site has measured since this began to listen, by instrument and tags.</summary>
internal sealed class Measured : IDisposable
{
    private readonly ConcurrentDictionary<string, long> _values = new();
    private readonly MeterListener _listener;

    public Measured(SessionSite site)
    {
        var factory = site.Services.GetRequiredService<IMeterFactory>();
        _listener = new()
        {
            InstrumentPublished = (instrument, listener) =>
            {
                // Other tests' applications run in this process too.
                if (instrument.Meter.Name == "Endpoints.Wix" && ReferenceEquals(instrument.Meter.Scope, factory))
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        _listener.SetMeasurementEventCallback<long>(
            (instrument, value, tags, _) => _values.AddOrUpdate(Name(instrument, tags), value, (_, sum) => sum + value));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => _values[Name(instrument, tags)] = value);
        _listener.Start();
    }

    /// <summary>Returns the sum of a counter, or what an observed instrument says now.</summary>
    public long Of(string name)
    {
        _listener.RecordObservableInstruments();
        return _values.GetValueOrDefault(name);
    }

    public void Dispose() => _listener.Dispose();

    private static string Name(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        $"{instrument.Name["endpoints.wix.".Length..]} {string.Join(' ', tags.ToArray().Select(static tag => tag.Value))}";
}
