using System.Diagnostics.Metrics;
using Endpoints.RateLimiting.Counting;

namespace Endpoints.RateLimiting.Enforcing;

/// <summary>Provides the metrics of limits. Tags are the names and texts of rules, which only the application defines.</summary>
internal sealed class RateLimitMetrics
{
    private readonly Counter<long> _decisions;
    private readonly Histogram<double> _store;

    public RateLimitMetrics(IMeterFactory meters, MemoryRateLimitStore memory)
    {
        var meter = meters.Create("Endpoints");
        _decisions = meter.CreateCounter<long>("endpoints.rate_limit.decisions", "{request}",
            "The number of requests that rate limits admitted or rejected.");
        _store = meter.CreateHistogram<double>("endpoints.rate_limit.store.duration", "s",
            "The duration of decisions in a shared rate limit store.");
        meter.CreateObservableUpDownCounter<int>(
            "endpoints.rate_limit.keys", () => memory.Count, "{key}", "The number of counters in memory.");
    }

    public bool IsEnabled => _decisions.Enabled;

    /// <param name="rule">The rule.</param>
    /// <param name="outcome"><c>admitted</c>, <c>rejected</c>, <c>monitored</c> or <c>unavailable</c>.</param>
    public void Decided(string rule, string outcome)
    {
        if (_decisions.Enabled)
            _decisions.Add(1, new("rule", rule), new("outcome", outcome));
    }

    public void Asked(TimeSpan elapsed, bool isAnswered)
    {
        if (_store.Enabled)
            _store.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("outcome", isAnswered ? "answered" : "unavailable"));
    }
}
