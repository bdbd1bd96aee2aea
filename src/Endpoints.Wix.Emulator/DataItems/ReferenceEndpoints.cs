using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Platform;
using Endpoints.Wix.Emulator.Querying;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.DataItems;

/// <summary>Serves references of CMS data items to other items, in whichever collection these are.</summary>
internal static class ReferenceEndpoints
{
    private const string Root = "/wix-data/v2/items";
    private const string Bulk = "/wix-data/v2/bulk/items";
    private const int MostAtOnce = 1000;

    public static IEnumerable<Operation> Operations =>
    [
        Ops.Write($"POST {Bulk}/insert-references", Access.Any, null, static (request, data) => Each(request, data, "INSERT", Insert)),
        Ops.Write($"POST {Bulk}/remove-references", Access.Any, null, static (request, data) =>
            Each(request, data, "DELETE", static (references, id) => references.Remove(id))),
        Ops.Write($"POST {Root}/replace-references", Access.Any, null, Replace),
        Ops.Read($"POST {Root}/is-referenced", Access.Any, null, static (request, data) =>
            Answer.Json(new JsonObject
            {
                ["isReferenced"] = Read(request, data, Place(request.Json)).Contains(Text(request.Json, "referencedItemId")),
            })),
        Ops.Read($"POST {Root}/query-referenced", Access.Any, null, QueryReferenced),
    ];

    private static Answer Each(ApiRequest request, SiteData data, string action, Action<List<string>, string> edit)
    {
        var collection = data.Collection(request.Json["dataCollectionId"].AsText());
        var list = request.Json["dataItemReferences"] as JsonArray
            ?? throw ApiException.Violation("dataItemReferences", "must be a list");
        if (list.Count is 0 or > MostAtOnce)
            throw ApiException.Violation("dataItemReferences", $"must hold 1 to {MostAtOnce} references", "RANGE");
        return Answer.Json(BulkResults.Run(list, reference =>
        {
            var place = Place(reference);
            edit(Write(request, collection, place), Text(reference, "referencedItemId"));
            return (place.ItemId, new() { ["action"] = action });
        }));
    }

    private static Answer Replace(ApiRequest request, SiteData data)
    {
        var collection = data.Collection(request.Json["dataCollectionId"].AsText());
        var place = Place(request.Json);
        var list = request.Json["newReferencedItemIds"] as JsonArray
            ?? throw ApiException.Violation("newReferencedItemIds", "must be a list");
        if (list.Count > MostAtOnce)
            throw ApiException.Violation("newReferencedItemIds", $"must hold at most {MostAtOnce} ids", "RANGE");
        var ids = list.Select(static id => id.AsText() ?? throw ApiException.Violation("newReferencedItemIds", "must hold ids")).ToList();
        var references = Write(request, collection, place);
        references.Clear();
        foreach (var id in ids)
            Insert(references, id);
        return Answer.Json(new JsonObject
        {
            ["dataItemReferences"] = new JsonArray([.. references.Select(id => Shape(place, id))]),
        });
    }

    private static Answer QueryReferenced(ApiRequest request, SiteData data)
    {
        var place = Place(request.Json);
        IEnumerable<string> ids = Read(request, data, place);
        if (string.Equals(request.Json["order"].AsText(), "DESC", StringComparison.Ordinal))
            ids = ids.Reverse();
        var result = Query.Read(new JsonObject { ["paging"] = request.Json["paging"]?.DeepClone() }, defaultLimit: 50, MostAtOnce)
            .Run(ids.Select(static id => new JsonObject { ["id"] = id }));
        return Answer.Json(new JsonObject
        {
            ["results"] = result.Copies(reference => data.Find(request, reference["id"].AsText()!) is { } found
                ? new JsonObject { ["dataItem"] = DataItemEndpoints.Shape(found.Collection, found.Item) }
                : new JsonObject { ["unresolvedReference"] = Shape(place, reference["id"].AsText()!) }),
            ["pagingMetadata"] = result.ByOffset(request.Json["returnTotalCount"].AsFlag() == true),
        });
    }

    private static (string ItemId, string Field) Place(JsonNode? node) =>
        (Text(node, "referringItemId"), Text(node, "referringItemFieldName"));

    private static List<string> Read(ApiRequest request, SiteData data, (string ItemId, string Field) place)
    {
        var collection = data.Collection(request.Json["dataCollectionId"].AsText());
        collection.Demand(request, collection.Permissions.Read, collection.Get(place.ItemId));
        return collection.References.GetValueOrDefault(place, []);
    }

    private static List<string> Write(ApiRequest request, Collection collection, (string ItemId, string Field) place)
    {
        collection.Demand(request, collection.Permissions.Update, collection.Get(place.ItemId));
        if (!collection.References.TryGetValue(place, out var references))
            collection.References[place] = references = [];
        return references;
    }

    private static void Insert(List<string> references, string id)
    {
        if (references.Contains(id))
            return;
        if (references.Count >= MostAtOnce)
            throw new ApiException(Answer.Error(429, "QUOTA_EXCEEDED", $"The emulator keeps {MostAtOnce} references in a field."));
        references.Add(id);
    }

    private static JsonObject Shape((string ItemId, string Field) place, string id) =>
        new() { ["referringItemId"] = place.ItemId, ["referringItemFieldName"] = place.Field, ["referencedItemId"] = id };

    private static string Text(JsonNode? node, string name) =>
        node.At(name).AsText() is { Length: > 0 } text ? text : throw ApiException.Violation(name, "must not be empty");
}
