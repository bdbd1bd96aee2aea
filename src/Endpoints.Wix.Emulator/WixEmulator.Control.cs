using Endpoints.Wix.Emulator.Calls;
using Endpoints.Wix.Emulator.Tokens;

namespace Endpoints.Wix.Emulator;

/// <content>The members with which tests control and inspect the platform.</content>
public sealed partial class WixEmulator
{
    /// <summary>
    /// Gets the latest calls that arrived, oldest first. At most <see cref="WixEmulatorOptions.CallLogCapacity"/> calls are kept.
    /// </summary>
    public IReadOnlyList<EmulatedCall> Calls => _log.All();

    /// <summary>Returns the calls to a route that are still in the log.</summary>
    /// <param name="route">
    /// A route as in <see cref="Routes"/> (<c>POST /oauth2/token</c>, <c>GET /stores/v3/products/{id}</c>), a route with a concrete path,
    /// or a pattern: <c>*</c> for any method, a trailing <c>/*</c> for everything beneath a path, <c>*</c> alone for every call.
    /// </param>
    /// <returns>The calls, oldest first.</returns>
    /// <exception cref="ArgumentException">
    /// No route of the emulator can match. Without this check, a misspelled route would let a test pass without testing anything.
    /// </exception>
    public IReadOnlyList<EmulatedCall> CallsTo(string route) => _log.Matching(Pattern(route));

    /// <summary>
    /// Returns the number of calls to a route that have arrived since the start or the last <see cref="ClearCalls"/>. For whole routes, the
    /// number is exact regardless of the number of calls. For concrete paths, it covers only the calls that are still in the log.
    /// </summary>
    /// <param name="route">The route or pattern, in the format that <see cref="CallsTo"/> accepts.</param>
    /// <returns>The number of calls.</returns>
    /// <exception cref="ArgumentException">No route of the emulator can match.</exception>
    public long CountOf(string route) => _log.Count(Pattern(route));

    /// <summary>
    /// Waits until the given number of calls to a route has arrived since the start or the last <see cref="ClearCalls"/>.
    /// </summary>
    /// <param name="route">The route or pattern, in the format that <see cref="CallsTo"/> accepts.</param>
    /// <param name="count">The number of calls, at least 1.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that completes when the calls have arrived.</returns>
    /// <exception cref="ArgumentException">No route of the emulator can match.</exception>
    public Task WaitForCallsAsync(string route, int count = 1, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return _log.WaitAsync(Pattern(route), count, cancellationToken);
    }

    /// <summary>Clears the log of calls and resets the counts to zero.</summary>
    public void ClearCalls() => _log.Clear();

    /// <summary>Starts defining a fault on a route: <c>wix.On("POST /oauth2/token-info").Times(2).Fail(500)</c>.</summary>
    /// <param name="route">The route or pattern, in the format that <see cref="CallsTo"/> accepts.</param>
    /// <returns>A builder for the fault.</returns>
    /// <exception cref="ArgumentException">No route of the emulator can match.</exception>
    public EmulatedFaultBuilder On(string route) => new(_faults, Pattern(route), _options.TimeProvider);

    /// <summary>Clears all faults and opens all gates.</summary>
    public void ClearFaults() => _faults.Clear();

    /// <summary>
    /// Issues an access token without a call, for any identity, client, site and instance. The token can be valid or invalid.
    /// </summary>
    /// <param name="identity">The identity that the token is issued to.</param>
    /// <param name="configure">The action that changes the contents of the token.</param>
    /// <returns>The token, to send unchanged in the <c>Authorization</c> header.</returns>
    public string IssueToken(EmulatedIdentity identity, Action<EmulatedTokenOptions>? configure = null)
    {
        var (subject, options) = Subject(identity, configure);
        return _tokens.Issue(
            TokenUse.Access, subject, _options.TimeProvider.GetUtcNow() - options.Age, options.Lifetime, !options.Inactive,
            bound: identity.Kind is EmulatedIdentityKind.User);
    }

    /// <summary>Issues an access token and a refresh token without a call, as a session cookie would hold them.</summary>
    /// <param name="identity">The identity of a visitor or a member.</param>
    /// <param name="configure">The action that changes the contents of the access token.</param>
    /// <returns>The tokens.</returns>
    public EmulatedSession IssueSession(EmulatedIdentity identity, Action<EmulatedTokenOptions>? configure = null)
    {
        var (subject, options) = Subject(identity, configure);
        var issuedAt = _options.TimeProvider.GetUtcNow() - options.Age;
        var access = _tokens.Issue(TokenUse.Access, subject, issuedAt, options.Lifetime, !options.Inactive, bound: false);
        return new(access, _tokens.IssueRefresh(subject),
            DateTimeOffset.FromUnixTimeSeconds(issuedAt.ToUnixTimeSeconds() + (long)options.Lifetime.TotalSeconds));
    }

    /// <summary>Revokes a token. From then on, it is rejected everywhere.</summary>
    /// <param name="token">An access, refresh or session token of this emulator.</param>
    /// <exception cref="ArgumentException">The token was not issued by this emulator. The message does not repeat the token.</exception>
    public void Revoke(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (!_tokens.Revoke(token))
            throw new ArgumentException("The token is not one of this emulator's.", nameof(token));
    }

    /// <summary>Revokes every token that has been issued to identities of one kind so far, including refresh tokens.</summary>
    /// <param name="kind">The kind of identity.</param>
    public void RevokeAll(EmulatedIdentityKind kind) => _tokens.RevokeAll(kind);

    // What only the generic routes have is looked for there last: to know them takes a moment.
    private RoutePattern Pattern(string route) => RoutePattern.Parse(route, Routes, () => [.. GenericRoutes, .. ExampleRoutes]);

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
