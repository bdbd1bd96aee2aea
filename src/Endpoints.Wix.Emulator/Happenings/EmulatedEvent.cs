using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Catalog;

namespace Endpoints.Wix.Emulator;

/// <summary>
/// Represents a domain event, as webhooks carry it. Sending the same object twice sends the same event twice, with the same identifier.
/// </summary>
/// <remarks>
/// To change a value that the factory method has no parameter for, make a copy: <c>EmulatedEvent.Created(...) with { Identity = user }</c>.
/// </remarks>
public sealed record EmulatedEvent
{
    private EmulatedEvent(string eventType, string entityFqdn, string slug, string entityId, string? member, JsonObject content)
    {
        EntityFqdn = entityFqdn;
        Slug = slug;
        EntityId = entityId;
        EventType = eventType;
        Member = member;
        Content = content;
    }

    /// <summary>Gets the identifier of the event, which duplicates and retries share. The default is a generated identifier.</summary>
    public string EventId { get; init; } = Guid.NewGuid().ToString();

    /// <summary>
    /// Gets the type by which the webhook is routed. The default is the entity's name, an underscore and the slug, such as
    /// <c>wix.contacts.v4.contact_merged</c>.
    /// </summary>
    public string EventType { get; init; }

    /// <summary>
    /// Gets the fully qualified name of the entity, such as <c>wix.contacts.v4.contact</c>; empty for an older event, which has none.
    /// </summary>
    public string EntityFqdn { get; }

    /// <summary>Gets the slug, which names the change, such as <c>created</c>; empty for an older event, which has none.</summary>
    public string Slug { get; }

    /// <summary>Gets the identifier of the entity; empty for an older event, which has none.</summary>
    public string EntityId { get; }

    /// <summary>Gets the identity that caused the event. The default is an anonymous visitor.</summary>
    public EmulatedIdentity Identity { get; init; } = EmulatedIdentity.Visitor();

    /// <summary>Gets the time of the event. The default is the time at which it is sent.</summary>
    public DateTimeOffset? EventTime { get; init; }

    /// <summary>Gets the member of a domain event that has the content; null for an older event, which is its content.</summary>
    internal string? Member { get; }

    internal JsonObject Content { get; }

    /// <summary>Creates an event for an entity that was created.</summary>
    /// <param name="entityFqdn">The fully qualified name of the entity.</param>
    /// <param name="entityId">The identifier of the entity.</param>
    /// <param name="entity">The entity.</param>
    /// <returns>The event.</returns>
    public static EmulatedEvent Created(string entityFqdn, string entityId, JsonObject entity) =>
        Make(entityFqdn, "created", entityId, "createdEvent", "entity", entity);

    /// <summary>Creates an event for an entity that was updated.</summary>
    /// <param name="entityFqdn">The fully qualified name of the entity.</param>
    /// <param name="entityId">The identifier of the entity.</param>
    /// <param name="currentEntity">The entity after the update.</param>
    /// <param name="modifiedFields">The previous values of the modified fields. Omitted by default.</param>
    /// <returns>The event.</returns>
    public static EmulatedEvent Updated(string entityFqdn, string entityId, JsonObject currentEntity, JsonObject? modifiedFields = null)
    {
        var made = Make(entityFqdn, "updated", entityId, "updatedEvent", "currentEntity", currentEntity);
        if (modifiedFields is not null)
            made.Content["modifiedFields"] = modifiedFields.DeepClone();
        return made;
    }

    /// <summary>Creates an event for an entity that was deleted.</summary>
    /// <param name="entityFqdn">The fully qualified name of the entity.</param>
    /// <param name="entityId">The identifier of the entity.</param>
    /// <param name="deletedEntity">The entity before it was deleted. Omitted by default.</param>
    /// <returns>The event.</returns>
    public static EmulatedEvent Deleted(string entityFqdn, string entityId, JsonObject? deletedEntity = null) =>
        Make(entityFqdn, "deleted", entityId, "deletedEvent", "deletedEntity", deletedEntity);

    /// <summary>Creates an event for any other action on an entity.</summary>
    /// <param name="entityFqdn">The fully qualified name of the entity.</param>
    /// <param name="slug">The slug, which names the action.</param>
    /// <param name="entityId">The identifier of the entity.</param>
    /// <param name="body">The body of the action event.</param>
    /// <returns>The event.</returns>
    public static EmulatedEvent Action(string entityFqdn, string slug, string entityId, JsonObject body) =>
        Make(entityFqdn, slug, entityId, "actionEvent", "body", body);

    /// <summary>Creates an event of an older kind, which is not about an entity, such as <c>AppRemoved</c>.</summary>
    /// <param name="eventType">The type of the event.</param>
    /// <param name="data">What the event says.</param>
    /// <returns>The event.</returns>
    public static EmulatedEvent Older(string eventType, JsonObject data)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(eventType);
        ArgumentNullException.ThrowIfNull(data);
        return new(eventType, "", "", "", null, (JsonObject)data.DeepClone());
    }

    /// <summary>Creates an event of a type that Wix has, such as <c>wix.ecom.v1.order_created</c>.</summary>
    /// <param name="eventType">The type of the event.</param>
    /// <param name="content">
    /// The entity, or what happened to it. The default is an example with a value in each field that Wix documents.
    /// </param>
    /// <param name="entityId">The identifier of the entity. The default is the <c>id</c> of the content, or a generated identifier.</param>
    /// <returns>The event.</returns>
    /// <exception cref="ArgumentException">Wix's packages have no event of this type.</exception>
    public static EmulatedEvent Of(string eventType, JsonObject? content = null, string? entityId = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(eventType);
        var fact = WixFacts.Instance.Event(eventType)
            ?? throw new ArgumentException($"Wix's packages have no event '{eventType}'. Use another factory method for it.",
                nameof(eventType));
        var said = content ?? fact.Example();
        if (!fact.IsDomainEvent)
            return Older(eventType, said);
        var fqdn = eventType[..^(fact.Slug.Length + 1)];
        var id = entityId ?? (said["id"] is JsonValue given && given.TryGetValue<string>(out var text) && text.Length > 0
            ? text : Guid.NewGuid().ToString());
        return (fact.HasEntity, fact.Slug) switch
        {
            (true, "created") => Created(fqdn, id, said),
            (true, "updated") => Updated(fqdn, id, said),
            (true, _) => Deleted(fqdn, id, said),
            (false, "deleted") when !fact.HasData => Deleted(fqdn, id),
            _ => Action(fqdn, fact.Slug, id, said),
        };
    }

    private static EmulatedEvent Make(string entityFqdn, string slug, string entityId, string member, string field, JsonObject? content)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(entityFqdn);
        ArgumentException.ThrowIfNullOrWhiteSpace(slug);
        ArgumentException.ThrowIfNullOrWhiteSpace(entityId);
        var holder = new JsonObject();
        if (content is not null)
            holder[field] = content.DeepClone();
        return new($"{entityFqdn}_{slug}", entityFqdn, slug, entityId, member, holder);
    }
}
