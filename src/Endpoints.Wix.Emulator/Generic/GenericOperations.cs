using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Catalog;
using Endpoints.Wix.Emulator.Happenings;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Platform;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Generic;

/// <summary>
/// Serves the entities of the services that have no behavior of their own here: it creates, reads, changes, deletes and queries them as
/// Wix's packages describe them.
/// </summary>
internal sealed class GenericOperations
{
    private readonly Dictionary<(string Method, int Length), List<(string[] Segments, OperationFact Fact)>> _table = [];
    private readonly TimeProvider _time;

    /// <param name="own">The routes of the services that have a behavior of their own, whose other operations are not served.</param>
    /// <param name="time">The clock.</param>
    public GenericOperations(IEnumerable<string> own, TimeProvider time)
    {
        _time = time;
        var taken = own.Select(Shape).ToHashSet(StringComparer.Ordinal);
        var whole = WixFacts.Instance.Routes.Where(one => taken.Contains(Shape(one.Route))).Select(static one => one.Service)
            .ToHashSet(StringComparer.Ordinal);
        Facts = [.. WixFacts.Instance.Operations.Where(fact => !whole.Contains(fact.Service) && !taken.Contains(Shape(fact.Route)))
            .DistinctBy(static fact => Shape(fact.Route))];
        foreach (var fact in Facts)
        {
            var segments = Segments(fact.Template);
            if (!_table.TryGetValue((fact.Method, segments.Length), out var there))
                _table.Add((fact.Method, segments.Length), there = []);
            there.Add((segments, fact));
        }
    }

    public IReadOnlyList<OperationFact> Facts { get; }

    /// <summary>Returns the operation at a path; null for none.</summary>
    public Operation? Find(string method, string path)
    {
        var segments = Segments(path);
        if (!_table.TryGetValue((method, segments.Length), out var there))
            return null;
        // A path that is spelled out goes before one with a parameter.
        var (_, fact) = there.Where(one => Fits(one.Segments, segments)).OrderBy(static one => one.Segments.Count(IsParameter))
            .FirstOrDefault();
        if (fact is null)
            return null;
        var id = IsParameter(fact.Template.Split('/')[^1]) ? segments[^1] : null;
        var isReading = fact.Kind is OperationKind.Get or OperationKind.Query or OperationKind.Count;
        Answer Run(ApiRequest request, SiteData data) => fact.Kind switch
        {
            OperationKind.Create => Create(request, data, fact),
            OperationKind.Get => One(fact, Shelf(data, fact).Get(id)),
            OperationKind.Update => Update(request, data, fact, id!),
            OperationKind.Delete => Delete(request, data, fact, id!),
            OperationKind.Query => Query(request, data, fact),
            _ => Answer.Json(new JsonObject { [fact.Answered!] = Read(request, fact).Run(Shelf(data, fact).All).Total }),
        };
        return isReading ? Ops.Read(fact.Route, Access.Any, fact.Permission, Run)
            : Ops.Write(fact.Route, Access.Restricted, fact.Permission, Run);
    }

