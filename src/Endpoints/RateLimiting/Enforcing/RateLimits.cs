using Endpoints.RateLimiting.Enforcing;
using Microsoft.Extensions.Options;

namespace Endpoints;

/// <summary>Inspects and resets what named rules have counted. A singleton service.</summary>
public sealed class RateLimits
{
    private readonly RateLimitScopes _scopes;
    private readonly IRateLimitStore _store;
    private readonly RateLimitOptions _options;

    internal RateLimits(RateLimitScopes scopes, IRateLimitStore store, IOptions<RateLimitOptions> options)
    {
        _scopes = scopes;
        _store = store;
        _options = options.Value;
    }

    /// <summary>Returns what a rule has counted for somebody, without counting.</summary>
    /// <param name="rule">The rule's name.</param>
    /// <param name="subject">Whose requests.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <exception cref="ArgumentException">There is no such rule.</exception>
    public ValueTask<RateLimitState> InspectAsync(string rule, RateLimitSubject subject, CancellationToken cancellationToken = default) =>
        _store.InspectAsync(Counters(rule, subject)[^1], cancellationToken);

    /// <summary>Forgets what a rule has counted for somebody; for an IPv6 address, for the networks around it as well.</summary>
    /// <param name="rule">The rule's name.</param>
    /// <param name="subject">Whose requests.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <exception cref="ArgumentException">There is no such rule.</exception>
    public async ValueTask ResetAsync(string rule, RateLimitSubject subject, CancellationToken cancellationToken = default)
    {
        foreach (var counter in Counters(rule, subject))
            await _store.ResetAsync(counter, cancellationToken).ConfigureAwait(false);
    }

    private List<RateLimitCounter> Counters(string rule, RateLimitSubject subject)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(subject);
        var scope = _scopes.Find(rule, subject.Route) ?? throw new ArgumentException($"There is no rate limit rule '{rule}'.", nameof(rule));
        var key = RateLimitKey.Of(scope, RateLimiting.ClientAddress.Of(subject.Address), subject.Caller, subject.Key);
        List<RateLimitKey> keys = key.Address.IsV6 ? [key.Within(48), key.Within(56), key] : [key];
        return keys.ConvertAll(one => new RateLimitCounter(one, scope.Rule, _options.LimitOf(scope.Rule, one.Address), 1));
    }
}
