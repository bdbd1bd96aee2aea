using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Endpoints.Wix.Emulator.Querying;

/// <summary>Compares JSON values as Wix's queries do: numbers as numbers, dates as dates, strings by their characters.</summary>
internal static class Comparison
{
    /// <summary>Returns the value at a dotted path, or <see langword="null"/> if there is none.</summary>
    public static JsonNode? Find(this JsonObject entity, string path)
    {
        if (entity.TryGetPropertyValue(path, out var direct))
            return direct;
        JsonNode? at = entity;
        foreach (var name in path.Split('.'))
            at = (at as JsonObject)?[name];
        return at;
    }

    /// <summary>
    /// Compares two values. Returns a negative number, zero or a positive number, or <see langword="null"/> if the values can't be
    /// compared, in which case no comparison is true.
    /// </summary>
    public static int? Compare(JsonNode? left, JsonNode? right)
    {
        if (Date(left) is { } leftDate && Date(right) is { } rightDate)
            return leftDate.CompareTo(rightDate);
        if (left is not JsonValue l || right is not JsonValue r)
            return null;
        if (l.GetValueKind() == JsonValueKind.Number && r.GetValueKind() == JsonValueKind.Number)
            return Number(l).CompareTo(Number(r));
        if (l.TryGetValue<string>(out var leftText) && r.TryGetValue<string>(out var rightText))
            return string.CompareOrdinal(leftText, rightText);
        return null;
    }

    public static bool Same(JsonNode? left, JsonNode? right) =>
        Compare(left, right) is { } order ? order == 0 : JsonNode.DeepEquals(left, right);

    /// <summary>Compares two values for sorting, in a total order in which missing values come first.</summary>
    public static int Order(JsonNode? left, JsonNode? right)
    {
        if (left is null || right is null)
            return (left is null ? 0 : 1) - (right is null ? 0 : 1);
        return Compare(left, right) ?? string.CompareOrdinal(left.ToJsonString(), right.ToJsonString());
    }

    private static double Number(JsonValue value) => double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);

    private static DateTimeOffset? Date(JsonNode? node) =>
        node is JsonObject { Count: 1 } boxed
        && boxed["$date"] is JsonValue value
        && value.TryGetValue<string>(out var text)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date
            : null;
}
