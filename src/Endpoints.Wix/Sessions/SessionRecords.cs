using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Sessions;

/// <summary>Stores sessions: complete in their cookies, or in the application's own store, under a key that the cookie contains.</summary>
/// <remarks>
/// A record is encrypted for its key, so that none that was moved is read. The store is nobody's to trust: what it can't say in time is not
/// known.
/// </remarks>
internal sealed partial class SessionRecords(
    SessionCookie cookie,
    IDataProtectionProvider protection,
    IOptions<WixOptions> options,
    TimeProvider time,
    ILogger<SessionRecords> logger,
    IWixSessionStore? store = null)
{
    // As long as a session that was logged out is remembered.
    private static readonly TimeSpan Lifetime = SharedSessions.RememberEnded;

    private readonly IDataProtector _protector = protection.CreateProtector("Endpoints.Wix.StoredSession", "v1",
        options.Value.ClientId ?? "");
    private readonly TimeSpan _patience = options.Value.Resilience.TokenTimeout;

    /// <summary>Gets a value that indicates whether there is a store.</summary>
    public bool AreStored => store is not null;

    /// <summary>Reads the request's session. Returns <see langword="null"/> if there is none.</summary>
    /// <exception cref="WixUnavailableException">The store could not be asked.</exception>
    public ValueTask<Session?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        var found = cookie.Read(request);
        return store is null || found is null ? new(found) : new(FindAsync(store, found.Id, ct));
    }

    /// <summary>Sets the cookie in the response, or removes it.</summary>
    public void WriteCookie(HttpContext context, Session? session) =>
        cookie.Write(context, store is null || session is null ? session : new() { Id = session.Id });

    /// <summary>Withdraws what the response set.</summary>
    public void Withdraw(HttpContext context) => cookie.Withdraw(context);

    /// <summary>Stores a session that a response is about to give to the browser.</summary>
    /// <returns>
    /// A task that returns <see langword="true"/> if the session is stored; otherwise, <see langword="false"/>. If it is not stored, the
    /// browser must not get its key.
    /// </returns>
    public async Task<bool> StoreAsync(Session session)
    {
        if (store is null || session.Id is not { } key)
            return store is null;
        try
        {
            var record = Format(key).Protect(session);
            var expiresAt = time.GetUtcNow() + Lifetime;
            if (!session.IsNew)
                return await WaitAsync(ct => store.ReplaceAsync(key, record, expiresAt, ct), CancellationToken.None).ConfigureAwait(false);
            await WaitAsync(
                async ct =>
                {
                    await store.AddAsync(key, record, expiresAt, ct).ConfigureAwait(false);
                    return true;
                },
                CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (WixUnavailableException)
        {
            return false; // logged
        }
    }

    /// <summary>Removes a session that has ended.</summary>
    public async Task RemoveAsync(Session session)
    {
        if (store is null || session.Id is not { } key)
            return;
        try
        {
            await WaitAsync(
                async ct =>
                {
                    await store.RemoveAsync(key, ct).ConfigureAwait(false);
                    return true;
                },
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (WixUnavailableException)
        {
            // Logged. It has ended on this node, and for the others where they share a cache.
        }
    }

    private async Task<Session?> FindAsync(IWixSessionStore from, string? key, CancellationToken ct) =>
        key is not null
        && await WaitAsync(limit => from.FindAsync(key, limit), ct).ConfigureAwait(false) is { } record
        && Format(key).Unprotect(record) is { } session
        && session.Id == key
            ? session
            : null;

    private async Task<T> WaitAsync<T>(Func<CancellationToken, ValueTask<T>> ask, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_patience);
        try
        {
            return await ask(limit.Token).AsTask().WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            LogFailed(e);
            throw new WixUnavailableException("The session store failed.");
        }
    }

    private ProtectedFormat Format(string key) => new(_protector.CreateProtector(key));

    [LoggerMessage(1, LogLevel.Error, "The session store failed")]
    private partial void LogFailed(Exception cause);
}
