using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Endpoints.Wix.Data;

/// <summary>Dates in items: <c>{"$date": "2026-11-30T12:00:00.000Z"}</c>.</summary>
internal static class DataDate
{
    public const string Member = "$date";

    public static string Text(DateTimeOffset value) =>
        value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static JsonObject Write(DateTimeOffset value) => new() { [Member] = Text(value) };

    /// <summary>A date, also one that is a text; null when it is neither.</summary>
    public static DateTimeOffset? Read(JsonNode? node)
    {
        if (node is JsonObject { Count: 1 } wrapped)
            node = wrapped[Member];
        return node?.GetValueKind() == JsonValueKind.String
            && DateTimeOffset.TryParse(node.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value)
            ? value
            : null;
    }
}
