using Endpoints.Wix.Tokens;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Sessions;

/// <summary>
/// What the nodes of an application tell each other of sessions, through its distributed cache if it has one: which tokens a refresh token was
/// exchanged for, and which sessions were logged out.
/// </summary>
/// <remarks>Keys are digests of refresh tokens; values are encrypted with Data Protection. A cache that holds something else is a miss.</remarks>
internal sealed class SharedSessions(SharedCache cache, IDataProtectionProvider protection, IOptions<WixOptions> options)
{
    private const string Prefix = "endpoints:wix:session:";

    // Until then the access tokens of a session that was logged out have expired everywhere, and its cookie asks for a renewal.
    private static readonly TimeSpan RememberEnded = TimeSpan.FromDays(30);

    private readonly ProtectedFormat _format = new(protection, options.Value.ClientId ?? "");

    /// <summary>Whether there is anybody to tell.</summary>
    public bool IsOn => cache.IsOn;

    /// <summary>What became of a session; null when nobody said. A session without tokens was logged out.</summary>
    public async Task<Session?> FindAsync(TokenDigest refreshToken) =>
        await cache.FindAsync(Key(refreshToken)).ConfigureAwait(false) is { } bytes ? _format.Unprotect(bytes) : null;

    /// <summary>Tells what a refresh token was exchanged for.</summary>
    public Task TellRenewedAsync(TokenDigest refreshToken, Session session, DateTimeOffset now) => SetAsync(refreshToken, session, session.ExpiresAt - now);

    /// <summary>Tells that a session was logged out.</summary>
    public Task TellEndedAsync(TokenDigest refreshToken) => SetAsync(refreshToken, new(), RememberEnded);

    private Task SetAsync(TokenDigest refreshToken, Session session, TimeSpan lifetime) =>
        cache.IsOn ? cache.SetAsync(Key(refreshToken), _format.Protect(session), lifetime) : Task.CompletedTask;

    private static string Key(TokenDigest digest) => Prefix + digest.ToString();
}
