using System.Globalization;
using System.Text.Json;

namespace Endpoints.Wix.Api.Emitter.Facts;

/// <summary>The facts of one service.</summary>
internal sealed class Service
{
    public required string Name { get; init; }

    public required string Documentation { get; init; }

    public required IReadOnlyList<Method> Methods { get; init; }

    public required IReadOnlyList<Event> Events { get; init; }

    /// <summary>The service plugin that it is; null for a service that is called.</summary>
    public Plugin? Plugin { get; init; }

    public required IReadOnlyDictionary<string, IReadOnlyList<Field>> Messages { get; init; }

    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Enums { get; init; }

    /// <summary>Reads a file.</summary>
    public static Service Read(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        var root = json.RootElement;
        return new()
        {
            Name = Text(root, "name")!,
            Documentation = Text(root, "docs")!,
            Methods = [.. Each(root, "methods").Select(ReadMethod)],
            Events = [.. Each(root, "events").Select(ReadEvent)],
            Plugin = root.TryGetProperty("plugin", out var plugin) ? ReadPlugin(plugin) : null,
            Messages = Members(root, "types").ToDictionary(
                static one => one.Name,
                static one =>
                    (IReadOnlyList<Field>)[.. one.Value.EnumerateObject()
                        .Select(static field => Field.Parse(field.Name, field.Value.GetString()!))]),
            Enums = Members(root, "enums").ToDictionary(static one => one.Name,
                static one => (IReadOnlyList<string>)[.. one.Value.EnumerateArray().Select(static member => member.GetString()!)]),
        };
    }

    /// <summary>The field of a message at a path; null when it is not published.</summary>
    public Field? FieldAt(string message, string path)
    {
        Field? field = null;
        foreach (var name in path.Split('.'))
        {
            field = Messages.TryGetValue(message, out var fields) ? fields.FirstOrDefault(one => one.Name == name) : null;
            if (field is null)
                return null;
            message = field.Type.Name;
        }

        return field;
    }

    private static Event ReadEvent(JsonElement one) => new()
    {
        Name = Text(one, "name")!,
        Type = Text(one, "type")!,
        Entity = Text(one, "entity"),
        Data = Text(one, "data"),
        Slug = Text(one, "slug")!,
        IsDomainEvent = one.TryGetProperty("isDomainEvent", out var isDomain) && isDomain.GetBoolean(),
        Permissions = Texts(one, "permissions"),
    };

    private static Plugin ReadPlugin(JsonElement one) => new(
        Text(one, "type")!,
        [.. Each(one, "methods").Select(static method =>
            new PluginMethod(Text(method, "name")!, Text(method, "path")!, Text(method, "request")!, Text(method, "response")!))],
        [.. Texts(one, "errors").Select(static error => error.Split(' '))
            .Select(static error => (int.Parse(error[0], CultureInfo.InvariantCulture), error[1]))]);

    private static Method ReadMethod(JsonElement one)
    {
        var route = Text(one, "route")!.Split(' ');
        one.TryGetProperty("querySpec", out var spec);
        return new()
        {
            Name = Text(one, "name")!,
            Verb = route[0],
            Path = route[1],
            Query = Text(one, "query"),
            Fallback = Text(one, "fallback"),
            Request = Text(one, "request")!,
            Response = Text(one, "response")!,
            Arguments = Texts(one, "args"),
            Bindings = [.. Members(one, "bind").Select(static pair => (pair.Name, pair.Value.GetString()!))],
            Returns = Text(one, "returns"),
            Required = Texts(one, "required"),
            Permissions = Texts(one, "permissions"),
            Errors = Texts(one, "errors"),
            Maturity = Text(one, "maturity"),
            IsDeprecated = one.TryGetProperty("deprecated", out _),
            ReplacedBy = Text(one, "replacedBy"),
            Documentation = Text(one, "docs")!,
            Filter = Members(spec, "filter").ToDictionary(static pair => pair.Name, static pair => pair.Value.GetString()!),
            Sort = Members(spec, "sort").ToDictionary(static pair => pair.Name, static pair => pair.Value.GetString()!),
        };
    }

    private static string? Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static IReadOnlyList<string> Texts(JsonElement parent, string name) =>
        [.. Each(parent, name).Select(static one => one.GetString()!)];

    private static JsonElement.ArrayEnumerator Each(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) ? value.EnumerateArray() : default;

    private static JsonElement.ObjectEnumerator Members(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value.EnumerateObject() : default;
}