    private static string[] Segments(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static string Shape(string route) =>
        string.Join('/', route.Split('/').Select(static segment => IsParameter(segment) ? "{}" : segment));

    private static bool IsParameter(string segment) => segment.StartsWith('{');

    private static bool Fits(string[] template, string[] path)
    {
        for (var i = 0; i < template.Length; i++)
        {
            if (!IsParameter(template[i]) && !string.Equals(template[i], path[i], StringComparison.OrdinalIgnoreCase))
                return false;
        }

        return true;
    }

    private static Shelf Shelf(SiteData data, OperationFact fact)
    {
        if (!data.Others.TryGetValue(fact.Entity.Fqdn, out var shelf))
            data.Others.Add(fact.Entity.Fqdn, shelf = new(fact.Entity.Fqdn[(fact.Entity.Fqdn.LastIndexOf('.') + 1)..].Replace('_', ' ')));
        return shelf;
    }

    private static Answer One(OperationFact fact, JsonObject entity) =>
        Answer.Json(new JsonObject { [fact.Answered!] = entity.DeepClone() });

    private static JsonObject Given(ApiRequest request, OperationFact fact) =>
        request.Json[fact.Sent!] as JsonObject ?? throw ApiException.Violation(fact.Sent!, "must be an object");

    private static Querying.Query Read(ApiRequest request, OperationFact fact) =>
        Querying.Query.Read(fact.Sent is null ? null : request.Json[fact.Sent], defaultLimit: 50, maxLimit: 1000);

    private static Answer Query(ApiRequest request, SiteData data, OperationFact fact)
    {
        var result = Read(request, fact).Run(Shelf(data, fact).All);
        var answer = new JsonObject { [fact.Answered!] = result.Copies() };
        if (fact.Paging is not null)
            answer[fact.Paging] = fact.ByCursor ? result.ByCursor() : result.ByOffset();
        return Answer.Json(answer);
    }

    private static void Raise(ApiRequest request, OperationFact fact, string slug, Func<EmulatedEvent> what)
    {
        if (WixFacts.Instance.Event($"{fact.Entity.Fqdn}_{slug}") is not null)
            request.Raise(what());
    }

    private static Answer Delete(ApiRequest request, SiteData data, OperationFact fact, string id)
    {
        var entity = Shelf(data, fact).Get(id);
        Shelf(data, fact).Remove(id);
        Raise(request, fact, "deleted", () => Entities.Deleted(fact.Entity.Fqdn, entity,
            WixFacts.Instance.Event($"{fact.Entity.Fqdn}_deleted")!.HasEntity));
        return Answer.Json(new JsonObject());
    }

    private Answer Create(ApiRequest request, SiteData data, OperationFact fact)
    {
        var given = Given(request, fact);
        foreach (var name in fact.Required.Where(name => given[name] is null && name is not ("id" or "revision")))
            throw ApiException.Violation($"{fact.Sent}.{name}", "must not be empty");
        var entity = given.Copy();
        var id = Guid.NewGuid().ToString();
        entity["id"] = id;
        Stamp(fact, entity, "revision", "1");
        Stamp(fact, entity, "createdDate", Dates.Text(_time.GetUtcNow()));
        Stamp(fact, entity, "updatedDate", Dates.Text(_time.GetUtcNow()));
        Shelf(data, fact).Put(id, entity);
        Raise(request, fact, "created", () => Entities.Created(fact.Entity.Fqdn, entity));
        return One(fact, entity);
    }

    private Answer Update(ApiRequest request, SiteData data, OperationFact fact, string id)
    {
        var given = Given(request, fact);
        var hasRevision = fact.Entity.Fields.Contains("revision");
        var before = hasRevision
            ? Shelf(data, fact).GetAt(id, given["revision"], $"{fact.Sent}.revision") : Shelf(data, fact).Get(id);
        var mask = fact.Mask is null ? null : request.Json[fact.Mask].AsText()?.Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(static path => path.Split('.')[0]).ToHashSet(StringComparer.Ordinal);
        var entity = before.Copy();
        foreach (var (name, value) in given)
        {
            if (name is not ("id" or "revision" or "createdDate" or "updatedDate") && mask?.Contains(name) != false)
                entity[name] = value?.DeepClone();
        }

        if (hasRevision)
            Platform.Shelf.Touch(entity, _time);
        else
            Stamp(fact, entity, "updatedDate", Dates.Text(_time.GetUtcNow()));
        Shelf(data, fact).Put(id, entity);
        Raise(request, fact, "updated", () => Entities.Updated(fact.Entity.Fqdn, before, entity));
        return One(fact, entity);
    }

    private static void Stamp(OperationFact fact, JsonObject entity, string name, string value)
    {
        if (fact.Entity.Fields.Contains(name))
            entity[name] = value;
    }
}
