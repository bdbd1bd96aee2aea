using System.Diagnostics;
using Endpoints.Wix.Telemetry;

namespace Endpoints.Wix.Webhooks.Running;

/// <summary>Runs one handler for one event, whether it has just come or comes out of the inbox.</summary>
internal sealed class WixEventRunner(SignedWork work, EventTelemetry telemetry, TimeProvider time)
{
    /// <summary>Runs the handler.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="text">The event's verified text.</param>
    /// <param name="parent">The activity that accepted the event.</param>
    /// <param name="ct">The token to monitor for cancellation requests.</param>
    /// <returns>A task that represents the asynchronous operation. It fails as the handler fails.</returns>
    /// <exception cref="FormatException">The text is no event.</exception>
    public async Task RunAsync(RegisteredHandler handler, string text, ActivityContext parent, CancellationToken ct)
    {
        var registration = handler.Registration;
        var received = WixEvent.Parse(text); // each handler has its own: they may change it
        var began = time.GetTimestamp();
        var outcome = EventTelemetry.Failed;
        try
        {
            await work.RunAsync(handler.Guarded, received.Identity, received.InstanceId, received.Id, async services =>
            {
                using var activity = telemetry.Begin("Endpoints.Wix.Event", parent, registration.EventType, handler.Name,
                    received.InstanceId, received.Id);
                try
                {
                    await registration.Run(services, received, ct).ConfigureAwait(false);
                }
                catch
                {
                    activity?.SetStatus(ActivityStatusCode.Error);
                    throw;
                }

                return true;
            }).ConfigureAwait(false);
            outcome = EventTelemetry.Handled;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            outcome = EventTelemetry.Canceled;
            throw;
        }
        finally
        {
            telemetry.Ran(registration.EventType, handler.Name, outcome, time.GetElapsedTime(began));
        }
    }
}
