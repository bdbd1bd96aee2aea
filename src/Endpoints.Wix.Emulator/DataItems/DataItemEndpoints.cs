using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Platform;
using Endpoints.Wix.Emulator.Querying;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.DataItems;

/// <summary>Serves CMS data items, one at a time.</summary>
internal sealed class DataItemEndpoints(TimeProvider time)
{
    private const string Root = "/wix-data/v2/items";

    public IEnumerable<Operation> Operations =>
    [
        Ops.Read($"GET {Root}/query", Access.Any, null, Query),
        Ops.Read($"POST {Root}/query", Access.Any, null, Query),
        Ops.Read($"POST {Root}/count", Access.Any, null, Count),
        Ops.Read($"GET {Root}/query-distinct-values", Access.Any, null, Distinct),
        Ops.Read($"POST {Root}/query-distinct-values", Access.Any, null, Distinct),
        Ops.Read(
            $"GET {Root}/{{id}}",
            Access.Any,
            null,
            static (request, data) =>
            {
                var collection = data.Collection(request.Query("dataCollectionId"));
                var item = collection.Get(request.RouteValue("id"));
                collection.Demand(request, collection.Permissions.Read, item);
                return One(collection, item);
            }),
        Ops.Write($"POST {Root}", Access.Any, null, (request, data) => Each(request, data, static e => e.Insert)),
        Ops.Write($"POST {Root}/update", Access.Any, null, (request, data) => Each(request, data, static e => e.Update)),
        Ops.Write($"POST {Root}/save", Access.Any, null, (request, data) => Each(request, data, static e => e.Save)),
        Ops.Write(
            $"POST {Root}/remove",
            Access.Any,
            null,
            static (request, data) =>
            {
                var collection = data.Collection(request.Json["dataCollectionId"].AsText());
                return One(collection, ItemEdits.Remove(request, collection, request.Json["dataItemId"].AsText()));
            }),
        Ops.Write(
            $"POST {Root}/patch",
            Access.Any,
            null,
            (request, data) =>
            {
                var collection = data.Collection(request.Json["dataCollectionId"].AsText());
                return One(collection, ItemPatch.Apply(request, collection, request.Json["patch"] as JsonObject, time));
            }),
        Ops.Read($"POST {Root}/aggregate", Access.Any, null, Aggregate),
        .. new BulkDataItemEndpoints(new(time), time).Operations,
        .. ReferenceEndpoints.Operations,
    ];

    public static JsonObject Shape(Collection collection, JsonObject item) => new()
    {
        ["id"] = item["_id"]?.DeepClone(),
        ["dataCollectionId"] = collection.Id,
        ["data"] = item.DeepClone(),
    };

    private static Answer One(Collection collection, JsonObject item) =>
        Answer.Json(new JsonObject { ["dataItem"] = Shape(collection, item) });

    private static IEnumerable<JsonObject> Readable(ApiRequest request, Collection collection)
    {
        var role = collection.Permissions.Read;
        if (role is not CollectionRole.SiteMemberAuthor)
            collection.Demand(request, role);
        return collection.Items.Values.Where(item => CollectionAccess.Allows(request, role, item));
    }

    private static Answer Query(ApiRequest request, SiteData data)
    {
        var collection = data.Collection(request.Json["dataCollectionId"].AsText());
        var query = request.Json["query"] as JsonObject;
        var result = Querying.Query.Read(query, defaultLimit: 50, maxLimit: 1000).Run(Readable(request, collection));
        var fields = (query?["fields"] as JsonArray)?.Select(static field => field.AsText()).ToHashSet();
        var metadata = result.ByOffset(request.Json["returnTotalCount"].AsFlag() == true);
        metadata["cursors"] = result.Cursors();
        metadata["hasNext"] = result.Next is not null;
        return Answer.Json(new JsonObject
        {
            ["dataItems"] = result.Copies(item => Shape(collection, Included(request, data, collection, item, Project(item, fields)))),
            ["pagingMetadata"] = metadata,
        });
    }

    private static Answer Aggregate(ApiRequest request, SiteData data)
    {
        var collection = data.Collection(request.Json["dataCollectionId"].AsText());
        var items = Readable(request, collection).Where(item => Filter.Matches(item, request.Json["initialFilter"]));
        var query = new JsonObject
        {
            ["filter"] = request.Json["finalFilter"]?.DeepClone(),
            ["sort"] = request.Json["sort"]?.DeepClone(),
            ["paging"] = request.Json["paging"]?.DeepClone(),
        };
        var result = Querying.Query.Read(query, defaultLimit: 50, maxLimit: 1000).Run(Aggregation.Run(items, request.Json["aggregation"]));
        return Answer.Json(new JsonObject
        {
            ["results"] = result.Copies(),
            ["pagingMetadata"] = result.ByOffset(request.Json["returnTotalCount"].AsFlag() == true),
        });
    }

    /// <summary>Returns an item with the items in place of the references to them that are to be included.</summary>
    private static JsonObject Included(ApiRequest request, SiteData data, Collection collection, JsonObject item, JsonObject projected)
    {
        if (request.Json["includeReferences"] is not JsonArray { Count: > 0 } includes)
            return projected;
        var whole = projected.Copy();
        foreach (var field in includes.Select(static include => include.At("field").AsText()).OfType<string>())
        {
            if (collection.References.TryGetValue((item["_id"].AsText()!, field), out var ids))
                whole[field] = new JsonArray([.. ids.Select(id => data.Find(request, id)?.Item.DeepClone()).OfType<JsonNode>()]);
            else if (item[field].AsText() is { } id && data.Find(request, id) is { } found)
                whole[field] = found.Item.DeepClone();
        }

        return whole;
    }

    private static Answer Count(ApiRequest request, SiteData data)
    {
        var collection = data.Collection(request.Json["dataCollectionId"].AsText());
        var count = Readable(request, collection).Count(item => Filter.Matches(item, request.Json["filter"]));
        return Answer.Json(new JsonObject { ["totalCount"] = count });
    }

    private static Answer Distinct(ApiRequest request, SiteData data)
    {
        var collection = data.Collection(request.Json["dataCollectionId"].AsText());
        var field = request.Json["fieldName"].AsText() ?? throw ApiException.Violation("fieldName", "must not be empty");
        var values = Readable(request, collection)
            .Where(item => Filter.Matches(item, request.Json["filter"]))
            .SelectMany(item => item.Find(field) is JsonArray list ? list : [item.Find(field)])
            .OfType<JsonNode>()
            .DistinctBy(static value => value.ToJsonString(), StringComparer.Ordinal)
            .OrderBy(static value => value, Comparer<JsonNode>.Create(Comparison.Order));
        return Answer.Json(new JsonObject { ["distinctValues"] = new JsonArray([.. values.Select(static value => value.DeepClone())]) });
    }

    private static JsonObject Project(JsonObject item, HashSet<string?>? fields)
    {
        if (fields is null or { Count: 0 })
            return item;
        return new(item.Where(pair => pair.Key == "_id" || fields.Contains(pair.Key))
            .Select(static pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));
    }

    private Answer Each(ApiRequest request, SiteData data, Func<ItemEdits, Func<ApiRequest, Collection, JsonNode?, JsonObject>> edit)
    {
        var collection = data.Collection(request.Json["dataCollectionId"].AsText());
        return One(collection, edit(new(time))(request, collection, request.Json["dataItem"]));
    }
}
