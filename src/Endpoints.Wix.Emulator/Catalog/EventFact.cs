using System.Text.Json.Nodes;

namespace Endpoints.Wix.Emulator.Catalog;

/// <summary>Represents an event, as Wix's packages describe it.</summary>
internal sealed record EventFact(string Type, string Slug, bool IsDomainEvent, string? Entity, string? Data, Messages Messages)
{
    public bool HasEntity => Entity is not null;

    public bool HasData => Data is not null;

    /// <summary>Returns the entity, or what happened, with a value in each field.</summary>
    public JsonObject Example() => (Entity ?? Data) is { } message ? Messages.Example(message) : [];
}
