using System.Collections.Frozen;
using System.Text.Json;

namespace Endpoints.Wix.Emulator.Catalog;

// What requests say: which entities are meant, and what of them.
internal sealed partial class ServiceOperations
{
    /// <summary>The fields that a request has in common with the entity, beside those that find it.</summary>
    public static IEnumerable<FieldFact> Copied(OperationFact fact, EntityFact entity) =>
        fact.Messages.Fields(fact.Request).Where(asked =>
            asked.Name is not ("revision" or "id" or "namespace" or "fields" or "extendedFields")
            && !entity.Ids.Contains(asked.Name) && fact.Keys.All(key => key.Asked != asked.Name)
            && entity.Fields.TryGetValue(asked.Name, out var own) && own.HasTypeOf(asked));

    /// <summary>The lists of ids that take something out of a list of the entity: <c>lineItemIds</c> out of <c>lineItems</c>.</summary>
    public static IEnumerable<(FieldFact Ids, FieldFact List)> Removed(OperationFact fact, EntityFact entity) =>
        from asked in fact.Messages.Fields(fact.Request)
        where Words(fact.Name)[0] is "remove" or "delete" && asked is { IsList: true, Type: "string" }
            && asked.Name.EndsWith("Ids", StringComparison.Ordinal)
        let list = entity.Fields.GetValueOrDefault(asked.Name[..^3] + 's')
        where list is { IsList: true } && fact.Messages.Field(list.Type, "id") is not null
        select (asked, list);

    public static bool SetsTags(OperationFact fact) =>
        fact.Messages.Fields(fact.Request).Any(static field => field.Name == "assignTags")
        && fact.Entity?.Fields.ContainsKey("tags") == true;

    public static bool SetsExtendedFields(OperationFact fact) =>
        fact.Messages.Fields(fact.Request).Any(static field => field.Name == "namespaceData")
        && fact.Entity?.Fields.ContainsKey("extendedFields") == true;

    private List<(string Asked, string Field)> Keys(OperationFact fact, EntityFact entity, string? sent)
    {
        var keys = new List<(string, string)>();
        var unknown = new List<string>();
        foreach (var parameter in Parameters(fact.Template))
        {
            if (sent is not null && parameter.StartsWith(sent + '.', StringComparison.Ordinal))
                keys.Add((parameter, parameter[(sent.Length + 1)..]));
            else if (entity.Concerns(_messages.Field(fact.Request, parameter) ?? new(parameter, "string", false, false, [])) is { } field)
                keys.Add((parameter, field));
            else
                unknown.Add(parameter);
        }

        if (entity.Key is null || keys.Any(key => key.Item2 == entity.Key))
            return keys;
        // The only parameter identifies the entity, whatever its name is.
        if (keys.Count == 0 && unknown.Count == 1)
            keys.Add((unknown[0], entity.Key));
        else if (_messages.Fields(fact.Request).FirstOrDefault(field =>
            field is { IsSingle: true, Type: "string" } && entity.Ids.Contains(field.Name)) is { } id)
            keys.Add((id.Name, entity.Key));
        else if (sent is not null && Words(fact.Name)[0] is "update" or "patch" or "set" or "save")
            keys.Add(($"{sent}.{entity.Key}", entity.Key));
        return keys;
    }

    /// <summary>The fields of a request, beside its path and its query, that say which entities are meant.</summary>
    private IEnumerable<(string Asked, string Field)> Conditions(OperationFact fact, EntityFact entity) =>
        from asked in _messages.Fields(fact.Request)
        where asked.Name is not "fields" && fact.Keys.All(key => key.Asked != asked.Name)
            && (!_messages.IsMessage(asked.Type) || _messages.Members(asked.Type) is not null)
        let field = entity.Concerns(asked)
        where field is not null
        select (asked.Name, field);

    private static IEnumerable<string> Parameters(string template) =>
        template.Split('/').Where(static part => part.StartsWith('{'))
            .Select(static part => part[1..part.IndexOf('}', StringComparison.Ordinal)]);

    private static string Camel(string name) =>
        string.Concat(name.Split('_').Select(static (part, i) =>
            i == 0 || part.Length == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));

    /// <summary>The required arguments of the JavaScript function, as paths in the request.</summary>
    private List<string> Required(JsonElement method)
    {
        var paths = new List<string>();
        if (!method.TryGetProperty("required", out var required))
            return paths;
        // JavaScript has an underscore before what the system sets.
        var bound = method.GetProperty("bind").EnumerateObject().Where(static pair => !pair.Name.EndsWith('*'))
            .Select(static pair => (Path: pair.Name, Source: pair.Value.GetString()!.Replace("_", "", StringComparison.Ordinal))).ToList();
        foreach (var path in required.EnumerateArray().Select(static one => one.GetString()!))
        {
            var match = bound.Where(pair => path == pair.Source || path.StartsWith(pair.Source + '.', StringComparison.Ordinal))
                .OrderByDescending(static pair => pair.Source.Length).FirstOrDefault();
            var asked = match.Path is null ? path : match.Path + path[match.Source.Length..];
            if (_messages.Field(Text(method, "request")!, asked) is not null) // an argument such as "options" is no field
                paths.Add(asked);
        }

        return paths;
    }

    private static FrozenSet<string> Names(JsonElement method, string part) =>
        method.TryGetProperty("querySpec", out var spec) && spec.TryGetProperty(part, out var names)
            ? names.EnumerateObject().Select(static one => one.Name).ToFrozenSet(StringComparer.Ordinal) : FrozenSet<string>.Empty;
}
