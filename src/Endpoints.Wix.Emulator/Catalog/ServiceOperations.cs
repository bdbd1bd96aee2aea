using System.Text.Json;

namespace Endpoints.Wix.Emulator.Catalog;

/// <summary>Finds out what the operations of a service do with its entities: by their messages, their paths and their verbs.</summary>
internal sealed partial class ServiceOperations
{
    // These answer what follows from the request, and change nothing.
    private static readonly string[] Computing =
        ["calculate", "check", "estimate", "generate", "predict", "preview", "suggest", "translate", "validate"];

    private static readonly string[] Reading = ["count", "find", "get", "list", "query", "search", .. Computing];

    private readonly string _service;
    private readonly Messages _messages;
    private readonly Dictionary<string, EntityFact> _entities;

    private ServiceOperations(string service, JsonElement methods, Messages messages)
    {
        (_service, _messages) = (service, messages);
        _entities = methods.EnumerateArray().GroupBy(static method => Text(method, "entity")!)
            .Select(group => EntityOf(group.Key, [.. group])).OfType<EntityFact>()
            .ToDictionary(static entity => entity.Fqdn, StringComparer.Ordinal);
    }

    public static IReadOnlyList<OperationFact> Of(string service, JsonElement facts, Messages messages)
    {
        if (!facts.TryGetProperty("methods", out var methods))
            return [];
        var reading = new ServiceOperations(service, methods, messages);
        return [.. methods.EnumerateArray().SelectMany(reading.Read)];
    }

    public static bool IsReading(string name) => Reading.Contains(Words(name)[0]);

