using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Catalog;
using Endpoints.Wix.Emulator.Happenings;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Platform;
using Endpoints.Wix.Emulator.Querying;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Generic;

/// <summary>Does what one operation does with the entities of a site. Used only inside the site's lock.</summary>
internal sealed class EntityWork(
    OperationFact fact, EntityFact entity, ApiRequest call, JsonObject request, SiteData data, TimeProvider time)
{
    private const string OnlyOne = "";

    private readonly Shelf _shelf = Shelves.Of(data, entity);

    private bool IsAdding => fact.Name.StartsWith("add", StringComparison.Ordinal);

    /// <summary>Gets the key of the caller's own entity.</summary>
    private string OwnKey => entity.Fqdn == Entities.Member ? call.Caller.Id
        : new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{entity.Fqdn} {call.Caller.Kind} {call.Caller.Id}"))[..16]).ToString();

    public Answer Run() => fact.Kind switch
    {
        OperationKind.Delete => Deleted(),
        OperationKind.Create or OperationKind.Copy or OperationKind.Upsert or OperationKind.Update or OperationKind.Act =>
            new Reply(fact, request) { Entity = Do(fact.Kind, request, Sent(request)) }.Build(),
        OperationKind.Get => new Reply(fact, request) { Entity = Found(fact.Keys) }.Build(),
        OperationKind.Query or OperationKind.Count => new Reply(fact, request) { Page = Page() }.Build(),
        OperationKind.Bulk => new Reply(fact, request) { Results = Bulk() }.Build(),
        OperationKind.ByFilter => ByFilter(),
        _ => new Reply(fact, request).Build(),
    };

    /// <summary>Does one thing, and returns the entity as it is then, or as it was before it was deleted.</summary>
    /// <param name="kind">What to do.</param>
    /// <param name="asked">What was asked: the request, or the element of it that is about this entity.</param>
    /// <param name="given">The entity that was sent; null for none.</param>
    /// <param name="id">The entity's key, where the request has many.</param>
    private JsonObject Do(OperationKind kind, JsonObject asked, JsonObject? given, string? id = null)
    {
        switch (kind)
        {
            case OperationKind.Create:
                return Create(given ?? FromRequest());
            case OperationKind.Copy:
                return Create(Found(fact.Keys));
            case OperationKind.Upsert:
                id ??= entity.Key is null ? OnlyOne : given?[entity.Key].AsText();
                return _shelf.Find(id) is { } there ? Change(there, given!, Mask(asked)) : Create(given ?? FromRequest());
            case OperationKind.Delete:
                var gone = id is null ? Found(fact.Keys) : _shelf.Get(id);
                Shelves.Remove(data, entity, gone);
                Raise("deleted", () => Entities.Deleted(entity.Fqdn, gone, WixFacts.Instance.Event($"{entity.Fqdn}_deleted")!.HasEntity));
                return gone;
            case OperationKind.Update when given is not null:
                return Change(id is null ? Found(fact.Keys) : _shelf.Get(id), given, Mask(asked));
            default:
                return Act(id is null ? Found(fact.Keys) : _shelf.Get(id), asked);
        }
    }

    private Answer Deleted()
    {
        var gone = Do(OperationKind.Delete, request, null);
        // Few answer what was there.
        return fact.Messages.Fields(fact.Response).Any(entity.Is) ? new Reply(fact, request) { Entity = gone }.Build()
            : new Reply(fact, []).Build();
    }

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

    private JsonNode? At(string path)
    {
        JsonNode? at = request;
        foreach (var name in path.Split('.'))
            at = at.At(name);
        return at;
    }

    /// <summary>Finds the one entity that the request is about.</summary>
    /// <exception cref="ApiException">There is none: 404.</exception>
    private JsonObject Found(IReadOnlyList<(string Asked, string Field)> keys)
    {
        if (entity.Key is null)
            return _shelf.Find(OnlyOne) ?? Shelves.Add(data, entity, [], OnlyOne, time);
        if (fact.IsOwn)
        {
            var isMade = fact.Kind is not (OperationKind.Get or OperationKind.Delete) && entity.Fqdn != Entities.Member;
            return isMade ? _shelf.Find(OwnKey) ?? Create([]) : _shelf.Get(OwnKey);
        }

        var wanted = keys.Select(key => (key.Field, Value: At(key.Asked)))
            .Where(static one => one.Value is not null and not JsonArray).ToList();
        var byKey = wanted.FirstOrDefault(one => one.Field == entity.Key).Value.AsText();
        if (byKey is not null)
            return _shelf.Get(byKey);
        if (keys.FirstOrDefault(key => key.Field == entity.Key).Asked is { } missing && wanted.Count == 0)
            throw ApiException.Violation(missing, "must not be empty");
        return _shelf.All.FirstOrDefault(one => wanted.All(key => Comparison.Same(one[key.Field], key.Value)))
            ?? throw ApiException.NotFound(entity.Kind, wanted.Select(static one => one.Value!.ToString()).FirstOrDefault());
    }

    private QueryResult Page()
    {
        var asked = request["query"] ?? request["search"] ?? request;
        return Query.Read(asked, defaultLimit: 50, maxLimit: 1000).Run(_shelf.All.Where(one => fact.Keys.All(key => At(key.Asked) switch
        {
            null => true,
            JsonArray { Count: 0 } => true,
            JsonArray list => list.Any(value => Comparison.Same(one[key.Field], value)),
            var value => Comparison.Same(one[key.Field], value)
                || (one[key.Field] is JsonArray several && several.Any(each => Comparison.Same(each, value))),
        }) && Filter.Matches(one, ReferenceEquals(asked, request) ? null : request["filter"])));
    }

    private JsonObject Bulk()
    {
        var list = request[fact.List!] as JsonArray ?? throw ApiException.Violation(fact.List!, "must be a list");
        var flag = fact.Messages.Fields(fact.Request).FirstOrDefault(static field => field.Name is "returnEntity" or "returnFullEntity");
        var isReturned = flag is null || request[flag.Name].AsFlag() == true;
        var result = fact.Messages.Fields(fact.Response)
            .FirstOrDefault(field => field.IsList && fact.Messages.Field(field.Type, "itemMetadata") is not null)?.Type;
        return BulkResults.Run(list, one =>
        {
            var given = Sent(one);
            var id = (given?[entity.Key!] ?? one as JsonValue
                ?? (one as JsonObject)?.FirstOrDefault(pair => entity.Ids.Contains(pair.Key)).Value).AsText();
            if (id is null && fact.Each is not (OperationKind.Create or OperationKind.Upsert))
                throw ApiException.Violation(fact.List!, "must say which entity is meant");
            var done = Do(fact.Each, one as JsonObject ?? [], given, fact.Each is OperationKind.Create ? null : id);
            var answered = isReturned && result is not null && fact.Each is not OperationKind.Delete
                ? new Reply(fact, []) { Entity = done }.Message(result) : [];
            return (done[entity.Key!].AsText()!, answered);
        });
    }

    private Answer ByFilter()
    {
        var filter = request["filter"];
        var given = fact.Sent is null ? null : request[fact.Sent] as JsonObject;
        foreach (var one in _shelf.All.Where(one => Filter.Matches(one, filter)).ToList())
        {
            if (given is not null)
                Changed(one, Merged(one, Writable(given, isNew: false)));
            else
                Do(fact.Each, [], null, one[entity.Key!].AsText());
        }

        return new Reply(fact, request).Build();
    }

    private static JsonObject Merged(JsonObject one, JsonObject change)
    {
        var merged = one.Copy();
        foreach (var (name, value) in change)
            merged[name] = value?.DeepClone();
        return merged;
    }

    private void Raise(string slug, Func<EmulatedEvent> what)
    {
        if (entity.Key == "id" && WixFacts.Instance.Event($"{entity.Fqdn}_{slug}") is not null)
            call.Raise(what());
    }
}
