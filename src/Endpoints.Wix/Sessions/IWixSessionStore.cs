namespace Endpoints.Wix;

/// <summary>
/// Stores visitors' and members' sessions on the server. If a store is registered, browsers get a key instead of the session itself.
/// </summary>
/// <remarks>
/// <para>
/// By default there is no store, and the encrypted cookie contains the complete session. With a store, sessions can be listed and ended on
/// the server, and cookies are short. A store requires <see cref="WixSessionCookie.Protected"/>; the application does not start with
/// another cookie.
/// </para>
/// <para>
/// The stored data is encrypted for this application and for its key. A store can't read it, and data that it returns under another key is
/// no session. Calls may run at the same time.
/// </para>
/// <para>
/// Failures deny access. If a store throws, or does not answer within <see cref="WixResilienceOptions.TokenTimeout"/>, a request with a
/// session is answered 503 where its caller is needed, and a session that can't be stored is not given to the browser. If the store has no
/// data for a key, there is no session.
/// </para>
/// </remarks>
public interface IWixSessionStore
{
    /// <summary>Returns a session.</summary>
    /// <param name="key">The session's key.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that returns the bytes that were stored under the key; <see langword="null"/> if there are none.</returns>
    ValueTask<byte[]?> FindAsync(string key, CancellationToken cancellationToken);

    /// <summary>Stores a new session.</summary>
    /// <param name="key">The session's key, which is new.</param>
    /// <param name="session">The session, encrypted.</param>
    /// <param name="expiresAt">The time from which the session is no longer valid.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that represents the operation.</returns>
    ValueTask AddAsync(string key, byte[] session, DateTimeOffset expiresAt, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a session's new tokens, if the session still exists. A session that was removed meanwhile must stay removed: somebody has
    /// logged out.
    /// </summary>
    /// <param name="key">The session's key.</param>
    /// <param name="session">The session, encrypted.</param>
    /// <param name="expiresAt">The time from which the session is no longer valid.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>
    /// A task that returns <see langword="true"/> if the session existed and has been replaced; otherwise, <see langword="false"/>.
    /// </returns>
    ValueTask<bool> ReplaceAsync(string key, byte[] session, DateTimeOffset expiresAt, CancellationToken cancellationToken);

    /// <summary>Removes a session.</summary>
    /// <param name="key">The session's key.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that represents the operation.</returns>
    ValueTask RemoveAsync(string key, CancellationToken cancellationToken);
}
