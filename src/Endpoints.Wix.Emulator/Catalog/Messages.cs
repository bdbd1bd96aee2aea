using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Endpoints.Wix.Emulator.Catalog;

/// <summary>The messages and enumerations of a service.</summary>
internal sealed class Messages(JsonElement types, JsonElement enums)
{
    // Messages that hold each other, such as rich content, end here.
    private const int Depth = 4;

    /// <summary>Returns a message with a value in each field that may be there beside the others.</summary>
    public JsonObject Example(string message) => Example(message, Depth);

    private JsonObject Example(string message, int depth)
    {
        var made = new JsonObject();
        if (types.ValueKind is not JsonValueKind.Object || !types.TryGetProperty(message, out var fields))
            return made;
        HashSet<string> chosen = new(StringComparer.Ordinal);
        foreach (var field in fields.EnumerateObject())
        {
            var parts = field.Value.GetString()!.Split(' '); // a field is one line
            if (parts.FirstOrDefault(static mark => mark.StartsWith("oneof=", StringComparison.Ordinal)) is { } group && !chosen.Add(group))
                continue;
            if (Value(parts[0].TrimEnd('?'), parts, depth) is { } value)
                made[field.Name] = value;
        }

        return made;
    }

    private JsonNode? Value(string type, string[] marks, int depth)
    {
        if (type.EndsWith("[]", StringComparison.Ordinal))
            return Value(type[..^2], marks, depth) is { } one ? new JsonArray(one) : null;
        if (type.StartsWith("map<", StringComparison.Ordinal))
            return Value(type[4..^1], marks, depth) is { } one ? new JsonObject { ["key"] = one } : null;
        return type switch
        {
            "string" => Text(marks),
            "int" => Math.Max(1, (long)(Mark(marks, "min") ?? 1)),
            "double" => (double)Math.Max(1.5m, Mark(marks, "min") ?? 1.5m),
            "bool" => true,
            "date" => "2026-11-30T10:00:00.000Z",
            "duration" => "90s",
            "bytes" => "AQID",
            "mask" => "id",
            "struct" => new JsonObject { ["key"] = "value" },
            "any" => "value",
            _ when enums.ValueKind is JsonValueKind.Object && enums.TryGetProperty(type, out var members) => members.EnumerateArray().Last()
                .GetString(),
            _ => depth > 0 ? Example(type, depth - 1) : null,
        };
    }

    private static string Text(string[] marks)
    {
        if (marks.Contains("decimal") || marks.Contains("format=DECIMAL_VALUE"))
            return "10.50";
        var format = marks.FirstOrDefault(static mark => mark.StartsWith("format=", StringComparison.Ordinal))?[7..];
        var text = format switch
        {
            "GUID" => "6f1c3f1e-8d55-4f3c-9b1e-2a7d5b7c9e01",
            "EMAIL" => "alice@example.com",
            "PHONE" => "+49301234567",
            "URL" or "WEB_URL" => "https://example.com/",
            "COUNTRY" => "DE",
            "CURRENCY" => "EUR",
            "LANGUAGE" or "LANGUAGE_TAG" => "en",
            "LOCAL_DATE" => "2026-11-30",
            "LOCAL_TIME" => "10:00:00",
            "LOCAL_DATE_TIME" => "2026-11-30T10:00:00",
            _ => "text",
        };
        var least = (int)(Mark(marks, "minLength") ?? 0);
        return text.Length < least ? text.PadRight(Math.Min(least, 100), 'x') : text;
    }

    private static decimal? Mark(string[] marks, string name) =>
        marks.FirstOrDefault(mark => mark.StartsWith(name + '=', StringComparison.Ordinal)) is { } found
        && decimal.TryParse(found[(name.Length + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
}
