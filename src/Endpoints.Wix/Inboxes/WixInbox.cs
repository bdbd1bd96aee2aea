namespace Endpoints.Wix;

/// <summary>
/// Provides the stored events to whoever operates the application: those that have failed can be listed, looked at and run again.
/// </summary>
/// <remarks>
/// <para>The service is a singleton that <c>AddWix</c> registers. During development, the page <c>/_endpoints/inbox</c> uses it.</para>
/// <para>
/// Events contain personal data of the sites on which the app is installed. An endpoint that uses this service needs a guard that admits
/// those who operate the application, and nobody else.
/// </para>
/// </remarks>
public class WixInbox
{
    private readonly IInboxStore _store;
    private readonly Action _wake;

    internal WixInbox(IInboxStore store, Action wake) => (_store, _wake) = (store, wake);

    /// <summary>Initializes a new instance of the <see cref="WixInbox"/> class for mocking.</summary>
    protected WixInbox() => (_store, _wake) = (null!, static () => { }); // every member is overridden

    /// <summary>Counts the stored events.</summary>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that returns the numbers.</returns>
    /// <exception cref="InboxUnavailableException">The store can't be reached.</exception>
    public virtual async Task<InboxCounts> CountAsync(CancellationToken cancellationToken = default) =>
        await _store.CountAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Returns the failed events, the latest first, without their content.</summary>
    /// <param name="continuation">The continuation of the previous page, or <see langword="null"/> for the first page.</param>
    /// <param name="limit">The maximum number of events. From 1 to 500; the default is 50.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that returns the page.</returns>
    /// <exception cref="InboxUnavailableException">The store can't be reached.</exception>
    public virtual async Task<InboxPage> ListFailedAsync(
        string? continuation = null, int limit = 50, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 500);
        return await _store.ListFailedAsync(continuation, limit, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns a stored event with its content, which is the event's text in UTF-8.</summary>
    /// <param name="handler">The name of the handler.</param>
    /// <param name="id">The id of the stored event.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that returns the event, or <see langword="null"/> if it isn't stored.</returns>
    /// <exception cref="InboxUnavailableException">The store can't be reached.</exception>
    public virtual async Task<InboxEntry?> FindAsync(string handler, string id, CancellationToken cancellationToken = default) =>
        await _store.FindAsync(handler, id, cancellationToken).ConfigureAwait(false);

    /// <summary>Runs a failed event again, with all of its attempts.</summary>
    /// <param name="handler">The name of the handler.</param>
    /// <param name="id">The id of the stored event.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that returns <see langword="false"/> if there is no such failed event.</returns>
    /// <exception cref="InboxUnavailableException">The store can't be reached or can't write.</exception>
    public virtual async Task<bool> RunAgainAsync(string handler, string id, CancellationToken cancellationToken = default)
    {
        var isReady = await _store.RequeueAsync(handler, id, cancellationToken).ConfigureAwait(false);
        if (isReady)
            _wake();
        return isReady;
    }

    /// <summary>Removes a failed event. It counts as handled, and the next event of its entity can run.</summary>
    /// <param name="handler">The name of the handler.</param>
    /// <param name="id">The id of the stored event.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that returns <see langword="false"/> if there is no such failed event.</returns>
    /// <exception cref="InboxUnavailableException">The store can't be reached or can't write.</exception>
    public virtual async Task<bool> DiscardAsync(string handler, string id, CancellationToken cancellationToken = default)
    {
        var isRemoved = await _store.DiscardAsync(handler, id, cancellationToken).ConfigureAwait(false);
        if (isRemoved)
            _wake();
        return isRemoved;
    }
}
