using System.Collections.Concurrent;
using Endpoints.Wix.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Inboxes;

/// <summary>Handles the stored messages: it leases them, runs their handlers, and records what became of them.</summary>
/// <remarks>
/// At most <see cref="WixInboxOptions.Concurrency"/> handlers run at once. At the end of the application, no more messages are leased. What
/// runs has half of the host's time to finish; then its token is canceled, and what stops is returned to its queue. What doesn't stop is
/// taken over when its lease expires.
/// </remarks>
internal sealed partial class InboxWorker : IHostedService, IDisposable
{
    private readonly IInboxStore _store;
    private readonly IInboxHandlers _handlers;
    private readonly InboxSignal _signal;
    private readonly InboxTelemetry _telemetry;
    private readonly TimeProvider _time;
    private readonly ILogger<InboxWorker> _logger;
    private readonly WixInboxOptions _options;
    private readonly TimeSpan _grace;
    private readonly SemaphoreSlim _free;
    private readonly ConcurrentDictionary<Task, bool> _running = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _canceling = new();
    private Task _working = Task.CompletedTask;
    private bool _isAway;

    public InboxWorker(IInboxStore store, IInboxHandlers handlers, InboxSignal signal, InboxTelemetry telemetry, TimeProvider time,
        IOptions<WixOptions> options, IOptions<HostOptions> host, ILogger<InboxWorker> logger)
    {
        (_store, _handlers, _signal, _telemetry, _time, _logger) = (store, handlers, signal, telemetry, time, logger);
        _options = options.Value.Inbox;
        _grace = host.Value.ShutdownTimeout / 2;
        _free = new(_options.Concurrency, _options.Concurrency);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (_handlers.IsUsed)
            _working = Task.Run(WorkAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        try
        {
            await _working.WaitAsync(cancellationToken).ConfigureAwait(false);
            var finished = Task.WhenAll(_running.Keys);
            try
            {
                await finished.WaitAsync(_grace, _time, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                LogReturning(_running.Count);
            }

            await _canceling.CancelAsync().ConfigureAwait(false);
            await finished.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await _canceling.CancelAsync().ConfigureAwait(false);
            LogLeft(_running.Count);
        }
    }

    public void Dispose()
    {
        // A host may be disposed without being stopped, and while it is. Handlers that still run go on using what is here, and none of it
        // holds more than memory.
        _stopping.Cancel();
        _canceling.Cancel();
    }

    private async Task WorkAsync()
    {
        var ct = _stopping.Token;
        try
        {
            while (true)
            {
                await _free.WaitAsync(ct).ConfigureAwait(false);
                var slots = 1;
                while (slots < _options.Concurrency && _free.Wait(0, CancellationToken.None))
                    slots++;
                IReadOnlyList<InboxLease> leases = [];
                try
                {
                    leases = await LeaseAsync(slots, ct).ConfigureAwait(false);
                }
                finally
                {
                    if (slots > leases.Count)
                        _free.Release(slots - leases.Count);
                }

                foreach (var lease in leases)
                    Run(lease);
                if (leases.Count < slots)
                    await _signal.WaitAsync(_options.PollInterval, _time, ct).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException && ct.IsCancellationRequested)
        {
            // The application ends.
        }
    }

    private async Task<IReadOnlyList<InboxLease>> LeaseAsync(int limit, CancellationToken ct)
    {
        var queues = _handlers.Queues;
        if (queues.Count == 0)
            return [];
        try
        {
            // Not canceled: what the store has leased by then would wait until its lease expires.
            var leases = await _store.LeaseAsync(queues, limit, _options.LeaseDuration, CancellationToken.None).ConfigureAwait(false);
            if (_isAway)
                LogBack();
            _isAway = false;
            if (!ct.IsCancellationRequested)
                return leases;
            foreach (var lease in leases)
                await ReturnAsync(lease).ConfigureAwait(false);
        }
        catch (InboxUnavailableException e)
        {
            if (!_isAway)
                LogAway(e);
            _isAway = true;
        }

        return [];
    }

    private void Run(InboxLease lease)
    {
        var running = Task.Run(() => RunAsync(lease), CancellationToken.None);
        _running.TryAdd(running, true);
        _ = running.ContinueWith(static (ended, worker) => ((InboxWorker)worker!).Ended(ended), this, CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void Ended(Task ended)
    {
        _running.TryRemove(ended, out _);
        _free.Release();
    }

    private async Task RunAsync(InboxLease lease)
    {
        var (handler, id) = (lease.Message.Queue, lease.Message.Id);
        try
        {
            var outcome = await HandleAsync(lease).ConfigureAwait(false);
            _telemetry.Ended(handler, outcome);
            if (lease.Message.OrderKey is not null && outcome == InboxTelemetry.Handled)
                _signal.Set(); // the next of its key is ready
        }
        catch (InboxUnavailableException e)
        {
            // The lease expires, and then the message is handled again.
            _telemetry.Ended(handler, InboxTelemetry.Lost);
            LogNotRecorded(e, handler, id);
        }
        catch (Exception e)
        {
            LogBroken(e, handler, id);
        }
    }

    private async Task<string> HandleAsync(InboxLease lease)
    {
        var (handler, id) = (lease.Message.Queue, lease.Message.Id);
        if (lease.Attempt > _options.MaxAttempts)
        {
            // It ended the process each time, or the process was ended each time.
            LogFailed(null, handler, id, lease.Attempt - 1);
            return await _store.FailAsync(lease, "The process ended while the event was handled.", CancellationToken.None)
                .ConfigureAwait(false) ? InboxTelemetry.Failed : InboxTelemetry.Lost;
        }

        Exception? failure = null;
        var keeper = new LeaseKeeper(_store, lease, _options.LeaseDuration, _time, _logger, _canceling.Token);
        await using (keeper.ConfigureAwait(false))
        {
            try
            {
                await _handlers.RunAsync(lease, keeper.Token).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                if (keeper.IsLost)
                    return InboxTelemetry.Lost;
                if (_canceling.IsCancellationRequested && e is OperationCanceledException)
                    return await ReturnAsync(lease).ConfigureAwait(false);
                failure = e;
            }

            if (failure is null)
            {
                return await RecordAsync(() => _store.CompleteAsync(lease, CancellationToken.None)).ConfigureAwait(false)
                    ? InboxTelemetry.Handled : InboxTelemetry.Lost;
            }
        }

        var text = FailureText.Of(failure);
        if (lease.Attempt >= _options.MaxAttempts)
        {
            LogFailed(failure, handler, id, lease.Attempt);
            return await RecordAsync(() => _store.FailAsync(lease, text, CancellationToken.None)).ConfigureAwait(false)
                ? InboxTelemetry.Failed : InboxTelemetry.Lost;
        }

        var pause = RetryPause.After(lease.Attempt, _options);
        LogRetried(failure, handler, id, lease.Attempt, pause);
        return await RecordAsync(() => _store.RetryAsync(lease, pause, text, CancellationToken.None)).ConfigureAwait(false)
            ? InboxTelemetry.Retried : InboxTelemetry.Lost;
    }

    /// <summary>Records an outcome, and tries again for as long as the lease may hold.</summary>
    private async Task<bool> RecordAsync(Func<ValueTask<bool>> record)
    {
        var begun = _time.GetTimestamp();
        while (true)
        {
            try
            {
                return await record().ConfigureAwait(false);
            }
            catch (InboxUnavailableException) when (
                !_canceling.IsCancellationRequested && _time.GetElapsedTime(begun) < _options.LeaseDuration)
            {
                await Task.Delay(_options.PollInterval, _time, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private async Task<string> ReturnAsync(InboxLease lease)
    {
        try
        {
            return await _store.ReleaseAsync(lease, CancellationToken.None).ConfigureAwait(false)
                ? InboxTelemetry.Returned : InboxTelemetry.Lost;
        }
        catch (InboxUnavailableException)
        {
            return InboxTelemetry.Lost; // its lease expires
        }
    }

    [LoggerMessage(1, LogLevel.Warning,
        "Event handler {Handler} failed for event {EventId} in attempt {Attempt}. It runs again in {Pause}")]
    private partial void LogRetried(Exception cause, string handler, string eventId, int attempt, TimeSpan pause);

    [LoggerMessage(2, LogLevel.Error,
        "Event handler {Handler} failed for event {EventId} in attempt {Attempt}, which was the last one. The event was added to the list "
        + "of failed events. Use WixInbox to run it again")]
    private partial void LogFailed(Exception? cause, string handler, string eventId, int attempt);

    [LoggerMessage(3, LogLevel.Error, "The inbox is not available. Stored events wait until it is")]
    private partial void LogAway(Exception cause);

    [LoggerMessage(4, LogLevel.Information, "The inbox is available again")]
    private partial void LogBack();

    [LoggerMessage(5, LogLevel.Error,
        "The outcome of event handler {Handler} for event {EventId} could not be recorded. The handler runs again when the lease has "
        + "expired")]
    private partial void LogNotRecorded(Exception cause, string handler, string eventId);

    [LoggerMessage(6, LogLevel.Information, "{Count} event handlers have not finished. They are canceled, and their events are returned")]
    private partial void LogReturning(int count);

    [LoggerMessage(7, LogLevel.Warning,
        "{Count} event handlers have not stopped in time. Their events run again when the leases have expired")]
    private partial void LogLeft(int count);

    [LoggerMessage(8, LogLevel.Error,
        "Event handler {Handler} ended unexpectedly for event {EventId}. It runs again when the lease has expired")]
    private partial void LogBroken(Exception cause, string handler, string eventId);
}
