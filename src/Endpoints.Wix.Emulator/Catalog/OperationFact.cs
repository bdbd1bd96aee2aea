namespace Endpoints.Wix.Emulator.Catalog;

/// <summary>Represents an operation on entities, as Wix's packages describe it.</summary>
/// <param name="Service">The service: its vertical and its name.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Template">The path, with its parameters in braces.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Entity">The entities that it is about.</param>
/// <param name="Sent">The member of the request that has the entity or the query; null for none.</param>
/// <param name="Answered">The member of the answer that has the entity, the entities or their number; null for none.</param>
/// <param name="Paging">The member of the answer that says which page it is; null for none.</param>
/// <param name="ByCursor">Whether pages have cursors.</param>
/// <param name="Mask">The member of the request that names the fields to change; null for none.</param>
/// <param name="Required">The members of the sent entity that must be there.</param>
/// <param name="Permission">The permission that apps and API keys need; null for none.</param>
internal sealed record OperationFact(
    string Service, string Method, string Template, OperationKind Kind, EntityFact Entity, string? Sent, string? Answered, string? Paging,
    bool ByCursor, string? Mask, IReadOnlyList<string> Required, string? Permission)
{
    public string Route => $"{Method} {Template}";
}
