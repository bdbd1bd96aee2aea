using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Querying;

/// <summary>Evaluates Wix's query language: <c>{"name":"x","price":{"$gt":5},"$or":[…]}</c>.</summary>
internal static class Filter
{
    /// <summary>Determines whether an entity matches a filter.</summary>
    /// <exception cref="ApiException">The filter is malformed.</exception>
    public static bool Matches(JsonObject entity, JsonNode? filter)
    {
        if (filter is null)
            return true;
        if (filter is not JsonObject conditions)
            throw Malformed("must be an object");
        foreach (var (name, condition) in conditions)
        {
            var holds = name switch
            {
                "$and" => Each(condition).All(part => Matches(entity, part)),
                "$or" => Each(condition).Any(part => Matches(entity, part)),
                "$not" => !Each(condition).Any(part => Matches(entity, part)),
                _ when name.StartsWith('$') => throw Malformed($"has the unknown operator {name}"),
                _ => FieldMatches(entity.Find(name), condition),
            };
            if (!holds)
                return false;
        }

        return true;
    }

    private static List<JsonNode?> Each(JsonNode? node) => node switch
    {
        JsonArray array => [.. array],
        JsonObject single => [single],
        _ => throw Malformed("must hold a list of conditions"),
    };

    private static bool FieldMatches(JsonNode? value, JsonNode? condition)
    {
        if (condition is not JsonObject operators || !operators.Any(static pair => pair.Key.StartsWith('$') && pair.Key != "$date"))
            return Equal(value, condition);
        foreach (var (name, operand) in operators)
        {
            if (!Holds(value, name, operand))
                return false;
        }

        return true;
    }

    private static bool Holds(JsonNode? value, string name, JsonNode? operand) => name switch
    {
        "$eq" => Equal(value, operand),
        "$ne" => !Equal(value, operand),
        "$gt" => Comparison.Compare(value, operand) > 0,
        "$gte" => Comparison.Compare(value, operand) >= 0,
        "$lt" => Comparison.Compare(value, operand) < 0,
        "$lte" => Comparison.Compare(value, operand) <= 0,
        "$in" => Each(operand, name).Any(one => Equal(value, one)),
        "$nin" => !Each(operand, name).Any(one => Equal(value, one)),
        "$exists" => (value is not null) == (operand.AsFlag() ?? true),
        "$startsWith" => value.AsText()?.StartsWith(operand.AsText() ?? "", StringComparison.OrdinalIgnoreCase) == true,
        "$endsWith" => value.AsText()?.EndsWith(operand.AsText() ?? "", StringComparison.OrdinalIgnoreCase) == true,
        "$contains" => value.AsText()?.Contains(operand.AsText() ?? "", StringComparison.OrdinalIgnoreCase) == true,
        "$hasSome" => Each(operand, name).Any(one => Equal(value, one)),
        "$hasAll" => Each(operand, name).All(one => Equal(value, one)),
        "$isEmpty" => value is null or JsonArray { Count: 0 } || value.AsText()?.Length == 0,
        _ => throw Malformed($"has the unknown operator {name}"),
    };

    private static JsonArray Each(JsonNode? node, string name) => node as JsonArray ?? throw Malformed($"needs a list for {name}");

    // A list equals each of its elements, as in Wix Data.
    private static bool Equal(JsonNode? value, JsonNode? operand) =>
        Comparison.Same(value, operand)
            || (value is JsonArray list && operand is not JsonArray && list.Any(one => Comparison.Same(one, operand)));

    private static ApiException Malformed(string what) => ApiException.Violation("filter", what, "FORMAT");
}
