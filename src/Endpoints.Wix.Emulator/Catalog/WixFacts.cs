using System.IO.Compression;
using System.Text.Json;

namespace Endpoints.Wix.Emulator.Catalog;

/// <summary>Provides Wix's services, as its packages describe them. They are read once in a process, when they are first needed.</summary>
internal sealed class WixFacts
{
    private static readonly Lazy<WixFacts> Read = new(static () => new());

    private readonly Dictionary<string, EventFact> _events = new(StringComparer.Ordinal);
    private readonly Lazy<IReadOnlyList<OperationFact>> _operations;
    private readonly Dictionary<string, PluginFact> _plugins = new(StringComparer.OrdinalIgnoreCase);

    private WixFacts()
    {
        using var packed = typeof(WixFacts).Assembly.GetManifestResourceStream("facts.zip")
            ?? throw new InvalidOperationException("The assembly has no facts.");
        using var archive = new ZipArchive(packed);
        var services = new List<(string Name, JsonElement Facts, Messages Messages)>();
        foreach (var entry in archive.Entries.Where(static one => one.FullName.Contains('/', StringComparison.Ordinal))
            .OrderBy(static one => one.FullName, StringComparer.Ordinal))
        {
            using var file = entry.Open();
            using var json = JsonDocument.Parse(file);
            var facts = json.RootElement.Clone();
            var messages = new Messages(Part(facts, "types"), Part(facts, "enums"));
            Add(facts, messages);
            services.Add((entry.FullName[..^".json".Length], facts, messages));
        }

        using (var tools = JsonDocument.Parse(ToolsProvider.Facts))
        {
            var facts = tools.RootElement.Clone();
            Add(facts, new(Part(facts, "types"), default));
        }

        _operations = new(() => [.. services.SelectMany(static one => ServiceOperations.Of(one.Name, one.Facts, one.Messages))]);
    }

    public static WixFacts Instance => Read.Value;

    /// <summary>Gets the types of all events.</summary>
    public IReadOnlyCollection<string> EventTypes => _events.Keys;

    /// <summary>Gets all operations.</summary>
    public IReadOnlyList<OperationFact> Operations => _operations.Value;

    public IReadOnlyCollection<PluginFact> Plugins => _plugins.Values;

    public EventFact? Event(string type) => _events.GetValueOrDefault(type);

    public PluginFact? Plugin(string extensionType) => _plugins.GetValueOrDefault(extensionType);

    private static JsonElement Part(JsonElement service, string name) =>
        service.TryGetProperty(name, out var part) ? part : default;

    private void Add(JsonElement service, Messages messages)
    {
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
