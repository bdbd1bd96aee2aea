using System.IO.Compression;
using System.Text.Json;

namespace Endpoints.Wix.Emulator.Catalog;

/// <summary>Provides Wix's services, as its packages describe them. They are read once in a process, when they are first needed.</summary>
internal sealed class WixFacts
{
    private static readonly Lazy<WixFacts> Read = new(static () => new());

    private readonly Dictionary<string, EventFact> _events = new(StringComparer.Ordinal);
    private readonly List<OperationFact> _operations = [];
    private readonly List<(string Service, string Route)> _routes = [];
    private readonly Dictionary<string, PluginFact> _plugins = new(StringComparer.OrdinalIgnoreCase);

    private WixFacts()
    {
        using var packed = typeof(WixFacts).Assembly.GetManifestResourceStream("facts.zip")
            ?? throw new InvalidOperationException("The assembly has no facts.");
        using var archive = new ZipArchive(packed);
        foreach (var entry in archive.Entries.Where(static one => one.FullName.Contains('/', StringComparison.Ordinal))
            .OrderBy(static one => one.FullName, StringComparer.Ordinal))
        {
            using var file = entry.Open();
            using var json = JsonDocument.Parse(file);
            Add(json.RootElement);
            var service = entry.FullName[..^".json".Length];
            _operations.AddRange(ServiceOperations.Of(service, json.RootElement));
            if (json.RootElement.TryGetProperty("methods", out var methods))
                _routes.AddRange(methods.EnumerateArray().Select(method => (service, Text(method, "route")!)));
        }
    }

    public static WixFacts Instance => Read.Value;

    /// <summary>Gets the types of all events.</summary>
    public IReadOnlyCollection<string> EventTypes => _events.Keys;

    /// <summary>Gets the operations that create, read, change and delete the entities of services.</summary>
    public IReadOnlyList<OperationFact> Operations => _operations;

    /// <summary>Gets the routes of all methods, with their services.</summary>
    public IReadOnlyList<(string Service, string Route)> Routes => _routes;

    public IReadOnlyCollection<PluginFact> Plugins => _plugins.Values;

    public EventFact? Event(string type) => _events.GetValueOrDefault(type);

    public PluginFact? Plugin(string extensionType) => _plugins.GetValueOrDefault(extensionType);

    private void Add(JsonElement service)
    {
        var messages = new Messages(
            service.TryGetProperty("types", out var types) ? types.Clone() : default,
            service.TryGetProperty("enums", out var enums) ? enums.Clone() : default);
        if (service.TryGetProperty("events", out var events))
        {
            foreach (var one in events.EnumerateArray())
            {
                var type = Text(one, "type")!; // every event has one
                _events.TryAdd(type, new(type, Text(one, "slug")!, one.TryGetProperty("isDomainEvent", out _), Text(one, "entity"),
                    Text(one, "data"), messages));
            }
        }

        if (service.TryGetProperty("plugin", out var plugin))
        {
            _plugins.Add(Text(plugin, "type")!, new(Text(plugin, "type")!,
                [.. plugin.GetProperty("methods").EnumerateArray().Select(static method =>
                    new PluginMethodFact(Text(method, "name")!, Text(method, "path")!, Text(method, "request")!))], messages));
        }
    }

    private static string? Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value.GetString() : null;
}
