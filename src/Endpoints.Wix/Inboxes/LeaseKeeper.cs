using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Inboxes;

/// <summary>Renews a lease while its message is handled.</summary>
/// <remarks>
/// If the lease turns out to be another worker's, <see cref="Token"/> is canceled. A store that is unavailable cancels nothing: the lease
/// may outlast the outage, and what has been done counts if nobody has taken the message over.
/// </remarks>
internal sealed partial class LeaseKeeper : IAsyncDisposable
{
    private readonly IInboxStore _store;
    private readonly InboxLease _lease;
    private readonly TimeSpan _duration;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _lost;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _renewing;

    public LeaseKeeper(IInboxStore store, InboxLease lease, TimeSpan duration, TimeProvider time, ILogger logger, CancellationToken ct)
    {
        (_store, _lease, _duration, _time, _logger) = (store, lease, duration, time, logger);
        _lost = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Token = _lost.Token;
        _renewing = RenewAsync();
    }

    /// <summary>Gets the token that is canceled when the lease is lost, or with the token that was passed in.</summary>
    public CancellationToken Token { get; }

    /// <summary>Gets a value that indicates whether the lease is another worker's.</summary>
    public bool IsLost { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(false);
        _ended.Dispose();
        _lost.Dispose();
    }

    private async Task RenewAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(_duration / 3, _time, _ended.Token).ConfigureAwait(false);
                if (await IsRenewedAsync().ConfigureAwait(false))
                    continue;
                IsLost = true;
                LogLost(_lease.Message.Queue, _lease.Message.Id);
                await _lost.CancelAsync().ConfigureAwait(false);
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // It has ended.
        }
    }

    private async Task<bool> IsRenewedAsync()
    {
        try
        {
            return await _store.RenewAsync(_lease, _duration, _ended.Token).ConfigureAwait(false);
        }
        catch (InboxUnavailableException)
        {
            return true;
        }
    }

    [LoggerMessage(1, LogLevel.Warning,
        "Event handler {Handler} lost the lease of event {EventId} to another worker and is canceled")]
    private partial void LogLost(string handler, string eventId);
}
