using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Catalog;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Generic;

/// <summary>Holds a query against the fields that its operation filters and sorts by.</summary>
internal static class QueryRules
{
    /// <exception cref="ApiException">A field is none of them: 400.</exception>
    public static void Check(OperationFact fact, JsonNode query)
    {
        if (fact.Filterable.Count > 0 && Names(query.At("filter")).FirstOrDefault(name => !fact.Filterable.Contains(name)) is { } other)
            throw ApiException.Violation("query.filter", $"can't have the field '{other}'", "FORMAT");
        if (fact.Sortable.Count == 0)
            return;
        foreach (var name in (query.At("sort") as JsonArray ?? []).Select(static one => one.At("fieldName").AsText()))
        {
            if (name is not null && !fact.Sortable.Contains(name))
                throw ApiException.Violation("query.sort.fieldName", $"can't be '{name}'", "FORMAT");
        }
    }

    // Also those in $and, $or and $not.
    private static IEnumerable<string> Names(JsonNode? filter) => filter switch
    {
        JsonObject conditions => conditions.SelectMany(static pair => pair.Key.StartsWith('$') ? Names(pair.Value) : [pair.Key]),
        JsonArray parts => parts.SelectMany(Names),
        _ => [],
    };
}
