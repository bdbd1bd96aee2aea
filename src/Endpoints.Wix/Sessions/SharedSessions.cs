using Endpoints.Wix.Tokens;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Sessions;

/// <summary>
/// What the nodes of an application tell each other of sessions, through its <see cref="IDistributedCache"/> if it has one: which tokens a refresh
/// token was exchanged for, and which sessions were logged out.
/// </summary>
/// <remarks>
/// Keys are digests of refresh tokens; values are encrypted with Data Protection, each for its key: a value is worth nothing as a cookie, nor under another
/// key. A cache that is down, slow or holds something else is a miss. That a session has ended is kept apart from its tokens, so that a renewal
/// that ends later does not write over it.
/// </remarks>
internal sealed partial class SharedSessions
{
    private const string Renewed = "endpoints:wix:session:";
    private const string Ended = "endpoints:wix:session-ended:";

    // A cache that takes longer costs more than it saves.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // Until then the access tokens of a session that was logged out have expired everywhere, and its cookie asks for a renewal.
    private static readonly TimeSpan RememberEnded = TimeSpan.FromDays(30);

    private readonly IDistributedCache? _cache;
    private readonly IDataProtector _protector;
    private readonly ILogger<SharedSessions> _logger;

    public SharedSessions(IServiceProvider services, IDataProtectionProvider protection, IOptions<WixOptions> options, ILogger<SharedSessions> logger)
    {
        _cache = services.GetService<IDistributedCache>();
        _protector = protection.CreateProtector("Endpoints.Wix.SharedSession", "v1", options.Value.ClientId ?? "");
        _logger = logger;
    }

    /// <summary>Whether there is anybody to tell.</summary>
    public bool IsOn => _cache is not null;

    /// <summary>What a refresh token was exchanged for; null when nobody said.</summary>
    public Task<Session?> FindAsync(TokenDigest refreshToken) => GetAsync(Key(Renewed, refreshToken));

    /// <summary>Whether somebody said that the session of a refresh token was logged out.</summary>
    public async Task<bool> IsEndedAsync(TokenDigest refreshToken) => await GetAsync(Key(Ended, refreshToken)).ConfigureAwait(false) is not null;

    /// <summary>Tells what a refresh token was exchanged for.</summary>
    public Task TellRenewedAsync(TokenDigest refreshToken, Session session, DateTimeOffset now) => SetAsync(Key(Renewed, refreshToken), session, session.ExpiresAt - now);

    /// <summary>Tells that a session was logged out.</summary>
    public Task TellEndedAsync(TokenDigest refreshToken) => SetAsync(Key(Ended, refreshToken), new(), RememberEnded);

    private async Task<Session?> GetAsync(string key)
    {
        if (_cache is null)
            return null;
        try
        {
            using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
            return await _cache.GetAsync(key, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false) is { } bytes ? Format(key).Unprotect(bytes) : null;
        }
        catch (Exception e)
        {
            LogUnavailable(e.GetType().Name);
            return null;
        }
    }

    private async Task SetAsync(string key, Session session, TimeSpan lifetime)
    {
        if (_cache is null || lifetime <= TimeSpan.Zero)
            return;
        try
        {
            using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
            await _cache.SetAsync(key, Format(key).Protect(session), new() { AbsoluteExpirationRelativeToNow = lifetime }, limit.Token).WaitAsync(limit.Token)
                .ConfigureAwait(false);
        }
        catch (Exception e)
        {
            LogUnavailable(e.GetType().Name);
        }
    }

    private ProtectedFormat Format(string key) => new(_protector.CreateProtector(key));

    private static string Key(string prefix, TokenDigest digest) => prefix + $"{digest.A:x16}{digest.B:x16}{digest.C:x16}{digest.D:x16}";

    [LoggerMessage(1, LogLevel.Debug, "The distributed cache did not serve sessions: {Error}")]
    private partial void LogUnavailable(string error);
}
