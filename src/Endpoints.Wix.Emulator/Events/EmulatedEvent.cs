using System.Text.Json.Nodes;

namespace Endpoints.Wix.Emulator;

/// <summary>
/// Represents a domain event, as webhooks carry it. Sending the same object twice sends the same event twice, with the same identifier.
/// </summary>
/// <remarks>
/// To change a value that the factory method has no parameter for, make a copy: <c>EmulatedEvent.Created(...) with { Identity = user }</c>.
/// </remarks>
public sealed record EmulatedEvent
{
    private EmulatedEvent(string entityFqdn, string slug, string entityId, string member, JsonObject content)
    {
        EntityFqdn = entityFqdn;
        Slug = slug;
        EntityId = entityId;
        EventType = $"{entityFqdn}_{slug}";
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

    /// <summary>Gets the fully qualified name of the entity, such as <c>wix.contacts.v4.contact</c>.</summary>
    public string EntityFqdn { get; }

    /// <summary>Gets the slug, which names the change, such as <c>created</c>.</summary>
    public string Slug { get; }

    /// <summary>Gets the identifier of the entity.</summary>
    public string EntityId { get; }

    /// <summary>Gets the identity that caused the event. The default is an anonymous visitor.</summary>
    public EmulatedIdentity Identity { get; init; } = EmulatedIdentity.Visitor();

    /// <summary>Gets the time of the event. The default is the time at which it is sent.</summary>
    public DateTimeOffset? EventTime { get; init; }

    internal string Member { get; }

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

    private static EmulatedEvent Make(string entityFqdn, string slug, string entityId, string member, string field, JsonObject? content)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(entityFqdn);
        ArgumentException.ThrowIfNullOrWhiteSpace(slug);
        ArgumentException.ThrowIfNullOrWhiteSpace(entityId);
        var holder = new JsonObject();
        if (content is not null)
            holder[field] = content.DeepClone();
        return new(entityFqdn, slug, entityId, member, holder);
    }
}
