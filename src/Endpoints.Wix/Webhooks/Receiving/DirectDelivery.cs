using System.Diagnostics;
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
internal sealed partial class DirectDelivery(WixEventRunner runner, HandledEvents handled, ILiveOptions<WixOptions> live,
    EventTelemetry telemetry, TimeProvider time, ILogger<DirectDelivery> logger)
{
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
                telemetry.Delivered(received.EventType, handlers[i].Registration.Name, "timed_out");
                LogTimedOut(handlers[i].Registration.Name, received.EventType, received.Id, received.InstanceId, timeout);
            }

            return false;
        }
    }

    /// <returns>Whether the event is handled. It never fails.</returns>
    private async Task<bool> RunOneAsync(RegisteredHandler handler, WixEvent received, string key, ActivityContext parent,
        CancellationToken ct)
    {
        var name = handler.Registration.Name;
        switch (handled.Claim(name, key))
        {
            case HandledClaim.Duplicate:
                telemetry.Delivered(received.EventType, name, "duplicate");
                return true;
            case HandledClaim.Busy:
                telemetry.Delivered(received.EventType, name, "busy");
                return false;
        }

        var isHandled = false;
        try
        {
            await runner.RunAsync(handler, received.Text, parent, ct).ConfigureAwait(false);
            isHandled = true;
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            LogFailed(e, name, received.EventType, received.Id, received.InstanceId);
        }
        catch (OperationCanceledException)
        {
            // Who waits says so, if nobody does any more.
        }
        finally
        {
            handled.End(name, key, isHandled);
        }

        if (!ct.IsCancellationRequested)
            telemetry.Delivered(received.EventType, name, isHandled ? EventTelemetry.Handled : EventTelemetry.Failed);
        return isHandled;
    }

    [LoggerMessage(1, LogLevel.Error,
        "The event handler {Handler} failed for {EventType} {EventId} of instance {InstanceId}; Wix delivers the event again")]
    private partial void LogFailed(Exception cause, string handler, string eventType, string? eventId, string? instanceId);

    [LoggerMessage(2, LogLevel.Error,
        "The event handler {Handler} has not handled {EventType} {EventId} of instance {InstanceId} within {Timeout}; Wix delivers the "
        + "event again. A handler that takes longer needs the inbox")]
    private partial void LogTimedOut(string handler, string eventType, string? eventId, string? instanceId, TimeSpan timeout);
}
