using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Endpoints.Wix.Emulator.Catalog;

/// <summary>The messages and enumerations of a service.</summary>
internal sealed class Messages(JsonElement types, JsonElement enums)
{
    // Messages that hold each other, such as rich content, end here.
    private const int Depth = 4;

    // As many as the service has messages.
    private readonly ConcurrentDictionary<string, IReadOnlyList<FieldFact>> _fields = new(StringComparer.Ordinal);

    /// <summary>Returns the fields of a message; none for what is no message.</summary>
    public IReadOnlyList<FieldFact> Fields(string message)
    {
        if (types.ValueKind is not JsonValueKind.Object || !types.TryGetProperty(message, out var fields))
            return [];
        return _fields.GetOrAdd(message,
            static (_, line) => [.. line.EnumerateObject().Select(static one => FieldFact.Parse(one.Name, one.Value.GetString()!))],
            fields);
    }

    /// <summary>Returns the field at a dotted path; null for none.</summary>
    public FieldFact? Field(string message, string path)
    {
        FieldFact? field = null;
        foreach (var name in path.Split('.'))
        {
            field = Fields(field?.Type ?? message).FirstOrDefault(one => one.Name == name);
            if (field is null)
                return null;
        }

        return field;
    }

    public bool IsMessage(string type) => types.ValueKind is JsonValueKind.Object && types.TryGetProperty(type, out _);

    /// <summary>Returns the members of an enumeration; null for what is none.</summary>
    public IReadOnlyList<string>? Members(string type) =>
        enums.ValueKind is JsonValueKind.Object && enums.TryGetProperty(type, out var members)
            ? [.. members.EnumerateArray().Select(static one => one.GetString()!)] : null;

    /// <summary>Returns a message with a value in each field that may be there beside the others.</summary>
    public JsonObject Example(string message) => Example(message, Depth);

    /// <summary>Returns a value that a field may have; null for one that is too deep.</summary>
    public JsonNode? Example(FieldFact field) => Value(field, Depth - 1);

    private JsonObject Example(string message, int depth)
    {
        var made = new JsonObject();
        HashSet<string> chosen = new(StringComparer.Ordinal);
        foreach (var field in Fields(message))
        {
            if (field.Text("oneof") is { } group && !chosen.Add(group))
                continue;
            if (Value(field, depth) is { } value)
                made[field.Name] = value;
        }

        return made;
    }

    private JsonNode? Value(FieldFact field, int depth)
    {
        if (One(field, depth) is not { } one)
            return null;
        return field.IsList ? new JsonArray(one) : field.IsMap ? new JsonObject { ["key"] = one } : one;
    }

    private JsonNode? One(FieldFact field, int depth) => field.Type switch
    {
        "string" => Text(field),
        "int" => Math.Max(1, (long)(field.Number("min") ?? 1)),
        "double" => (double)Math.Max(1.5m, field.Number("min") ?? 1.5m),
        "bool" => true,
        "date" => "2026-11-30T10:00:00.000Z",
        "duration" => "90s",
        "bytes" => "AQID",
        "mask" => "id",
        "struct" => new JsonObject { ["key"] = "value" },
        "any" => "value",
        var type when Members(type) is { } members => members[^1],
        var type => depth > 0 ? Example(type, depth - 1) : null,
    };

    private static string Text(FieldFact field)
    {
        if (field.Has("decimal") || field.Text("format") == "DECIMAL_VALUE")
            return "10.50";
        var text = field.Text("format") switch
        {
            "GUID" => "6f1c3f1e-8d55-4f3c-9b1e-2a7d5b7c9e01",
            "EMAIL" => "alice@example.com",
            "PHONE" => "+49301234567",
            "URL" or "WEB_URL" or "URI" => "https://example.com/",
            "COUNTRY" => "DE",
            "CURRENCY" => "EUR",
            "LANGUAGE" or "LANGUAGE_TAG" => "en",
            "COLOR_HEX" => "#3366ff",
            "LOCAL_DATE" => "2026-11-30",
            "LOCAL_TIME" => "10:00:00",
            "LOCAL_DATE_TIME" => "2026-11-30T10:00:00",
            _ => "text",
        };
        var least = (int)(field.Number("minLength") ?? 0);
        var most = (int)Math.Min(field.Number("maxLength") ?? int.MaxValue, int.MaxValue);
        return text.Length < least ? text.PadRight(Math.Min(least, 100), 'x') : text[..Math.Min(text.Length, most)];
    }
}
