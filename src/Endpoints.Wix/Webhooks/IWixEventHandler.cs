namespace Endpoints.Wix;

/// <summary>Handles the events of one type, once for each event.</summary>
/// <remarks>
/// <para>
/// Register the handler with <c>builder.Services.AddWixEventHandler&lt;OrderCreated, Orders&gt;()</c>, and map events with
/// <c>app.MapWixEvents()</c>. Each event is handled in a scope of its own. Until the handler ends, <see cref="ElevatedWixClient"/>,
/// <see cref="WixAuth"/> and the modules act as the app on the event's instance. <see cref="WixEvent.Identity"/>, or a constructor
/// parameter of type <see cref="Caller"/>, is who caused the event.
/// </para>
/// <para>
/// Wix delivers an event again if the handler fails or takes too long. A handler that has succeeded does not run again for the same event.
/// </para>
/// </remarks>
/// <typeparam name="TEvent">
/// The event: a typed one, such as <c>OrderCreated</c>, or <see cref="WixEvent"/> for one that is registered by its name.
/// </typeparam>
public interface IWixEventHandler<in TEvent>
    where TEvent : WixEvent
{
    /// <summary>Handles an event.</summary>
    /// <param name="received">The event.</param>
    /// <param name="cancellationToken">
    /// The token to monitor for cancellation requests. It is canceled when the answer to Wix can't wait any longer.
    /// </param>
    /// <returns>A task that represents the asynchronous operation.</returns>
    Task HandleAsync(TEvent received, CancellationToken cancellationToken);
}
