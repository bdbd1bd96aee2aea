namespace Endpoints;

/// <summary>
/// Stores messages until they have been handled, for all instances of an application. Register an implementation to replace the default.
/// </summary>
/// <remarks>
/// <para>
/// A message is identified by its queue and its id. It waits until a worker leases it, and it is gone when that worker completes it. What
/// remains is its id, for <see cref="InboxOptions.HandledRetention"/>, so that a message that arrives again is not handled again.
/// </para>
/// <para>
/// A lease expires, so that the work of a process that ended is taken over. Each lease has a token of its own. Once another worker has
/// leased the message, every operation with the earlier lease returns <see langword="false"/> and changes nothing. A lease that has expired
/// and that nobody has taken over is still valid.
/// </para>
/// <para>
/// Messages of a queue with the same <see cref="InboxMessage.OrderKey"/> are leased one at a time, in the order in which they were
/// accepted. A message that waits to be retried or that has failed holds up the later messages of its key and no others.
/// </para>
/// <para>
/// Implementations are thread-safe, wait for a bounded time only, and throw <see cref="InboxUnavailableException"/> if they can't be sure
/// that an operation is stored. Every operation can be repeated then.
/// </para>
/// </remarks>
public interface IInboxStore
{
    /// <summary>Stores a message, unless it has been accepted before.</summary>
    /// <remarks>When the task returns <see cref="InboxAcceptance.Accepted"/>, the message outlives the process.</remarks>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that returns the outcome.</returns>
    /// <exception cref="InboxUnavailableException">The store can't be reached or can't write.</exception>
    ValueTask<InboxAcceptance> AcceptAsync(InboxMessage message, CancellationToken cancellationToken);

    /// <summary>Claims a message that is handled without being stored.</summary>
    /// <remarks>
    /// A claim is a lease without a stored message. <see cref="CompleteAsync"/> records the message as handled. After
    /// <see cref="ReleaseAsync"/>, or when the claim has expired, it can be claimed again.
    /// </remarks>
    /// <param name="queue">The queue.</param>
    /// <param name="id">The id of the message.</param>
    /// <param name="duration">The time until the claim expires.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that returns the outcome and, if it is <see cref="InboxAcceptance.Accepted"/>, the lease.</returns>
    /// <exception cref="InboxUnavailableException">The store can't be reached or can't write.</exception>
    ValueTask<InboxClaim> ClaimAsync(string queue, string id, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Leases messages whose turn it is, the longest waiting first.</summary>
    /// <param name="queues">The queues that the caller handles.</param>
    /// <param name="limit">The maximum number of messages.</param>
    /// <param name="duration">The time until the leases expire.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that returns the leases; none if no message is ready.</returns>
    /// <exception cref="InboxUnavailableException">The store can't be reached or can't write.</exception>
    ValueTask<IReadOnlyList<InboxLease>> LeaseAsync(
        IReadOnlyList<string> queues, int limit, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Renews a lease.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="duration">The time until the lease expires, from now.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that returns <see langword="false"/> if the lease is another worker's or the message is gone.</returns>
    /// <exception cref="InboxUnavailableException">The store can't be reached or can't write.</exception>
    ValueTask<bool> RenewAsync(InboxLease lease, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Records a message as handled and removes its content.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that returns <see langword="false"/> if the lease is another worker's or the message is gone.</returns>
    /// <exception cref="InboxUnavailableException">The store can't be reached or can't write.</exception>
    ValueTask<bool> CompleteAsync(InboxLease lease, CancellationToken cancellationToken);

    /// <summary>Returns a message to its queue after an attempt that failed.</summary>
    /// <param name="lease">The lease. That of a claim is released.</param>
    /// <param name="delay">The time until the message can be leased again.</param>
    /// <param name="errorText">The text of the error.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that returns <see langword="false"/> if the lease is another worker's or the message is gone.</returns>
    /// <exception cref="InboxUnavailableException">The store can't be reached or can't write.</exception>
    ValueTask<bool> RetryAsync(InboxLease lease, TimeSpan delay, string errorText, CancellationToken cancellationToken);

    /// <summary>Returns a message to its queue as if it had not been leased: it is ready at once, and no attempt is counted.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that returns <see langword="false"/> if the lease is another worker's or the message is gone.</returns>
    /// <exception cref="InboxUnavailableException">The store can't be reached or can't write.</exception>
    ValueTask<bool> ReleaseAsync(InboxLease lease, CancellationToken cancellationToken);

    /// <summary>Moves a message to the list of failed messages.</summary>
    /// <param name="lease">The lease. That of a claim is released.</param>
    /// <param name="errorText">The text of the error.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that returns <see langword="false"/> if the lease is another worker's or the message is gone.</returns>
    /// <exception cref="InboxUnavailableException">The store can't be reached or can't write.</exception>
    ValueTask<bool> FailAsync(InboxLease lease, string errorText, CancellationToken cancellationToken);

    /// <summary>Returns the failed messages, the latest first, without their content.</summary>
    /// <param name="continuation">The continuation of the previous page, or <see langword="null"/> for the first page.</param>
    /// <param name="limit">The maximum number of messages.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that returns the page.</returns>
    /// <exception cref="InboxUnavailableException">The store can't be reached.</exception>
    ValueTask<InboxPage> ListFailedAsync(string? continuation, int limit, CancellationToken cancellationToken);

    /// <summary>Returns a stored message with its content.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="id">The id of the message.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>
    /// A task that returns the message, or <see langword="null"/> if it is not stored: it has been handled, or it is unknown.
    /// </returns>
    /// <exception cref="InboxUnavailableException">The store can't be reached.</exception>
    ValueTask<InboxEntry?> FindAsync(string queue, string id, CancellationToken cancellationToken);

    /// <summary>Returns a failed message to its queue, at its place in its order, with no attempts counted.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="id">The id of the message.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that returns <see langword="false"/> if there is no such failed message.</returns>
    /// <exception cref="InboxUnavailableException">The store can't be reached or can't write.</exception>
    ValueTask<bool> RequeueAsync(string queue, string id, CancellationToken cancellationToken);

    /// <summary>Records a failed message as handled and removes its content.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="id">The id of the message.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that returns <see langword="false"/> if there is no such failed message.</returns>
    /// <exception cref="InboxUnavailableException">The store can't be reached or can't write.</exception>
    ValueTask<bool> DiscardAsync(string queue, string id, CancellationToken cancellationToken);

    /// <summary>Counts the stored messages.</summary>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that returns the numbers.</returns>
    /// <exception cref="InboxUnavailableException">The store can't be reached.</exception>
    ValueTask<InboxCounts> CountAsync(CancellationToken cancellationToken);

    /// <summary>Removes some of what has been kept long enough: ids of handled messages, and failed messages.</summary>
    /// <param name="limit">The maximum number of rows to remove of each kind.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that returns the number of removed rows. If it is <paramref name="limit"/> or more, there may be others.</returns>
    /// <exception cref="InboxUnavailableException">The store can't be reached or can't write.</exception>
    ValueTask<int> CleanAsync(int limit, CancellationToken cancellationToken);
}
