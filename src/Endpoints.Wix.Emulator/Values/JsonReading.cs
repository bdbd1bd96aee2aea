using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Endpoints.Wix.Emulator.Values;

/// <summary>Reads JSON from callers. A value of an unexpected type is treated as missing; no method throws.</summary>
internal static class JsonReading
{
    public static string? AsText(this JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static bool? AsFlag(this JsonNode? node) => (node as JsonValue)?.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>Returns a number, or the number in a string, as Wix writes amounts.</summary>
    public static decimal? AsNumber(this JsonNode? node) =>
        node is JsonValue value
        && value.GetValueKind() is JsonValueKind.Number or JsonValueKind.String
        && decimal.TryParse(node.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>Returns a member of a node that may not be an object.</summary>
    public static JsonNode? At(this JsonNode? node, string name) => (node as JsonObject)?[name];

    /// <summary>Returns a copy of an object, so that it can have another parent.</summary>
    public static JsonObject Copy(this JsonNode? node) => node is JsonObject entity ? (JsonObject)entity.DeepClone() : [];
}
