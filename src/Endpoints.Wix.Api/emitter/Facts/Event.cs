namespace Endpoints.Wix.Api.Emitter.Facts;

/// <summary>An event, as its line has it.</summary>
internal sealed record Event
{
    /// <summary>Gets the name of the JavaScript function, such as <c>onOrderCreated</c>.</summary>
    public required string Name { get; init; }

    public required string Type { get; init; }

    /// <summary>The message of the entity; null when the event has none.</summary>
    public string? Entity { get; init; }

    /// <summary>The message of the action's body, or of all that an older event says; null when the event has none.</summary>
    public string? Data { get; init; }

    public required string Slug { get; init; }

    /// <summary>Gets a value that indicates whether the event is about an entity. Older events are flat.</summary>
    public bool IsDomainEvent { get; init; }

    public required IReadOnlyList<string> Permissions { get; init; }

    /// <summary>The messages that the event is made of.</summary>
    public IEnumerable<string> Messages => new[] { Entity, Data }.OfType<string>();
}
