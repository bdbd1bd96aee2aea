using Endpoints.Wix.Inboxes;
using Endpoints.Wix.Options;
using Endpoints.Wix.Telemetry;
using Endpoints.Wix.Webhooks.Running;
using Endpoints.Wix.Webhooks.Signatures;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Webhooks.Receiving;

/// <summary>Receives events: the address to which Wix sends webhooks.</summary>
internal sealed partial class EventEndpoint(SignedRequests requests, EventRegistry registry, DirectDelivery direct,
    InboxDelivery inbox, InstanceRemoval removal, ILiveOptions<WixOptions> live, EventTelemetry telemetry, TimeProvider time,
    ILogger<EventEndpoint> logger)
{
    private const string AppRemoved = "AppRemoved";

    /// <summary>Receives one event. The answer is 200 if Wix need not send it again.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        // 1. The signature is the guard.
        if (await requests.TakeAsync(context, SignedCallKind.Event).ConfigureAwait(false) is not { } call)
            return;

        // 2. What was signed must be an event, and no older than the record of what has been handled.
        if (Read(call) is not { } received)
        {
            await requests.RefuseAsync(context, SignedCallKind.Event, StatusCodes.Status400BadRequest, "event").ConfigureAwait(false);
            return;
        }

        if (call.IssuedAt is null && time.GetUtcNow() - received.EventTime > live.Now.Events.MaximumAge)
        {
            await requests.RefuseAsync(context, SignedCallKind.Event, TokenFaults.Status(TokenFault.TooOld),
                TokenFaults.Text(TokenFault.TooOld)).ConfigureAwait(false);
            return;
        }

        // 3. What the library itself knows about the instance, whether somebody else wants to know or not, and however often it comes.
        if (received is { EventType: AppRemoved, InstanceId: { } instance })
        {
            await removal.ForgetAsync(instance).ConfigureAwait(false);
            LogRemoved(instance);
        }

        // 4. Those who want to know of it.
        var handlers = registry.Of(received.EventType);
        if (handlers.Count == 0)
        {
            telemetry.Unhandled();
            LogUnhandled(received.EventType, received.Id, received.InstanceId);
            return; // 200: nobody would want it the next time
        }

        var key = EventKey.Of(received, call.IssuedAt);
        var storing = inbox.AcceptAsync(
            [.. handlers.Where(static handler => handler.Registration.Inbox)], received, key, context.RequestAborted);
        var isHandled = await direct.RunAsync(
            [.. handlers.Where(static handler => !handler.Registration.Inbox)], received, key, context.RequestAborted)
            .ConfigureAwait(false);
        if (!await storing.ConfigureAwait(false) || !isHandled)
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
    }

    private WixEvent? Read(SignedCall call)
    {
        try
        {
            return WixEvent.Parse(call.Data.GetString()!); // a signed event's is text
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            LogNoEvent(e.Message);
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "What Wix signed as an event is none: {Flaw}")]
    private partial void LogNoEvent(string flaw);

    [LoggerMessage(2, LogLevel.Debug, "Nothing handles {EventType} {EventId} of instance {InstanceId}")]
    private partial void LogUnhandled(string eventType, string? eventId, string? instanceId);

    [LoggerMessage(3, LogLevel.Information, "The app was removed from a site: instance {InstanceId}. Its tokens are forgotten")]
    private partial void LogRemoved(string instanceId);
}
