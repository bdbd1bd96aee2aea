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
/// Keys are digests of refresh tokens; values are encrypted with Data Protection. A cache that is down, slow or holds something else is a miss.
/// </remarks>
internal sealed partial class SharedSessions
{
    private const string Prefix = "endpoints:wix:session:";

    // A cache that takes longer costs more than it saves.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // Until then the access tokens of a session that was logged out have expired everywhere, and its cookie asks for a renewal.
    private static readonly TimeSpan RememberEnded = TimeSpan.FromDays(30);

    private readonly IDistributedCache? _cache;
    private readonly ProtectedFormat _format;
    private readonly ILogger<SharedSessions> _logger;

    public SharedSessions(IServiceProvider services, IDataProtectionProvider protection, IOptions<WixOptions> options, ILogger<SharedSessions> logger)
    {
        _cache = services.GetService<IDistributedCache>();
        _format = new(protection, options.Value.ClientId ?? "");
        _logger = logger;
    }

    /// <summary>Whether there is anybody to tell.</summary>
    public bool IsOn => _cache is not null;

    /// <summary>What became of a session; null when nobody said. A session without tokens was logged out.</summary>
    public async Task<Session?> FindAsync(TokenDigest refreshToken)
    {
        if (_cache is null)
            return null;
        try
        {
            using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
            return await _cache.GetAsync(Key(refreshToken), limit.Token).WaitAsync(limit.Token).ConfigureAwait(false) is { } bytes
                ? _format.Unprotect(bytes)
                : null;
        }
        catch (Exception e)
        {
            LogUnavailable(e.GetType().Name);
            return null;
        }
    }

    /// <summary>Tells what a refresh token was exchanged for.</summary>
    public Task TellRenewedAsync(TokenDigest refreshToken, Session session, DateTimeOffset now) => SetAsync(refreshToken, session, session.ExpiresAt - now);

    /// <summary>Tells that a session was logged out.</summary>
    public Task TellEndedAsync(TokenDigest refreshToken) => SetAsync(refreshToken, new(), RememberEnded);

    private async Task SetAsync(TokenDigest refreshToken, Session session, TimeSpan lifetime)
    {
        if (_cache is null || lifetime <= TimeSpan.Zero)
            return;
        try
        {
            using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
            await _cache.SetAsync(Key(refreshToken), _format.Protect(session), new() { AbsoluteExpirationRelativeToNow = lifetime }, limit.Token).WaitAsync(limit.Token)
                .ConfigureAwait(false);
        }
        catch (Exception e)
        {
            LogUnavailable(e.GetType().Name);
        }
    }

    private static string Key(TokenDigest digest) => Prefix + $"{digest.A:x16}{digest.B:x16}{digest.C:x16}{digest.D:x16}";

    [LoggerMessage(1, LogLevel.Debug, "The distributed cache did not serve sessions: {Error}")]
    private partial void LogUnavailable(string error);
}
