using System.Text.Json;

namespace Endpoints.Wix.Emulator.Catalog;

/// <summary>Finds the operations of a service that create, read, change and delete its entities.</summary>
internal sealed class ServiceOperations
{
    private static readonly string[] Listing = ["query", "search", "list"];

    private readonly string _service;
    private readonly JsonElement _types;
    private readonly List<OperationFact> _found = [];

    private ServiceOperations(string service, JsonElement types) => (_service, _types) = (service, types);

    public static IReadOnlyList<OperationFact> Of(string service, JsonElement facts)
    {
        if (!facts.TryGetProperty("methods", out var methods) || !facts.TryGetProperty("types", out var types))
            return [];
        var reading = new ServiceOperations(service, types);
        foreach (var group in methods.EnumerateArray().GroupBy(static method => Text(method, "entity")))
        {
            if (group.Key is not null)
                reading.Read(group.Key, [.. group]);
        }

        return reading._found;
    }

    private void Read(string fqdn, List<JsonElement> methods)
    {
        // The entity is what most of its operations are about.
        var message = methods.SelectMany(Single).GroupBy(static one => one.Type).OrderByDescending(static one => one.Count())
            .ThenBy(static one => one.Key, StringComparer.Ordinal).FirstOrDefault()?.Key;
        if (message is null)
            return;
        var entity = new EntityFact(fqdn, message, Fields(message).Select(static field => field.Name).ToHashSet(StringComparer.Ordinal));
        foreach (var method in methods)
        {
            foreach (var fact in Operations(method, entity))
                _found.Add(fact);
        }
    }

    private IEnumerable<OperationFact> Operations(JsonElement method, EntityFact entity)
    {
        var name = Text(method, "name")!; // every method has one
        var (verb, path) = Text(method, "route")!.Split(' ') is [var first, var second] ? (first, second) : ("", "");
        var (request, response) = (Text(method, "request")!, Text(method, "response")!);
        var byId = path.EndsWith('}') && path.Count(static character => character == '{') == 1;
        var isPlain = !path.Contains('{', StringComparison.Ordinal);
        var one = Single(method).Where(found => found.Type == entity.Message).Select(static found => found.Name).FirstOrDefault();
        var many = Fields(response).Where(field => field.Type == entity.Message + "[]").Select(static field => field.Name).ToList();
        var sent = Fields(request).Where(field => field.Type == entity.Message).Select(static field => field.Name).FirstOrDefault();
        OperationKind? kind = (verb, byId, isPlain) switch
        {
            ("GET", true, _) when one is not null => OperationKind.Get,
            ("DELETE", true, _) => OperationKind.Delete,
            ("PATCH" or "PUT", true, _) when one is not null && sent is not null => OperationKind.Update,
            ("POST", _, true) when one is not null && sent is not null => OperationKind.Create,
            (_, _, true) when many.Count == 1 && Listing.Any(word => name.StartsWith(word, StringComparison.Ordinal)) =>
                OperationKind.Query,
            (_, _, true) when name.StartsWith("count", StringComparison.Ordinal)
                && Fields(response).Any(static field => field is { Name: "count", Type: "int" }) => OperationKind.Count,
            _ => null,
        };
        if (kind is not { } does)
            yield break;
        var paging = Fields(response).FirstOrDefault(static field => field.Name is "pagingMetadata" or "metadata");
        var fact = new OperationFact(
            _service, verb, path, does, entity,
            does is OperationKind.Query or OperationKind.Count
                ? Fields(request).Select(static field => field.Name).FirstOrDefault(static field => field is "query" or "search") : sent,
            does switch { OperationKind.Query => many[0], OperationKind.Count => "count", OperationKind.Delete => null, _ => one },
            paging.Name, Fields(paging.Type ?? "").Any(static field => field.Name == "cursors"),
            Fields(request).Where(static field => field.Type == "mask").Select(static field => field.Name).FirstOrDefault(),
            Required(method, sent), Permission(method));
        yield return fact;
        if (Text(method, "fallback") is { } fallback)
            yield return fact with { Method = "POST", Template = fallback };
    }

    /// <summary>The members of the answer that are a single message with an id.</summary>
    private IEnumerable<(string Name, string Type)> Single(JsonElement method) =>
        Fields(Text(method, "response")!).Where(field => Fields(field.Type).Any(static inner => inner.Name == "id"));

    private IEnumerable<(string Name, string Type)> Fields(string message) =>
        _types.TryGetProperty(message, out var fields)
            ? fields.EnumerateObject().Select(static field => (field.Name, field.Value.GetString()!.Split(' ')[0].TrimEnd('?'))) : [];

    private static List<string> Required(JsonElement method, string? sent) =>
        sent is null || !method.TryGetProperty("required", out var required) ? []
            : [.. required.EnumerateArray().Select(static path => path.GetString()!.Split('.'))
                .Where(path => path.Length == 2 && path[0] == sent).Select(static path => path[1])];

    private static string? Permission(JsonElement method) =>
        method.TryGetProperty("permissions", out var permissions) ? permissions.EnumerateArray().First().GetString() : null;

    private static string? Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value.GetString() : null;
}
