using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Catalog;
using Endpoints.Wix.Emulator.Querying;

namespace Endpoints.Wix.Emulator.Generic;

/// <summary>Builds the answer of an operation from its message: each field has what its type and its name say.</summary>
internal sealed class Reply(OperationFact fact, JsonObject request)
{
    public JsonObject? Entity { get; init; }

    public QueryResult? Page { get; init; }

    /// <summary>Gets the results of a bulk operation, with their metadata.</summary>
    public JsonObject? Results { get; init; }

    public Answer Build()
    {
        if (Entity is not null && fact.Response == fact.Entity?.Message)
            return Answer.Json(Entity.DeepClone());
        return Answer.Json(Message(fact.Response));
    }

    /// <summary>Builds a message, such as the result of one entity in a bulk operation.</summary>
    public JsonObject Message(string type)
    {
        var made = new JsonObject();
        foreach (var field in fact.Messages.Fields(type))
        {
            if ((Value(field) ?? Echo(field) ?? (fact.Kind is OperationKind.Example ? fact.Messages.Example(field) : null)) is { } value)
                made[field.Name] = value;
        }

        return made;
    }

    private JsonNode? Value(FieldFact field)
    {
        if (Entity is not null && fact.Entity is { } kind)
        {
            if (kind.Is(field))
                return Entity.DeepClone();
            if (field.IsSingle && fact.Messages.Fields(field.Type).Any(kind.Is))
                return Message(field.Type);
            if (kind.IsNamed(field) && fact.Messages.IsMessage(field.Type))
                return Form(Entity, field.Type);
            if (kind.Fields.TryGetValue(field.Name, out var own) && own.HasTypeOf(field))
                return Entity[field.Name]?.DeepClone();
            if (field is { IsSingle: true, Type: "string" } && kind.Key is not null && kind.Ids.Contains(field.Name))
                return Entity[kind.Key]?.DeepClone();
        }

        if (Page is not null)
        {
            if (fact.Entity?.IsListedIn(field) == true)
                return Page.Copies();
            if (fact.Entity?.IsNamedInList(field) == true && fact.Messages.IsMessage(field.Type))
                return Page.Copies(one => Form(one, field.Type));
            if (field.Name is "pagingMetadata" or "metadata" or "paging")
                return fact.Messages.Field(field.Type, "cursors") is not null ? Page.ByCursor() : Page.ByOffset();
            if (field is { IsSingle: true, Type: "int" } && field.Name is "count" or "total" or "totalCount" or "totalResults")
                return Page.Total;
        }

        if (Results is not null)
        {
            if (field.IsList && fact.Messages.Field(field.Type, "itemMetadata") is not null)
                return Results["results"]!.DeepClone();
            if (fact.Messages.Field(field.Type, "totalSuccesses") is not null)
                return Results["bulkActionMetadata"]!.DeepClone();
        }

        return field is { Name: "jobId", Type: "string" } ? Guid.NewGuid().ToString() : null;
    }

    /// <summary>Returns what another form of the entity has of it.</summary>
    private JsonObject Form(JsonObject entity, string type) => new(fact.Messages.Fields(type)
        .Where(field => entity[field.Name] is not null).Select(field => KeyValuePair.Create(field.Name, entity[field.Name]?.DeepClone())));

    /// <summary>Repeats what the request has by the same name and type.</summary>
    private JsonNode? Echo(FieldFact field) =>
        fact.Messages.Field(fact.Request, field.Name)?.HasTypeOf(field) == true ? request[field.Name]?.DeepClone() : null;
}
