using System.Text;
using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Platform;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.DataItems;

/// <summary>Inserts, replaces and removes single items, and checks the collection's permissions.</summary>
internal sealed class ItemEdits(TimeProvider time)
{
    private const int LargestItem = 500_000;
    private const int MostItems = 100_000;

    public JsonObject Insert(ApiRequest request, Collection collection, JsonNode? dataItem)
    {
        collection.Demand(request, collection.Permissions.Insert);
        var (id, data) = Read(dataItem);
        id ??= Guid.NewGuid().ToString();
        if (collection.Items.ContainsKey(id))
            throw new ApiException(Answer.Error(409, "WDE0074", $"The item '{id}' is in collection '{collection.Id}' already."));
        if (collection.Items.Count >= MostItems)
            throw new ApiException(Answer.Error(429, "QUOTA_EXCEEDED", $"The emulator keeps {MostItems} items in a collection."));
        return collection.Store(id, data, before: null, request.Caller.Id, time);
    }

    public JsonObject Update(ApiRequest request, Collection collection, JsonNode? dataItem)
    {
        var (id, data) = Read(dataItem);
        var before = collection.Get(id);
        collection.Demand(request, collection.Permissions.Update, before);
        return collection.Store(id!, data, before, owner: null, time); // Get threw if there was no id
    }

    public JsonObject Save(ApiRequest request, Collection collection, JsonNode? dataItem)
    {
        var (id, _) = Read(dataItem);
        return id is not null && collection.Items.ContainsKey(id)
            ? Update(request, collection, dataItem)
            : Insert(request, collection, dataItem);
    }

    public static JsonObject Remove(ApiRequest request, Collection collection, string? id)
    {
        var item = collection.Get(id);
        collection.Demand(request, collection.Permissions.Remove, item);
        collection.Items.Remove(id!); // Get threw if there was no id
        return item;
    }

    private static (string? Id, JsonObject Data) Read(JsonNode? dataItem)
    {
        if (dataItem is not JsonObject item)
            throw ApiException.Violation("dataItem", "must be an object");
        var data = item["data"] switch
        {
            null => [],
            JsonObject given => (JsonObject)given.DeepClone(),
            _ => throw ApiException.Violation("dataItem.data", "must be an object", "FORMAT"),
        };
        if (Encoding.UTF8.GetByteCount(data.ToJsonString()) > LargestItem)
            throw ApiException.Violation("dataItem.data", $"must not be larger than {LargestItem} bytes", "MAX_SIZE");
        var id = (item["id"] ?? data["_id"]).AsText();
        return (string.IsNullOrEmpty(id) ? null : id, data);
    }
}
