using Endpoints.Wix.Emulator.Calls;
using Endpoints.Wix.Emulator.Tokens;

namespace Endpoints.Wix.Emulator;

/// <content>What tests do to the platform and see of it.</content>
public sealed partial class WixEmulator
{
    /// <summary>The calls that arrived, oldest first; at most <see cref="WixEmulatorOptions.CallLogCapacity"/>, the latest.</summary>
    public IReadOnlyList<EmulatedCall> Calls => _log.All();

    /// <summary>The remembered calls to a route.</summary>
    /// <param name="route">
    /// A route as in <see cref="Routes"/> (<c>POST /oauth2/token</c>, <c>GET /stores/v3/products/{id}</c>), one with a concrete path, or a
    /// pattern: <c>*</c> for any method, a trailing <c>/*</c> for all beneath a path, <c>*</c> alone for every call.
    /// </param>
    /// <exception cref="ArgumentException">No route of the emulator can match: a misspelt route would make a test pass for nothing.</exception>
    public IReadOnlyList<EmulatedCall> CallsTo(string route) => _log.Matching(RoutePattern.Parse(route, Routes));

    /// <summary>How many calls to a route arrived, since the start or the last <see cref="ClearCalls"/>. Exact for whole routes however many calls; for concrete paths as many as are remembered.</summary>
    /// <param name="route">As for <see cref="CallsTo"/>.</param>
    /// <exception cref="ArgumentException">No route of the emulator can match.</exception>
    public long CountOf(string route) => _log.Count(RoutePattern.Parse(route, Routes));

    /// <summary>Completes when so many calls to a route have arrived, since the start or the last <see cref="ClearCalls"/>.</summary>
    /// <param name="route">As for <see cref="CallsTo"/>.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="ArgumentException">No route of the emulator can match.</exception>
    public Task WaitForCallsAsync(string route, int count = 1, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return _log.WaitAsync(RoutePattern.Parse(route, Routes), count, cancellationToken);
    }

    /// <summary>Forgets all calls and counts from zero.</summary>
    public void ClearCalls() => _log.Clear();

    /// <summary>Begins to set a fault on a route: <c>wix.On("POST /oauth2/token-info").Times(2).Fail(500)</c>.</summary>
    /// <param name="route">As for <see cref="CallsTo"/>.</param>
    /// <exception cref="ArgumentException">No route of the emulator can match.</exception>
    public EmulatedFaultBuilder On(string route) => new(_faults, RoutePattern.Parse(route, Routes), _options.TimeProvider);

    /// <summary>Clears all faults and opens all gates.</summary>
    public void ClearFaults() => _faults.Clear();

    /// <summary>Issues an access token without a call: of any identity, client, site and instance, good or not.</summary>
    /// <param name="identity">Whose it is.</param>
    /// <param name="configure">Changes what is in it.</param>
    /// <returns>The token, for the <c>Authorization</c> header as it stands.</returns>
    public string IssueToken(EmulatedIdentity identity, Action<EmulatedTokenOptions>? configure = null)
    {
        var (subject, options) = Subject(identity, configure);
        return _tokens.Issue(
            TokenUse.Access, subject, _options.TimeProvider.GetUtcNow() - options.Age, options.Lifetime, !options.Inactive, bound: identity.Kind is EmulatedIdentityKind.User);
    }

    /// <summary>Issues an access token and a refresh token without a call, as a session cookie would hold them.</summary>
    /// <param name="identity">A visitor or a member.</param>
    /// <param name="configure">Changes what is in the access token.</param>
    public EmulatedSession IssueSession(EmulatedIdentity identity, Action<EmulatedTokenOptions>? configure = null)
    {
        var (subject, options) = Subject(identity, configure);
        var issuedAt = _options.TimeProvider.GetUtcNow() - options.Age;
        var access = _tokens.Issue(TokenUse.Access, subject, issuedAt, options.Lifetime, !options.Inactive, bound: false);
        return new(access, _tokens.IssueRefresh(subject), DateTimeOffset.FromUnixTimeSeconds(issuedAt.ToUnixTimeSeconds() + (long)options.Lifetime.TotalSeconds));
    }

    /// <summary>Takes a token back: from here on it is refused everywhere.</summary>
    /// <param name="token">An access, refresh or session token of this emulator.</param>
    /// <exception cref="ArgumentException">The token is not this emulator's. The message does not repeat it.</exception>
    public void Revoke(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (!_tokens.Revoke(token))
            throw new ArgumentException("The token is not one of this emulator's.", nameof(token));
    }

    /// <summary>Takes back every token issued so far to identities of one kind, refresh tokens included.</summary>
    /// <param name="kind">The kind.</param>
    public void RevokeAll(EmulatedIdentityKind kind) => _tokens.RevokeAll(kind);

    private (TokenSubject Subject, EmulatedTokenOptions Options) Subject(EmulatedIdentity identity, Action<EmulatedTokenOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(identity);
        var options = new EmulatedTokenOptions(_options.AccessTokenLifetime);
        options.For(App, Site);
        configure?.Invoke(options);
        var subject = new TokenSubject(
            identity.Kind, identity.Id ?? options.ClientId ?? "", options.ClientId, options.AccountId, options.SiteId, options.InstanceId);
        return (subject, options);
    }
}
