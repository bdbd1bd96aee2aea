using Endpoints.Wix.Sharing;
using Endpoints.Wix.Values;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Sessions;

/// <summary>
/// Shares information about sessions between the nodes of an application, through its distributed cache if it has one: the tokens for which
/// a refresh token was exchanged, and the sessions that were logged out.
/// </summary>
/// <remarks>
/// Keys are digests of refresh tokens; values are encrypted with Data Protection, each for its key: a value is worth nothing as a cookie,
/// nor under another key. A cache that holds something else is a miss. That a session has ended is kept apart from its tokens, so that a
/// renewal that ends later does not write over it.
/// </remarks>
internal sealed class SharedSessions(SharedCache cache, IDataProtectionProvider protection, IOptions<WixOptions> options)
{
    private const string Renewed = "endpoints:wix:session:";
    private const string Ended = "endpoints:wix:session-ended:";

    // Until then the access tokens of a session that was logged out have expired everywhere, and its cookie asks for a renewal.
    public static readonly TimeSpan RememberEnded = TimeSpan.FromDays(30);

    private readonly IDataProtector _protector = protection.CreateProtector("Endpoints.Wix.SharedSession", "v1",
        options.Value.ClientId ?? "");

    /// <summary>Gets a value that indicates whether there is a distributed cache.</summary>
    public bool IsOn => cache.IsOn;

    /// <summary>Begins a piece of work, whose waits have one common limit.</summary>
    public SharedCache.Work Begin() => cache.Begin();

    /// <summary>Returns the session for which a refresh token was exchanged; <see langword="null"/> if no node shared it.</summary>
    public Task<Session?> FindAsync(SharedCache.Work work, TokenDigest refreshToken) => FindAsync(work, Renewed + refreshToken);

    /// <summary>Determines whether a node shared that the session of a refresh token was logged out.</summary>
    public async Task<bool> IsEndedAsync(SharedCache.Work work, TokenDigest refreshToken) =>
        await FindAsync(work, Ended + refreshToken).ConfigureAwait(false) is not null;

    /// <summary>Shares the session for which a refresh token was exchanged.</summary>
    public Task TellRenewedAsync(SharedCache.Work work, TokenDigest refreshToken, Session session, DateTimeOffset now) =>
        SetAsync(work, Renewed + refreshToken, session, session.ExpiresAt - now);

    /// <summary>Shares that a session was logged out.</summary>
    public Task TellEndedAsync(SharedCache.Work work, TokenDigest refreshToken) =>
        SetAsync(work, Ended + refreshToken, new(), RememberEnded);

    private async Task<Session?> FindAsync(SharedCache.Work work, string key) =>
        await work.FindAsync(key).ConfigureAwait(false) is { } bytes ? Format(key).Unprotect(bytes) : null;

    private Task SetAsync(SharedCache.Work work, string key, Session session, TimeSpan lifetime) =>
        cache.IsOn ? work.SetAsync(key, () => Format(key).Protect(session), lifetime) : Task.CompletedTask;

    private ProtectedFormat Format(string key) => new(_protector.CreateProtector(key));
}
