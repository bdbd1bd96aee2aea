using System.Text.Json.Nodes;

namespace Endpoints.Wix.Emulator;

/// <summary>A domain event, as webhooks carry it. Sending one object twice sends the same event twice, with the same id.</summary>
/// <remarks>What is not a parameter of the method that makes it is changed in a copy: <c>EmulatedEvent.Created(...) with { Identity = user }</c>.</remarks>
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

    /// <summary>The event's id, which duplicates and repeats share; made up by default.</summary>
    public string EventId { get; init; } = Guid.NewGuid().ToString();

    /// <summary>What the webhook is routed by; the entity's name, an underscore and the slug by default, as in <c>wix.contacts.v4.contact_merged</c>.</summary>
    public string EventType { get; init; }

    /// <summary>The entity's full name, as in <c>wix.contacts.v4.contact</c>.</summary>
    public string EntityFqdn { get; }

    /// <summary>What happened, as in <c>created</c>.</summary>
    public string Slug { get; }

    /// <summary>The entity's id.</summary>
    public string EntityId { get; }

    /// <summary>Who caused it; an anonymous visitor by default.</summary>
    public EmulatedIdentity Identity { get; init; } = EmulatedIdentity.Visitor();

    /// <summary>When it happened; when it is sent, by default.</summary>
    public DateTimeOffset? EventTime { get; init; }

    internal string Member { get; }

    internal JsonObject Content { get; }

    /// <summary>Something was created.</summary>
    /// <param name="entityFqdn">The entity's full name.</param>
    /// <param name="entityId">Its id.</param>
    /// <param name="entity">The entity.</param>
    public static EmulatedEvent Created(string entityFqdn, string entityId, JsonObject entity) =>
        Make(entityFqdn, "created", entityId, "createdEvent", "entity", entity);

    /// <summary>Something was changed.</summary>
    /// <param name="entityFqdn">The entity's full name.</param>
    /// <param name="entityId">Its id.</param>
    /// <param name="currentEntity">The entity as it is now.</param>
    /// <param name="modifiedFields">What the changed fields were before; left out by default.</param>
    public static EmulatedEvent Updated(string entityFqdn, string entityId, JsonObject currentEntity, JsonObject? modifiedFields = null)
    {
        var made = Make(entityFqdn, "updated", entityId, "updatedEvent", "currentEntity", currentEntity);
        if (modifiedFields is not null)
            made.Content["modifiedFields"] = modifiedFields.DeepClone();
        return made;
    }

    /// <summary>Something was deleted.</summary>
    /// <param name="entityFqdn">The entity's full name.</param>
    /// <param name="entityId">Its id.</param>
    /// <param name="deletedEntity">The entity as it was; left out by default.</param>
    public static EmulatedEvent Deleted(string entityFqdn, string entityId, JsonObject? deletedEntity = null) =>
        Make(entityFqdn, "deleted", entityId, "deletedEvent", "deletedEntity", deletedEntity);

    /// <summary>Something else happened.</summary>
    /// <param name="entityFqdn">The entity's full name.</param>
    /// <param name="slug">What happened.</param>
    /// <param name="entityId">The entity's id.</param>
    /// <param name="body">What the event says of it.</param>
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
