using System.Collections.Frozen;

namespace Endpoints.Wix.Emulator.Catalog;

/// <summary>Represents an operation of a service, as Wix's packages describe it.</summary>
internal sealed record OperationFact
{
    private static readonly string[] ReadingWords = ["read", "view", "list", "get", "query", "search", "count", "find"];

    /// <summary>Gets the service: its vertical and its name.</summary>
    public required string Service { get; init; }

    /// <summary>Gets the name of the JavaScript function.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>Gets the path, with the fields of the request that are a part of it in braces.</summary>
    public required string Template { get; init; }

    public required string Request { get; init; }

    public required string Response { get; init; }

    public required Messages Messages { get; init; }

    /// <summary>Gets the paths in the request that must be there.</summary>
    public required IReadOnlyList<string> Required { get; init; }

    /// <summary>Gets the fields that a query filters by; none where the packages don't tell.</summary>
    public IReadOnlySet<string> Filterable { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Gets the fields that a query sorts by; none where the packages don't tell.</summary>
    public IReadOnlySet<string> Sortable { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Gets the permission that apps and API keys need; null for none.</summary>
    public string? Permission { get; init; }

    /// <summary>Gets a value that indicates whether members may call it as well.</summary>
    public bool IsForMembers { get; init; }

    /// <summary>Gets the entities that it is about; null for those that the packages don't tell.</summary>
    public EntityFact? Entity { get; init; }

    public OperationKind Kind { get; init; }

    /// <summary>Gets what is done to each entity, for <see cref="OperationKind.Bulk"/> and <see cref="OperationKind.ByFilter"/>.</summary>
    public OperationKind Each { get; init; }

    /// <summary>Gets the member that has the entity: of the request, or of each element of <see cref="List"/>; null for none.</summary>
    public string? Sent { get; init; }

    /// <summary>Gets the member of a bulk request that has what is to be done; null for none.</summary>
    public string? List { get; init; }

    /// <summary>Gets the members of the request that find the entities, each with the entity's field.</summary>
    public IReadOnlyList<(string Asked, string Field)> Keys { get; init; } = [];

    /// <summary>Gets a value that indicates whether the entity is the caller's own, such as the current cart.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Gets what an action sets by its name: a field and its value.</summary>
    public (string Field, object Value)? Transition { get; init; }

    /// <summary>Gets a value that indicates whether visitors may call it: what reads with a permission to read, secrets apart.</summary>
    public bool IsForVisitors => IsOwn || (IsReading && !Service.StartsWith("secrets/", StringComparison.Ordinal)
        && (Permission is null || ReadingWords.Any(word => Permission.Contains(word, StringComparison.OrdinalIgnoreCase))));

    public string Route => $"{Method} {Template}";

    public bool IsReading => Kind is OperationKind.Get or OperationKind.Query or OperationKind.Count
        || (Kind is OperationKind.Example && (Method == "GET" || ServiceOperations.IsReading(Name)));
}
