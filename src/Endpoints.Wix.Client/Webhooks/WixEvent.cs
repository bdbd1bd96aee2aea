using System.ComponentModel;
using System.Text.Json.Nodes;
using Endpoints.Wix.Webhooks;

namespace Endpoints.Wix;

/// <summary>
/// Represents an event that Wix delivered: raw, or the base of the typed events of Wix's verticals, such as <c>OrderCreated</c>.
/// </summary>
public class WixEvent
{
    /// <summary>Initializes a typed event over a raw one.</summary>
    /// <param name="raw">The raw event, whose JSON both read.</param>
    protected WixEvent(WixEvent raw)
    {
        ArgumentNullException.ThrowIfNull(raw);
        Text = raw.Text;
        EventType = raw.EventType;
        InstanceId = raw.InstanceId;
        Identity = raw.Identity;
        Id = raw.Id;
        EntityFqdn = raw.EntityFqdn;
        Slug = raw.Slug;
        EntityId = raw.EntityId;
        EventTime = raw.EventTime;
        Data = raw.Data;
    }

    private WixEvent(string text)
    {
        Text = text;
        var envelope = new WireObject(StrictJson.Object(text, "event"), "event");
        EventType = envelope.Id("eventType") ?? throw new FormatException("Wix's event has no 'eventType'.");
        InstanceId = envelope.Id("instanceId");
        Identity = envelope.Text("identity") is { Length: > 0 } identity
            ? WixEventIdentity.Read(new(StrictJson.Object(identity, "identity"), "identity")) : WixEventIdentity.Unknown;
        Data = StrictJson.Object(envelope.Text("data") ?? throw new FormatException("Wix's event has no 'data'."), "data");
        var data = new WireObject(Data, "data");
        // The data of an older event is what happened and nothing else, and may have an id or a slug that means another thing.
        if (data.IdOrOther("entityFqdn") is not { } entity || data.IdOrOther("slug") is not { } slug)
            return;
        EntityFqdn = entity;
        Slug = slug;
        Id = data.Id("id");
        EntityId = data.Id("entityId");
        EventTime = data.Time("eventTime");
    }

    /// <summary>Gets the type of the event, such as <c>wix.ecom.v1.order_created</c> or <c>AppRemoved</c>.</summary>
    public string EventType { get; }

    /// <summary>Gets the app instance that the event is about; <see langword="null"/> if Wix named none.</summary>
    public string? InstanceId { get; }

    /// <summary>Gets the identity that caused the event.</summary>
    public WixEventIdentity Identity { get; }

    /// <summary>
    /// Gets the identifier of the event, which each delivery of it has; <see langword="null"/> for older events, which have none.
    /// </summary>
    public string? Id { get; }

    /// <summary>
    /// Gets the fully qualified name of the entity, such as <c>wix.ecom.v1.order</c>; <see langword="null"/> for older events.
    /// </summary>
    public string? EntityFqdn { get; }

    /// <summary>Gets the name of the change, such as <c>created</c>; <see langword="null"/> for older events.</summary>
    public string? Slug { get; }

    /// <summary>Gets the identifier of the entity; <see langword="null"/> if the event has none.</summary>
    public string? EntityId { get; }

    /// <summary>Gets the time of the event; <see langword="null"/> if the event has none.</summary>
    public DateTimeOffset? EventTime { get; }

    /// <summary>Gets the JSON of the event as Wix wrote it, for what the properties don't know.</summary>
    public JsonObject Data { get; }

    /// <summary>Gets the verified text that the event was made from.</summary>
    internal string Text { get; }

    /// <summary>Makes an event from the <c>data</c> claim of a webhook. The signature must have been verified.</summary>
    /// <param name="data">The claim: JSON, whose members <c>data</c> and <c>identity</c> are JSON in a string.</param>
    /// <returns>The event.</returns>
    /// <exception cref="FormatException">The claim is malformed, too deep or too long.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static WixEvent Parse(string data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new(data);
    }

    /// <summary>Returns the type of the event and its identifier, and nothing of what it says.</summary>
    public override string ToString() => Id is null ? EventType : $"{EventType} {Id}";

    /// <summary>Reads what the event is about.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="member">The member of the event, such as <c>createdEvent</c>.</param>
    /// <param name="name">The name in that member, such as <c>entity</c>.</param>
    /// <param name="kind">How it is read.</param>
    /// <returns>The value; <see langword="null"/> when the event doesn't have it.</returns>
    /// <exception cref="FormatException">It is something else.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected T? WireFind<T>(string member, string name, WixKind<T> kind)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(kind);
        return Data[member] is JsonObject content && content[name] is { } node ? kind.Read(node, name) : null;
    }

    /// <summary>Reads what the event is about.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="member">The member of the event, such as <c>createdEvent</c>.</param>
    /// <param name="name">The name in that member, such as <c>entity</c>.</param>
    /// <param name="kind">How it is read.</param>
    /// <returns>The value.</returns>
    /// <exception cref="FormatException">The event doesn't have it, or it is something else.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected T WireGet<T>(string member, string name, WixKind<T> kind)
        where T : class =>
        WireFind(member, name, kind) ?? throw new FormatException($"Wix's event '{EventType}' has no '{member}.{name}'.");
}
