using Endpoints.RateLimiting;
using Endpoints.RateLimiting.Enforcing;
using Endpoints.Shared.Limits;
using Microsoft.Extensions.Options;

namespace Endpoints;

/// <summary>Inspects and resets the counters of rate limits. A singleton service.</summary>
/// <remarks>
/// A limit is a named rule, or the text of one that is written out, such as <c>30/1m</c>. A text stands for all limits of this text on the
/// endpoints of <see cref="RateLimitSubject.Route"/>: those of an elevated endpoint count by address and by caller.
/// </remarks>
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

    /// <summary>Returns the count of a limit for a subject, without counting a request. Of several, it is the largest.</summary>
    /// <param name="rule">The name of the rule, or the text of the limit.</param>
    /// <param name="subject">The subject whose requests are counted.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that returns the state of the counter.</returns>
    /// <exception cref="ArgumentException">There is no such rule, or no such limit on the route.</exception>
    public async ValueTask<RateLimitState> InspectAsync(
        string rule, RateLimitSubject subject, CancellationToken cancellationToken = default)
    {
        var most = default(RateLimitState);
        foreach (var scope in Scopes(rule, subject))
        {
            var state = await _store.InspectAsync(Counters(scope, subject)[^1], cancellationToken).ConfigureAwait(false);
            if (state.Used >= most.Used)
                most = state;
        }

        return most;
    }

    /// <summary>Resets the count of a limit for a subject. For an IPv6 address, also resets those of the networks around it.</summary>
    /// <param name="rule">The name of the rule, or the text of the limit.</param>
    /// <param name="subject">The subject whose requests are counted.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that represents the asynchronous operation.</returns>
    /// <exception cref="ArgumentException">There is no such rule, or no such limit on the route.</exception>
    public async ValueTask ResetAsync(string rule, RateLimitSubject subject, CancellationToken cancellationToken = default)
    {
        foreach (var counter in Scopes(rule, subject).SelectMany(scope => Counters(scope, subject)))
            await _store.ResetAsync(counter, cancellationToken).ConfigureAwait(false);
    }

    private IEnumerable<RateLimitScope> Scopes(string rule, RateLimitSubject subject)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(subject);
        if (_scopes.Named(rule, subject.Route) is { } named)
            return named;
        var limit = LimitText.TryParse(rule) ?? throw new ArgumentException($"There is no rate limit rule '{rule}'.", nameof(rule));
        var written = _scopes.Written(subject.Route, limit);
        if (written.Count == 0)
            throw new ArgumentException($"There is no rate limit '{rule}' on the route '{subject.Route}'.", nameof(rule));

        // A caller alone is no address.
        return written.Where(scope => scope.Rule.NeedsCaller || subject.Address is not null || subject.Caller == default);
    }

    private List<RateLimitCounter> Counters(RateLimitScope scope, RateLimitSubject subject)
    {
        var key = RateLimitKey.Of(scope, ClientAddress.Of(subject.Address), subject.Caller, subject.Key);
        List<RateLimitKey> keys = key.Address.IsV6 ? [key.Within(48), key.Within(56), key] : [key];
        return keys.ConvertAll(one => new RateLimitCounter(one, scope.Rule, _options.LimitOf(scope.Rule, one.Address), 1));
    }
}