    private static List<string> Words(string name)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 1; i <= name.Length; i++)
        {
            if (i < name.Length && !char.IsUpper(name[i]))
                continue;
            words.Add(name[start..i].ToLowerInvariant());
            start = i;
        }

        return words;
    }

    /// <summary>The entity is what most of a group's operations answer; one without an id is what its site has one of.</summary>
    private EntityFact? EntityOf(string fqdn, List<JsonElement> methods)
    {
        var answered = methods.SelectMany(method => Answered(Text(method, "response")!)).ToList();
        var message = Most(answered.Where(one => _messages.Field(one.Type, "id") is { IsSingle: true, Type: "string" }));
        var key = message is null ? null : "id";
        if (message is null)
        {
            var changed = methods.SelectMany(method => _messages.Fields(Text(method, "request")!)).Where(static field => field.IsSingle)
                .Select(static field => field.Type).ToHashSet(StringComparer.Ordinal);
            message = Most(answered.Where(one => changed.Contains(one.Type)));
            if (message is null)
                return null;
            // What is changed at an address of its own is one of many.
            key = methods.SelectMany(static method => Parameters(Text(method, "route")!)).Select(static path => path.Split('.'))
                .Where(path => path.Length == 2 && _messages.Field(message, path[1]) is { IsSingle: true, Type: "string" })
                .Select(static path => path[1]).FirstOrDefault();
        }

        var name = fqdn[(fqdn.LastIndexOf('.') + 1)..];
        var names = answered.Where(one => one.Type == message && one.IsSingle).Select(static one => one.Name)
            .Append(Camel(name)).Append(char.ToLowerInvariant(message[0]) + message[1..]);
        var ids = names.Select(static one => one + "Id").Append(key ?? "id").ToHashSet(StringComparer.OrdinalIgnoreCase);
        var length = methods.SelectMany(method => _messages.Fields(Text(method, "request")!)).Where(field => ids.Contains(field.Name))
            .Append(_messages.Field(message, key ?? "id")).Select(static field => field?.Number("maxLength")).Min();
        return new(fqdn, message, key, (int)Math.Min(length ?? 36, 36),
            _messages.Fields(message).ToDictionary(static field => field.Name, StringComparer.Ordinal),
            ids);
    }

    // An entity that is answered alone counts more than one in a list, which may be what it refers to.
    private static string? Most(IEnumerable<FieldFact> answered) => answered.GroupBy(static one => one.Type)
        .OrderByDescending(static one => one.Sum(static field => field.IsSingle ? 2 : 1))
        .ThenBy(static one => one.Key, StringComparer.Ordinal).FirstOrDefault()?.Key;

    /// <summary>The messages that an answer has: alone, in a list, or as the result of one of many.</summary>
    private IEnumerable<FieldFact> Answered(string response) => _messages.Fields(response)
        .Concat(_messages.Fields(response).Where(IsResults).SelectMany(field => _messages.Fields(field.Type)))
        .Where(field => !field.IsMap && _messages.IsMessage(field.Type) && !IsAboutTheAnswer(field));

    private bool IsResults(FieldFact field) => field.IsList && _messages.Field(field.Type, "itemMetadata") is not null;

    private bool IsAboutTheAnswer(FieldFact field) => IsResults(field)
        || field.Name is "itemMetadata" or "bulkActionMetadata" or "pagingMetadata" or "metadata";

    private IEnumerable<OperationFact> Read(JsonElement method)
    {
        var route = Text(method, "route")!.Split(' ');
        var fact = new OperationFact
        {
            Service = _service,
            Name = Text(method, "name")!, // every method has a name and messages
            Method = route[0],
            Template = route[1],
            Request = Text(method, "request")!,
            Response = Text(method, "response")!,
            Messages = _messages,
            Required = Required(method),
            Filterable = Names(method, "filter"),
            Sortable = Names(method, "sort"),
            Permission = method.TryGetProperty("permissions", out var permissions)
                ? permissions.EnumerateArray().First().GetString() : null,
            IsForMembers = method.TryGetProperty("identities", out var callers)
                && callers.EnumerateArray().Any(static one => one.GetString() == "MEMBER"),
            Entity = EntityOf(method),
        };
        if (fact.Entity is not null)
            fact = Understand(fact, fact.Entity);
        yield return fact;
        if (Text(method, "fallback") is { } fallback)
            yield return fact with { Method = "POST", Template = fallback };
    }

    /// <summary>The entity of the method; when it doesn't occur in the messages, another one of the service that does.</summary>
    private EntityFact? EntityOf(JsonElement method)
    {
        var mentioned = Answered(Text(method, "response")!).Concat(_messages.Fields(Text(method, "request")!))
            .Select(static field => field.Type).Append(Text(method, "response")!).ToHashSet(StringComparer.Ordinal);
        var own = _entities.GetValueOrDefault(Text(method, "entity")!);
        return own is not null && mentioned.Contains(own.Message) ? own
            : _entities.Values.FirstOrDefault(other => mentioned.Contains(other.Message)) ?? own;
    }

    private OperationFact Understand(OperationFact fact, EntityFact entity)
    {
        var words = Words(fact.Name);
        var asked = _messages.Fields(fact.Request);
        var answered = _messages.Fields(fact.Response);
        if ((words[0] == "bulk" && words.Count > 1) || answered.Any(IsResults))
            return Bulk(fact, entity, words[0] == "bulk" ? words[1..] : words);

        var verb = words[0];
        var sent = (asked.FirstOrDefault(entity.Is)
            ?? asked.FirstOrDefault(field => _messages.IsMessage(field.Type) && entity.IsNamed(field)))?.Name;
        fact = fact with { Sent = sent, Keys = Keys(fact, entity, sent), IsOwn = IsOwn(fact.Template) };
        var answersOne = fact.Response == entity.Message || answered.Any(field => Carries(field, entity));
        // An address that ends with what only one entity has, or that is the caller's, is an entity's own.
        var hasTarget = entity.Key is null || fact.IsOwn || fact.Keys.Any(key => key.Field == entity.Key)
            || (fact.Keys.Count > 0 && fact.Template.EndsWith('}'));
        if (Computing.Contains(verb))
            return fact;
        if (fact.Method == "GET" || Reading.Contains(verb))
            return Reads(fact, entity, verb, answered, answersOne);
        // What deletes a part of the entity is an action on it.
        var isWhole = fact.IsOwn || fact.Template.EndsWith('}') || fact.Template.EndsWith("/delete", StringComparison.Ordinal)
            || entity.Ids.Contains(string.Concat(words.Skip(1)) + "Id");
        if (isWhole && (verb == "delete" || fact.Method == "DELETE"))
            return hasTarget ? fact with { Kind = OperationKind.Delete } : fact;
        if (verb is "clone" or "duplicate" or "copy")
            return hasTarget && entity.Key is not null ? fact with { Kind = OperationKind.Copy } : fact;
        if (sent is not null && verb == "upsert")
            return fact with { Kind = OperationKind.Upsert };
        if (sent is not null && hasTarget && verb != "create")
            return fact with { Kind = OperationKind.Update };
        var creates = verb == "create" ? answersOne || sent is not null
            : answersOne && sent is not null && !fact.Template.Contains('{', StringComparison.Ordinal);
        if (creates && fact.Method == "POST")
            return fact with { Kind = OperationKind.Create, Keys = [.. fact.Keys, .. Conditions(fact, entity)] };
        return hasTarget ? Action(fact, entity, words, answersOne) : fact;
    }

    private OperationFact Reads(
        OperationFact fact, EntityFact entity, string verb, IReadOnlyList<FieldFact> answered, bool answersOne)
    {
        var conditions = fact with { Keys = [.. fact.Keys, .. Conditions(fact, entity)] };
        if (answersOne)
            return conditions with { Kind = OperationKind.Get };
        if (answered.Count(entity.IsListedIn) == 1
            || answered.Count(field => _messages.IsMessage(field.Type) && entity.IsNamedInList(field)) == 1)
            return conditions with { Kind = OperationKind.Query };
        if (verb == "count"
            && answered.Any(static field => field is { IsSingle: true, Type: "int", Name: "count" or "total" or "totalCount" }))
            return conditions with { Kind = OperationKind.Count };
        // Some answer no more than fields of the entity.
        return fact.Keys.Count > 0 && answered.Count > 0
            && answered.All(field => entity.Fields.TryGetValue(field.Name, out var own) && own.HasTypeOf(field))
            ? conditions with { Kind = OperationKind.Get } : fact;
    }

    /// <summary>Determines whether a field of an answer has the entity: itself, or beside what is calculated of it.</summary>
    private bool Carries(FieldFact field, EntityFact entity) =>
        entity.Is(field) || (field.IsSingle && !IsAboutTheAnswer(field) && _messages.Fields(field.Type).Any(entity.Is));

    private static bool IsOwn(string template) => template.Split('/').Any(static part => part is "current" or "my");

    private OperationFact Action(OperationFact fact, EntityFact entity, List<string> words, bool answersOne)
    {
        var acting = fact with { Kind = OperationKind.Act, Transition = Transitions.Find(entity, _messages, words) };
        var changes = acting.Transition is not null || Copied(acting, entity).Any() || Removed(acting, entity).Any() || SetsTags(fact)
            || SetsExtendedFields(fact);
        return answersOne || changes ? acting : fact;
    }

    private OperationFact Bulk(OperationFact fact, EntityFact entity, List<string> words)
    {
        var asked = _messages.Fields(fact.Request);
        var each = words[0] switch
        {
            "create" or "import" => OperationKind.Create,
            "upsert" => OperationKind.Upsert,
            "delete" => OperationKind.Delete,
            "update" or "save" => OperationKind.Update,
            _ when Reading.Contains(words[0]) => OperationKind.Example,
            _ => OperationKind.Act,
        };
        var list = asked
            .FirstOrDefault(field => field.IsList && (field.Type == entity.Message || _messages.Fields(field.Type).Any(entity.Is)))
            ?? asked.FirstOrDefault(field => field is { IsList: true, Type: "string" } && entity.Key is { } key
                && entity.Concerns(field) == key)
            ?? asked.FirstOrDefault(field => field.IsList && _messages.Fields(field.Type).Any(inner => entity.Ids.Contains(inner.Name)));
        var transition = Transitions.Find(entity, _messages, words);
        if (each is OperationKind.Example || entity.Key is null)
            return fact;
        if (list is not null)
        {
            var sent = list.Type == entity.Message ? "" : _messages.Fields(list.Type).FirstOrDefault(entity.Is)?.Name;
            if (sent is null && each is OperationKind.Update)
                each = OperationKind.Act;
            if (sent is null && each is OperationKind.Create or OperationKind.Upsert)
                return fact;
            return fact with { Kind = OperationKind.Bulk, Each = each, List = list.Name, Sent = sent, Transition = transition };
        }

        var byFilter = asked.Any(static field => field is { Name: "filter", Type: "struct" or "any" });
        if (!byFilter || each is OperationKind.Create or OperationKind.Upsert)
            return fact;
        return fact with
        {
            Kind = OperationKind.ByFilter,
            Each = each is OperationKind.Update ? OperationKind.Act : each,
            Sent = asked.FirstOrDefault(entity.Is)?.Name,
            Transition = transition,
        };
    }

    private static string? Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value.GetString() : null;
}
