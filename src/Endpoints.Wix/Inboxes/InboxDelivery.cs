using System.Diagnostics;
using System.Security.Cryptography;
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
        var name = handler.Registration.Name;
        var outcome = "unavailable";
        try
        {
            var accepted = await store.AcceptAsync(
                new()
                {
                    Queue = name,
                    Id = Shortened(key),
                    OrderKey = handler.Registration.OrderedByEntity ? OrderKey(received) : null,
                    Body = body,
                    TraceParent = Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } ? id : null,
                },
                ct).AsTask().WaitAsync(Wait, TimeProvider.System, ct).ConfigureAwait(false);
            if (accepted is InboxAcceptance.Full or InboxAcceptance.TooLarge)
                LogRefused(name, received.EventType, received.Id, received.InstanceId, accepted);
            outages.IsRefusing = accepted == InboxAcceptance.Full;
            outcome = accepted switch
            {
                InboxAcceptance.Accepted => "accepted",
                InboxAcceptance.Duplicate => "duplicate",
                InboxAcceptance.Busy => "busy",
                _ => outcome,
            };
        }
        catch (Exception e) when (e is InboxUnavailableException or TimeoutException)
        {
            outages.IsRefusing = true;
            LogUnavailable(e, name, received.EventType, received.Id, received.InstanceId);
        }

        telemetry.Delivered(received.EventType, name, outcome);
        return outcome is "accepted" or "duplicate";
    }

    private static string? OrderKey(WixEvent received) => received.EntityId is { Length: > 0 } entity
        ? Shortened($"{received.InstanceId}/{received.EntityFqdn}/{entity}") : null;

    /// <summary>Returns a name that a store can keep, which is the same for the same text.</summary>
    internal static string Shortened(string name) => name.Length <= InboxMessage.MaxNameLength
        ? name : "sha256-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    [LoggerMessage(1, LogLevel.Error,
        "{EventType} {EventId} of instance {InstanceId} could not be stored for event handler {Handler}. Wix delivers the event again")]
    private partial void LogUnavailable(Exception cause, string handler, string eventType, string? eventId, string? instanceId);

    [LoggerMessage(2, LogLevel.Error,
        "{EventType} {EventId} of instance {InstanceId} was not stored for event handler {Handler}: {Reason}. Wix delivers the event "
        + "again. See Wix:Inbox:MaxMessages and Wix:Inbox:MaxMessageSize")]
    private partial void LogRefused(string handler, string eventType, string? eventId, string? instanceId, InboxAcceptance reason);
}
