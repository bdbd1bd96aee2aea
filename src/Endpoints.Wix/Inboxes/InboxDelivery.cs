using System.Diagnostics;
using System.Text;
using Endpoints.Wix.Telemetry;
using Endpoints.Wix.Webhooks.Running;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Inboxes;

/// <summary>Stores an event for its handlers.</summary>
internal sealed partial class InboxDelivery(IInboxStore store, InboxSignal signal, InboxOutages outages, EventTelemetry telemetry,
    ILogger<InboxDelivery> logger)
{
    // Wix waits for 1,250 milliseconds.
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);

    /// <summary>Stores the event once for each handler.</summary>
    /// <param name="handlers">The handlers.</param>
    /// <param name="received">The event.</param>
    /// <param name="key">The event's key.</param>
    /// <param name="ct">The token to monitor for cancellation requests.</param>
    /// <returns>
    /// A task that returns <see langword="true"/> if the event is stored for all of them, now or before; otherwise,
    /// <see langword="false"/>.
    /// </returns>
    public async Task<bool> AcceptAsync(
        IReadOnlyList<RegisteredHandler> handlers, WixEvent received, string key, CancellationToken ct)
    {
        if (handlers.Count == 0)
            return true;
        var body = Encoding.UTF8.GetBytes(received.Text);
        var outcomes = await Task.WhenAll(handlers.Select(handler => AcceptOneAsync(handler, received, key, body, ct)))
            .ConfigureAwait(false);
        signal.Set();
        return Array.TrueForAll(outcomes, static one => one);
    }

    private async Task<bool> AcceptOneAsync(RegisteredHandler handler, WixEvent received, string key, byte[] body, CancellationToken ct)
    {
        var name = handler.Name;
        var outcome = EventTelemetry.Unavailable;
        try
        {
            var accepted = await store.AcceptAsync(
                new()
                {
                    Queue = name,
                    Id = key,
                    OrderKey = handler.Registration.OrderedByEntity ? EventKey.OfEntity(received) : null,
                    Body = body,
                    TraceParent = Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } ? id : null,
                },
                ct).AsTask().WaitAsync(Wait, TimeProvider.System, ct).ConfigureAwait(false);
            if (accepted is InboxAcceptance.Full or InboxAcceptance.TooLarge)
                LogRefused(name, received.EventType, received.Id, received.InstanceId, accepted);
            outages.IsRefusing = accepted == InboxAcceptance.Full;
            outcome = accepted switch
            {
                InboxAcceptance.Accepted => EventTelemetry.Accepted,
                InboxAcceptance.Duplicate => EventTelemetry.Duplicate,
                InboxAcceptance.Busy => EventTelemetry.Busy,
                _ => outcome,
            };
        }
        catch (Exception e) when (e is InboxUnavailableException or TimeoutException)
        {
            outages.IsRefusing = true;
            LogUnavailable(e, name, received.EventType, received.Id, received.InstanceId);
        }

        telemetry.Delivered(received.EventType, name, outcome);
        return outcome is EventTelemetry.Accepted or EventTelemetry.Duplicate;
    }

    [LoggerMessage(1, LogLevel.Error,
        "{EventType} {EventId} of instance {InstanceId} could not be stored for event handler {Handler}. Wix delivers the event again")]
    private partial void LogUnavailable(Exception cause, string handler, string eventType, string? eventId, string? instanceId);

    [LoggerMessage(2, LogLevel.Error,
        "{EventType} {EventId} of instance {InstanceId} was not stored for event handler {Handler}: {Reason}. Wix delivers the event "
        + "again. See Wix:Inbox:MaxMessages and Wix:Inbox:MaxMessageSize")]
    private partial void LogRefused(string handler, string eventType, string? eventId, string? instanceId, InboxAcceptance reason);
}
