using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Catalog;
using Endpoints.Wix.Emulator.Happenings;
using Endpoints.Wix.Emulator.Platform;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Generic;

// How entities come to be and change.
internal sealed partial class EntityWork
{
    private JsonObject? Sent(JsonNode? from) => fact.Sent switch
    {
        null => null,
        "" => from as JsonObject ?? throw ApiException.Violation(fact.List!, "must hold objects", "FORMAT"),
        var name when from.At(name) is null && fact.Kind is OperationKind.Create => null, // it may be made of something else
        var name => from.At(name) as JsonObject ?? throw ApiException.Violation(name, "must be an object"),
    };

    // Some creations have the entity's fields in the request itself.
    private JsonObject FromRequest()
    {
        var given = new JsonObject();
        foreach (var field in ServiceOperations.Copied(fact with { Keys = [] }, entity))
        {
            if (request[field.Name] is { } value)
                given[field.Name] = value.DeepClone();
        }

        return given;
    }

    private JsonObject Create(JsonObject given)
    {
        var made = Writable(given, isNew: true);
        // The path says whose it is.
        foreach (var (asked, field) in fact.Keys)
        {
            if (field != entity.Key && made[field] is null && entity.Fields[field].IsSingle && At(asked) is { } value)
                made[field] = value.DeepClone();
        }

        // Some are named by who creates them, such as collections.
        var isNamed = entity.Key is not null and not "id"
            || ((fact.List ?? fact.Sent) is { Length: > 0 } sent && fact.Required.Contains($"{sent}.id"));
        var key = isNamed ? given[entity.Key!].AsText() : fact.IsOwn ? OwnKey : null;
        if (key is not null && _shelf.Find(key) is not null)
            throw new ApiException(Answer.Error(409, "ALREADY_EXISTS", $"There is a {entity.Kind} '{key}' already."));
        made = Shelves.Add(data, entity, made, key, time);
        Raise("created", () => Entities.Created(entity.Fqdn, made));
        return made;
    }

    /// <summary>Copies what callers may write.</summary>
    private JsonObject Writable(JsonObject given, bool isNew)
    {
        var made = new JsonObject();
        foreach (var (name, value) in given)
        {
            var field = entity.Fields.GetValueOrDefault(name);
            if (name == entity.Key || name is "revision" or "createdDate" or "updatedDate" || field?.Has("readonly") == true
                || (!isNew && field?.Has("immutable") == true))
                continue;
            made[name] = value?.DeepClone();
        }

        return made;
    }

    private JsonObject Change(JsonObject before, JsonObject given, IReadOnlyCollection<string>? mask)
    {
        CheckRevision(before, given["revision"], $"{fact.Sent}.revision");
        var after = before.Copy();
        foreach (var (name, value) in Writable(given, isNew: false))
        {
            if (mask is null || mask.Contains(name))
            {
                after[name] = value?.DeepClone();
                continue;
            }

            foreach (var path in mask.Where(path => path.StartsWith(name + '.', StringComparison.Ordinal)))
                Copy(given, after, path.Split('.'));
        }

        foreach (var name in mask?.Where(name => !given.ContainsKey(name) && name is not ("revision" or "id")) ?? [])
            after.Remove(name); // a mask that names what isn't sent clears it
        return Changed(before, after);
    }

    private static void Copy(JsonObject from, JsonObject to, ReadOnlySpan<string> path)
    {
        if (path.Length == 1)
        {
            to[path[0]] = from[path[0]]?.DeepClone();
            return;
        }

        if (to[path[0]] is not JsonObject inner)
            to[path[0]] = inner = [];
        Copy(from[path[0]] as JsonObject ?? [], inner, path[1..]);
    }

