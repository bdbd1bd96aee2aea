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
internal sealed partial class EntityWork(
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
        QueryRules.Check(fact, asked);
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

    private void Raise(string slug, Func<EmulatedEvent> what)
    {
        if (entity.Key == "id" && WixFacts.Instance.Event($"{entity.Fqdn}_{slug}") is not null)
            call.Raise(what());
    }
}
