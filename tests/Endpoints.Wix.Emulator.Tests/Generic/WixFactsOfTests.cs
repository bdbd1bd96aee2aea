using System.Globalization;
using System.Text.Json.Nodes;

namespace Endpoints.Wix.Emulator.Tests.Generic;

/// <summary>The facts of Wix's API as they are committed, read without the emulator.</summary>
internal static class WixFactsOfTests
{
    public static string Root { get; } = Ancestor();

    /// <summary>Gets the service, the method and the facts of the service, of each route.</summary>
    public static IReadOnlyDictionary<string, (string Service, JsonNode Method, JsonNode Facts)> Routes { get; } = Read();

    /// <summary>Returns a message with a valid value in each field, apart from those of a group in which another one is chosen.</summary>
    public static JsonObject Sample(JsonNode facts, string message, int depth = 5)
    {
        var made = new JsonObject();
        HashSet<string> groups = [];
        foreach (var (name, line) in facts["types"]?[message]?.AsObject() ?? [])
        {
            var parts = ((string)line!).Split(' ');
            if (Mark(parts, "oneof") is { } group && !groups.Add(group))
                continue;
            if (Value(facts, parts[0].TrimEnd('?'), parts, depth) is { } value)
                made[name] = value;
        }

        return made;
    }

    private static JsonNode? Value(JsonNode facts, string type, string[] marks, int depth)
    {
        if (type.EndsWith("[]", StringComparison.Ordinal))
        {
            var length = Math.Max(1, int.Parse(Mark(marks, "minSize") ?? "1", CultureInfo.InvariantCulture));
            var each = Enumerable.Range(0, length).Select(_ => Value(facts, type[..^2], marks, depth)).ToArray();
            return each[0] is null ? null : new JsonArray(each);
        }

        if (type.StartsWith("map<", StringComparison.Ordinal))
            return Value(facts, type[4..^1], marks, depth) is { } one ? new JsonObject { ["key"] = one } : null;
        if (facts["enums"]?[type] is JsonArray members)
            return members[^1]!.DeepClone();
        return type switch
        {
            "string" => Text(marks),
            "int" or "double" => Math.Max(1, decimal.Parse(Mark(marks, "min") ?? "1", NumberStyles.Float, CultureInfo.InvariantCulture)),
            "bool" => true,
            "date" => "2026-11-30T10:00:00.000Z",
            "duration" => "90s",
            "bytes" => "AQID",
            "mask" => "name",
            "struct" => new JsonObject(),
            "any" => "value",
            _ => depth > 0 ? Sample(facts, type, depth - 1) : null,
        };
    }

    private static string Text(string[] marks)
    {
        var text = Mark(marks, "format") switch
        {
            "GUID" => Guid.NewGuid().ToString(),
            "EMAIL" => "alice@example.com",
            "WEB_URL" or "URI" => "https://example.com/",
            "DECIMAL_VALUE" => "10.50",
            "COUNTRY" => "DE",
            "CURRENCY" => "EUR",
            "LANGUAGE" or "LANGUAGE_TAG" => "en",
            "LOCAL_DATE" => "2026-11-30",
            "LOCAL_TIME" => "10:00:00",
            "LOCAL_DATE_TIME" => "2026-11-30T10:00:00",
            _ => marks.Contains("decimal") ? "10.50" : "7",
        };
        return text.PadRight(int.Parse(Mark(marks, "minLength") ?? "0", CultureInfo.InvariantCulture), '7');
    }

    private static string? Mark(string[] marks, string name) =>
        marks.FirstOrDefault(mark => mark.StartsWith(name + '=', StringComparison.Ordinal))?[(name.Length + 1)..];

    private static Dictionary<string, (string Service, JsonNode Method, JsonNode Facts)> Read()
    {
        var routes = new Dictionary<string, (string, JsonNode, JsonNode)>(StringComparer.Ordinal);
        var folder = Path.Combine(Root, "src", "Endpoints.Wix.Api", "facts");
        foreach (var file in Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var facts = JsonNode.Parse(File.ReadAllBytes(file))!;
            var service = Path.GetRelativePath(folder, file).Replace('\\', '/')[..^".json".Length];
            foreach (var method in facts["methods"]?.AsArray() ?? [])
            {
                routes.TryAdd((string)method!["route"]!, (service, method, facts));
                if (method["fallback"] is { } fallback)
                    routes.TryAdd($"POST {fallback}", (service, method, facts));
            }
        }

        return routes;
    }

    private static string Ancestor()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Endpoints.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Endpoints.sln.");
    }
}
