using System.Diagnostics;
using Endpoints.Wix.Inboxes;
using Endpoints.Wix.Options;
using Endpoints.Wix.Telemetry;
using Endpoints.Wix.Webhooks.Running;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Webhooks.Receiving;

/// <summary>Runs the handlers of an event while Wix waits, each once, and for no longer than Wix does.</summary>
/// <remarks>
/// A handler that goes on after its token was canceled is not waited for. If it succeeds after all, the event counts as handled when Wix
/// delivers it again.
/// </remarks>
internal sealed partial class DirectDelivery(WixEventRunner runner, IInboxStore store, InboxOutages outages,
    ILiveOptions<WixOptions> live, EventTelemetry telemetry, TimeProvider time, ILogger<DirectDelivery> logger)
{
    // Shorter than the minute after which Wix delivers again. It is renewed while a handler runs.
    private static readonly TimeSpan ClaimDuration = TimeSpan.FromSeconds(30);

    /// <summary>Runs handlers, all at once.</summary>
    /// <param name="handlers">The handlers.</param>
    /// <param name="received">The event.</param>
    /// <param name="key">The event's key.</param>
    /// <param name="ct">The token that is canceled when Wix no longer waits.</param>
    /// <returns>
    /// A task that returns <see langword="true"/> if all of them have handled the event, now or before; otherwise, <see langword="false"/>.
    /// </returns>
    public async Task<bool> RunAsync(IReadOnlyList<RegisteredHandler> handlers, WixEvent received, string key, CancellationToken ct)
    {
        if (handlers.Count == 0)
            return true;
        var timeout = live.Now.Events.HandlerTimeout;
        var deadline = new Deadline(timeout, time, ct);
        var parent = Activity.Current?.Context ?? default;
        var running = new Task<bool>[handlers.Count];
        for (var i = 0; i < running.Length; i++)
            running[i] = RunOneAsync(handlers[i], received, key, parent, deadline.Token);
        var all = Task.WhenAll(running);
        deadline.DisposeAfter(all);
        try
        {
            return Array.TrueForAll(await all.WaitAsync(deadline.Token).ConfigureAwait(false), static one => one);
        }
        catch (OperationCanceledException)
        {
            for (var i = 0; i < running.Length; i++)
            {
                if (running[i].IsCompleted)
                    continue;
                telemetry.Delivered(received.EventType, handlers[i].Name, EventTelemetry.TimedOut);
                LogTimedOut(handlers[i].Name, received.EventType, received.Id, received.InstanceId, timeout);
            }

            return false;
        }
    }

    /// <returns>Whether the event is handled. It fails only when <paramref name="ct"/> is canceled.</returns>
    private async Task<bool> RunOneAsync(RegisteredHandler handler, WixEvent received, string key, ActivityContext parent,
        CancellationToken ct)
    {
        var name = handler.Name;
        InboxClaim claim;
        try
        {
            claim = await store.ClaimAsync(name, key, ClaimDuration, ct).ConfigureAwait(false);
            outages.IsRefusing = false;
        }
        catch (InboxUnavailableException e)
        {
            outages.IsRefusing = true;
            telemetry.Delivered(received.EventType, name, EventTelemetry.Unavailable);
            LogUnavailable(e, name, received.EventType, received.Id, received.InstanceId);
            return false;
        }

        if (claim.Lease is not { } lease)
        {
            var isKnown = claim.Outcome == InboxAcceptance.Duplicate;
            telemetry.Delivered(received.EventType, name, isKnown ? EventTelemetry.Duplicate : EventTelemetry.Busy);
            return isKnown;
        }

        var isHandled = false;
        var keeper = new LeaseKeeper(store, lease, ClaimDuration, time, logger, ct);
        await using (keeper.ConfigureAwait(false))
        {
            try
            {
                await runner.RunAsync(handler, received.Text, parent, keeper.Token).ConfigureAwait(false);
                isHandled = true;
            }
            catch (Exception e) when (e is not OperationCanceledException || !keeper.Token.IsCancellationRequested)
            {
                LogFailed(e, name, received.EventType, received.Id, received.InstanceId);
            }
            catch (OperationCanceledException)
            {
                // Who waits says so, if nobody does any more.
            }

            await RecordAsync(lease, isHandled, received).ConfigureAwait(false);
        }

        if (!ct.IsCancellationRequested)
            telemetry.Delivered(received.EventType, name, isHandled ? EventTelemetry.Handled : EventTelemetry.Failed);
        return isHandled;
    }

    /// <summary>Records that the event has been handled, or that it may be handled when it comes again.</summary>
    private async Task RecordAsync(InboxLease lease, bool isHandled, WixEvent received)
    {
        try
        {
            if (isHandled)
                await store.CompleteAsync(lease, CancellationToken.None).ConfigureAwait(false);
            else
                await store.ReleaseAsync(lease, CancellationToken.None).ConfigureAwait(false);
        }
        catch (InboxUnavailableException e)
        {
            // What has been handled is not delivered again, unless Wix does so of its own accord once the claim has expired.
            if (isHandled)
                LogNotRecorded(e, lease.Message.Queue, received.EventType, received.Id, received.InstanceId);
        }
    }

    [LoggerMessage(1, LogLevel.Error,
        "The event handler {Handler} failed for {EventType} {EventId} of instance {InstanceId}; Wix delivers the event again")]
    private partial void LogFailed(Exception cause, string handler, string eventType, string? eventId, string? instanceId);

    [LoggerMessage(2, LogLevel.Error,
        "The event handler {Handler} has not handled {EventType} {EventId} of instance {InstanceId} within {Timeout}; Wix delivers the "
        + "event again. A handler that takes longer needs the inbox")]
    private partial void LogTimedOut(string handler, string eventType, string? eventId, string? instanceId, TimeSpan timeout);

    [LoggerMessage(3, LogLevel.Error,
        "{EventType} {EventId} of instance {InstanceId} was not handled by event handler {Handler}, because the inbox is not available. "
        + "Wix delivers the event again")]
    private partial void LogUnavailable(Exception cause, string handler, string eventType, string? eventId, string? instanceId);

    [LoggerMessage(4, LogLevel.Warning,
        "Event handler {Handler} handled {EventType} {EventId} of instance {InstanceId}, but this could not be recorded")]
    private partial void LogNotRecorded(Exception cause, string handler, string eventType, string? eventId, string? instanceId);
}
