using System.Globalization;

namespace Endpoints.RateLimiting.Configured;

/// <summary>Holds the counters of configured rules. A rule that a configuration change leaves unchanged keeps its counters.</summary>
/// <remarks>Thread-safe. Only the configuration adds to it.</remarks>
internal sealed class ConfiguredScopes
{
    private readonly Dictionary<string, RateLimitScope> _known = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public RateLimitScope For(string name, RateLimitRule rule, string place)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"{name}\n{place}\n{rule.Limit}\n{rule.MonitorOnly}\n{rule.Key is null}");
        lock (_gate)
        {
            if (!_known.TryGetValue(key, out var scope))
                _known.Add(key, scope = new(name, rule, place));
            return scope;
        }
    }
}
