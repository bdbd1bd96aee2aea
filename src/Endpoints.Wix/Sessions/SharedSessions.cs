using Endpoints.Wix.Tokens;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Sessions;

/// <summary>
/// What the nodes of an application tell each other of sessions, through its distributed cache if it has one: which tokens a refresh token was
/// exchanged for, and which sessions were logged out.
/// </summary>
/// <remarks>
/// Keys are digests of refresh tokens; values are encrypted with Data Protection, each for its key: a value is worth nothing as a cookie, nor under another
/// key. A cache that holds something else is a miss. That a session has ended is kept apart from its tokens, so that a renewal that ends later does not
/// write over it.
/// </remarks>
internal sealed class SharedSessions(SharedCache cache, IDataProtectionProvider protection, IOptions<WixOptions> options)
{
    private const string Renewed = "endpoints:wix:session:";
    private const string Ended = "endpoints:wix:session-ended:";

    // Until then the access tokens of a session that was logged out have expired everywhere, and its cookie asks for a renewal.
    public static readonly TimeSpan RememberEnded = TimeSpan.FromDays(30);

    private readonly IDataProtector _protector = protection.CreateProtector("Endpoints.Wix.SharedSession", "v1", options.Value.ClientId ?? "");

    /// <summary>Whether there is anybody to tell.</summary>
    public bool IsOn => cache.IsOn;

    /// <summary>What a refresh token was exchanged for; null when nobody said.</summary>
    public Task<Session?> FindAsync(TokenDigest refreshToken) => FindAsync(Renewed + refreshToken);

    /// <summary>Whether somebody said that the session of a refresh token was logged out.</summary>
    public async Task<bool> IsEndedAsync(TokenDigest refreshToken) => await FindAsync(Ended + refreshToken).ConfigureAwait(false) is not null;

    /// <summary>Tells what a refresh token was exchanged for.</summary>
    public Task TellRenewedAsync(TokenDigest refreshToken, Session session, DateTimeOffset now) => SetAsync(Renewed + refreshToken, session, session.ExpiresAt - now);

    /// <summary>Tells that a session was logged out.</summary>
    public Task TellEndedAsync(TokenDigest refreshToken) => SetAsync(Ended + refreshToken, new(), RememberEnded);

    private async Task<Session?> FindAsync(string key) => await cache.FindAsync(key).ConfigureAwait(false) is { } bytes ? Format(key).Unprotect(bytes) : null;

    private Task SetAsync(string key, Session session, TimeSpan lifetime) =>
        cache.IsOn ? cache.SetAsync(key, () => Format(key).Protect(session), lifetime) : Task.CompletedTask;

    private ProtectedFormat Format(string key) => new(_protector.CreateProtector(key));
}
