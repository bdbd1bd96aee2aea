using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Querying;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.DataItems;

/// <summary>Calculates over the items of a collection, by groups.</summary>
internal static class Aggregation
{
    private const int MostOperations = 100;

    /// <summary>Returns a result for each group; if there are no grouping fields, one for all items.</summary>
    /// <exception cref="ApiException">The aggregation is malformed.</exception>
    public static IEnumerable<JsonObject> Run(IEnumerable<JsonObject> items, JsonNode? aggregation)
    {
        var fields = List(aggregation, "groupingFields").Select(static field =>
            field.AsText() ?? throw ApiException.Violation("aggregation.groupingFields", "must hold names", "FORMAT")).ToList();
        var operations = List(aggregation, "operations");
        if (fields.Count == 0 && operations.Count == 0)
            throw ApiException.Violation("aggregation", "must have grouping fields or operations");
        if (operations.Count > MostOperations)
            throw ApiException.Violation("aggregation.operations", $"must hold at most {MostOperations} operations", "RANGE");
        return items
            .GroupBy(item => string.Join('\n', fields.Select(field => item.Find(field)?.ToJsonString())), StringComparer.Ordinal)
            .Select(group => Result([.. group], fields, operations));
    }

    private static JsonObject Result(List<JsonObject> group, List<string> fields, JsonArray operations)
    {
        var result = new JsonObject();
        foreach (var field in fields)
            result[field] = group[0].Find(field)?.DeepClone();
        foreach (var operation in operations)
        {
            var name = operation.At("resultFieldName").AsText()
                ?? throw ApiException.Violation("aggregation.operations.resultFieldName", "must not be empty");
            result[name] = Calculate(group, operation);
        }

        return result;
    }

    private static JsonNode? Calculate(List<JsonObject> group, JsonNode? operation)
    {
        if (operation.At("itemCount") is not null)
            return group.Count;
        if (operation.At("sum") is { } sum)
            return Numbers(group, sum).Sum();
        if (operation.At("average") is { } average)
            return Numbers(group, average) is { Count: > 0 } numbers ? numbers.Average() : null;
        if (operation.At("min") is { } min)
            return Values(group, min).FirstOrDefault()?.DeepClone();
        if (operation.At("max") is { } max)
            return Values(group, max).LastOrDefault()?.DeepClone();
        throw ApiException.Violation("aggregation.operations", "must be sum, average, min, max or itemCount", "FORMAT");
    }

    private static List<double> Numbers(List<JsonObject> group, JsonNode operation) =>
        [.. group.Select(item => item.Find(Field(operation)).AsNumber()).OfType<decimal>().Select(static number => (double)number)];

    private static IEnumerable<JsonNode> Values(List<JsonObject> group, JsonNode operation) => group
        .Select(item => item.Find(Field(operation))).OfType<JsonNode>().Order(Comparer<JsonNode>.Create(Comparison.Order));

    private static string Field(JsonNode operation) => operation.At("itemFieldName").AsText()
        ?? throw ApiException.Violation("aggregation.operations.itemFieldName", "must not be empty");

    private static JsonArray List(JsonNode? node, string name) => node.At(name) switch
    {
        null => [],
        JsonArray list => list,
        _ => throw ApiException.Violation($"aggregation.{name}", "must be a list", "FORMAT"),
    };
}
