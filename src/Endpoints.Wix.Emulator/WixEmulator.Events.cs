using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Catalog;
using Endpoints.Wix.Emulator.Events;

namespace Endpoints.Wix.Emulator;

/// <content>The calls that Wix makes: webhooks and service plugins.</content>
public sealed partial class WixEmulator
{
    private readonly Postman _postman;
    private readonly WebhookDispatcher _webhooks;

    /// <summary>
    /// Gets the types of all events that Wix's packages have, such as <c>wix.ecom.v1.order_created</c>. <see cref="EmulatedEvent.Of"/>
    /// makes an event of each.
    /// </summary>
    public static IReadOnlyCollection<string> EventTypes => WixFacts.Instance.EventTypes;

    /// <summary>
    /// Gets the latest responses to events that were raised, oldest first. At most <see cref="WixEmulatorOptions.CallLogCapacity"/> are
    /// kept.
    /// </summary>
    public IReadOnlyList<EmulatedDelivery> Deliveries => _webhooks.Log;

    /// <summary>Gets the number of events that wait on the clock to be delivered again.</summary>
    public int PendingRetries => _webhooks.Retries;

    /// <summary>
    /// Adds an address to which events are delivered: those of <see cref="RaiseAsync(EmulatedEvent, Action{EmulatedSigningOptions}?,
    /// CancellationToken)"/>, and those that calls of the API cause.
    /// </summary>
    /// <param name="address">The address of your endpoint.</param>
    /// <param name="eventTypes">The types of the events to deliver. All by default.</param>
    /// <returns>The webhook, with members to deliver duplicates and in another order. Dispose it to deliver nothing more.</returns>
    public EmulatedWebhook AddWebhook(Uri address, params IEnumerable<string> eventTypes) => AddWebhook(App, address, eventTypes);

    /// <summary>Adds an address to which the events of one app are delivered.</summary>
    /// <param name="app">The app, whose key signs the events, on the sites where it is installed.</param>
    /// <param name="address">The address of your endpoint.</param>
    /// <param name="eventTypes">The types of the events to deliver. All by default.</param>
    /// <returns>The webhook.</returns>
    public EmulatedWebhook AddWebhook(EmulatedApp app, Uri address, params IEnumerable<string> eventTypes)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(eventTypes);
        return _webhooks.Add(app, address, eventTypes);
    }

    /// <summary>Raises an event: delivers it to every webhook that wants it, and again on the clock where it is not taken.</summary>
    /// <param name="what">The event.</param>
    /// <param name="configure">The action that changes the claims and the signature, to test that invalid ones are rejected.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task whose result is the first responses: none from a webhook that holds events back.</returns>
    /// <exception cref="InvalidOperationException">No webhook wants it, or too many events are on their way.</exception>
    public async Task<IReadOnlyList<EmulatedDelivery>> RaiseAsync(
        EmulatedEvent what, Action<EmulatedSigningOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(what);
        var wanting = _webhooks.Wanting(what.EventType);
        if (wanting.Count == 0)
            throw new InvalidOperationException($"No webhook wants '{what.EventType}'. Call AddWebhook first.");
        var answers = await Task.WhenAll(wanting.Select(webhook => _webhooks.DeliverAsync(
            webhook, new(what, Sign(what, webhook.App, webhook.App.LastInstanceIdOn(Site), webhook.Signing + configure)),
            cancellationToken))).ConfigureAwait(false);
        return [.. answers.SelectMany(static answer => answer)];
    }

    /// <summary>Raises an event of a type that Wix has, such as <c>wix.ecom.v1.order_created</c>.</summary>
    /// <param name="eventType">The type of the event.</param>
    /// <param name="content">The entity, or what happened to it. The default is an example with a value in each field.</param>
    /// <param name="entityId">The identifier of the entity. The default is the <c>id</c> of the content.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task whose result is the first responses.</returns>
    /// <exception cref="ArgumentException">Wix's packages have no event of this type.</exception>
    /// <exception cref="InvalidOperationException">No webhook wants it, or too many events are on their way.</exception>
    public Task<IReadOnlyList<EmulatedDelivery>> RaiseAsync(
        string eventType, JsonObject? content = null, string? entityId = null, CancellationToken cancellationToken = default) =>
        RaiseAsync(EmulatedEvent.Of(eventType, content, entityId), configure: null, cancellationToken);

    /// <summary>Waits until no event is on its way. What waits on the clock to be delivered again is not waited for.</summary>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that completes when every event has been answered.</returns>
    public Task SettleEventsAsync(CancellationToken cancellationToken = default) => _webhooks.SettleAsync(cancellationToken);

    /// <summary>Sends a webhook once, signed with the app's key, and returns the response.</summary>
    /// <param name="target">The address of your endpoint.</param>
    /// <param name="what">The event.</param>
    /// <param name="configure">The action that changes the claims and the signature, to test that invalid ones are rejected.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task whose result is the response.</returns>
    public Task<EmulatedDelivery> SendWebhookAsync(
        Uri target, EmulatedEvent what, Action<EmulatedSigningOptions>? configure = null, CancellationToken cancellationToken = default) =>
        _postman.SendAsync(target, SignWebhook(what, configure), what, cancellationToken);

    /// <summary>Returns the body of a webhook, which is a JSON Web Token.</summary>
    /// <param name="what">The event.</param>
    /// <param name="configure">The action that changes the claims and the signature.</param>
    /// <returns>The JSON Web Token.</returns>
    public string SignWebhook(EmulatedEvent what, Action<EmulatedSigningOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(what);
        return Sign(what, App, InstanceId, configure);
    }

    private string Sign(EmulatedEvent what, EmulatedApp app, string? instanceId, Action<EmulatedSigningOptions>? configure)
    {
        var options = new EmulatedSigningOptions(app, instanceId, issuer: null, audience: null, TimeSpan.FromDays(30));
        configure?.Invoke(options);
        return JwtWriter.Write(EventPayload.Webhook(what, options, _options.TimeProvider.GetUtcNow()), options.App, options.Signature);
    }

    // What calls cause is told to the apps that are on the site. The caller doesn't wait for it.
    private void Raise(EmulatedSite site, EmulatedEvent what)
    {
        foreach (var webhook in _webhooks.Wanting(what.EventType))
        {
            if (webhook.App.IsInstalledOn(site.Id))
                Post(webhook, what, webhook.App.InstanceIdOn(site));
        }
    }

    private void RaiseInstallation(EmulatedApp app, EmulatedSite site, string instanceId, bool isInstalled)
    {
        var what = EmulatedEvent.Older(isInstalled ? "AppInstalled" : "AppRemoved", new() { ["appId"] = app.ClientId }) with
        {
            Identity = EmulatedIdentity.User(site.AccountId),
        };
        foreach (var webhook in _webhooks.Wanting(what.EventType).Where(webhook => webhook.App == app))
            Post(webhook, what, instanceId);
    }

    private void Post(EmulatedWebhook webhook, EmulatedEvent what, string instanceId) =>
        _ = PostAsync(webhook, new(what, Sign(what, webhook.App, instanceId, webhook.Signing)));

    private async Task PostAsync(EmulatedWebhook webhook, SignedEvent signed)
    {
        try
        {
            await _webhooks.DeliverAsync(webhook, signed, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidOperationException or OperationCanceledException)
        {
            // too many are on their way, or the emulator ends
        }
    }
}
