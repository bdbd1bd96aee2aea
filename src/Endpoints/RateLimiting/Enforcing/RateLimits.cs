using Endpoints.RateLimiting.Enforcing;
using Microsoft.Extensions.Options;

namespace Endpoints;

/// <summary>Inspects and resets the counters of named rules. A singleton service.</summary>
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

    /// <summary>Returns the count of a rule for a subject, without counting a request.</summary>
    /// <param name="rule">The name of the rule.</param>
    /// <param name="subject">The subject whose requests are counted.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that returns the state of the counter.</returns>
    /// <exception cref="ArgumentException">The rule does not exist.</exception>
    public ValueTask<RateLimitState> InspectAsync(string rule, RateLimitSubject subject, CancellationToken cancellationToken = default) =>
        _store.InspectAsync(Counters(rule, subject)[^1], cancellationToken);

    /// <summary>Resets the count of a rule for a subject. For an IPv6 address, also resets those of the networks around it.</summary>
    /// <param name="rule">The name of the rule.</param>
    /// <param name="subject">The subject whose requests are counted.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that represents the asynchronous operation.</returns>
    /// <exception cref="ArgumentException">The rule does not exist.</exception>
    public async ValueTask ResetAsync(string rule, RateLimitSubject subject, CancellationToken cancellationToken = default)
    {
        foreach (var counter in Counters(rule, subject))
            await _store.ResetAsync(counter, cancellationToken).ConfigureAwait(false);
    }

    private List<RateLimitCounter> Counters(string rule, RateLimitSubject subject)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(subject);
        var scope = _scopes.Find(rule, subject.Route)
            ?? throw new ArgumentException($"There is no rate limit rule '{rule}'.", nameof(rule));
        var key = RateLimitKey.Of(scope, RateLimiting.ClientAddress.Of(subject.Address), subject.Caller, subject.Key);
        List<RateLimitKey> keys = key.Address.IsV6 ? [key.Within(48), key.Within(56), key] : [key];
        return keys.ConvertAll(one => new RateLimitCounter(one, scope.Rule, _options.LimitOf(scope.Rule, one.Address), 1));
    }
}