    private JsonObject Act(JsonObject before, JsonObject asked)
    {
        // The revision of an action is in the request, and not always wanted.
        if (asked["revision"] is { } revision)
            CheckRevision(before, revision, "revision");
        var after = before.Copy();
        foreach (var field in ServiceOperations.Copied(fact, entity))
        {
            if (request[field.Name] is { } value)
                after[field.Name] = field.IsList && IsAdding ? Joined(after[field.Name], (JsonArray)value, field) : value.DeepClone();
        }

        foreach (var (ids, list) in ServiceOperations.Removed(fact, entity))
        {
            var gone = (request[ids.Name] as JsonArray ?? []).Select(static id => id.AsText()).ToHashSet();
            after[list.Name] = new JsonArray([.. (after[list.Name] as JsonArray ?? []).Where(one => !gone.Contains(one.At("id").AsText()))
                .Select(static one => one?.DeepClone())]);
        }

        if (fact.Transition is { } transition)
            after[transition.Field] = transition.Value is bool flag ? flag : (string)transition.Value;
        if (ServiceOperations.SetsTags(fact))
            Tag(after);
        if (ServiceOperations.SetsExtendedFields(fact) && request["namespace"].AsText() is { } name)
        {
            after["extendedFields"] ??= new JsonObject { ["namespaces"] = new JsonObject() };
            if (after["extendedFields"].At("namespaces") is JsonObject namespaces)
                namespaces[name] = request["namespaceData"]?.DeepClone();
        }

        return JsonNode.DeepEquals(before, after) && fact.Transition is null ? before : Changed(before, after);
    }

    private JsonArray Joined(JsonNode? before, JsonArray added, FieldFact field)
    {
        var joined = (JsonArray?)(before as JsonArray)?.DeepClone() ?? [];
        foreach (var one in added.Select(static one => one?.DeepClone()))
        {
            if (one is JsonObject made && fact.Messages.Field(field.Type, "id") is not null)
                made["id"] ??= Guid.NewGuid().ToString();
            joined.Add(one);
        }

        return joined;
    }

    // Tags are in lists by name: { "privateTags": { "tagIds": [...] } }.
    private void Tag(JsonObject after)
    {
        after["tags"] ??= new JsonObject();
        if (after["tags"] is not JsonObject tags)
            return;
        foreach (var list in (request["assignTags"] as JsonObject ?? []).Concat(request["unassignTags"] as JsonObject ?? [])
            .Select(static pair => pair.Key).Distinct().ToList())
        {
            IEnumerable<string> Ids(JsonNode? from) =>
                (from.At(list).At("tagIds") as JsonArray ?? []).Select(static id => id.AsText()).OfType<string>();
            var ids = Ids(tags).Union(Ids(request["assignTags"])).Except(Ids(request["unassignTags"]));
            tags[list] = new JsonObject { ["tagIds"] = new JsonArray([.. ids.Select(static id => (JsonNode)id)]) };
        }
    }

    private JsonObject Changed(JsonObject before, JsonObject after)
    {
        Shelves.Replace(data, entity, after, entity.Key is null ? OnlyOne : before[entity.Key].AsText()!, time);
        Raise("updated", () => Entities.Updated(entity.Fqdn, before, after));
        return after;
    }

    private void CheckRevision(JsonObject there, JsonNode? revision, string field)
    {
        // What a site has one of exists before anybody wrote it.
        if (entity.Fields.ContainsKey("revision") && there.ContainsKey("revision"))
            Shelf.CheckRevision(entity.Kind, there, revision, field);
    }

    private string[]? Mask(JsonObject asked)
    {
        var name = fact.Messages.Fields(fact.Request).FirstOrDefault(static field => field is { IsSingle: true, Type: "mask" })?.Name;
        var mask = asked[name ?? "mask"];
        var paths = mask is JsonArray list ? [.. list.Select(static one => one.AsText()).OfType<string>()]
            : mask.AsText()?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        // Paths may begin with the entity's name.
        var prefix = fact.Sent + '.';
        return paths?.Select(path => path.StartsWith(prefix, StringComparison.Ordinal) ? path[prefix.Length..] : path).ToArray();
    }

    private static JsonObject Merged(JsonObject one, JsonObject change)
    {
        var merged = one.Copy();
        foreach (var (name, value) in change)
            merged[name] = value?.DeepClone();
        return merged;
    }
}
