using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Platform;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.DataItems;

/// <summary>Serves CMS data items, up to 1,000 at a time. Each item succeeds or fails independently.</summary>
internal sealed class BulkDataItemEndpoints(ItemEdits edits, TimeProvider time)
{
    private const string Root = "/wix-data/v2/bulk/items";
    private const int MostAtOnce = 1000;

    public IEnumerable<Operation> Operations =>
    [
        Bulk("insert", "dataItems", "INSERT", edits.Insert),
        Bulk("update", "dataItems", "UPDATE", edits.Update),
        Bulk("save", "dataItems", "SAVE", edits.Save),
        Bulk("remove", "dataItemIds", "DELETE", static (request, collection, id) => ItemEdits.Remove(request, collection, id.AsText())),
        Bulk("patch", "patches", "UPDATE", (request, collection, patch) => ItemPatch.Apply(request, collection, patch as JsonObject, time)),
    ];

    private static Operation Bulk(string path, string member, string action, Func<ApiRequest, Collection, JsonNode?, JsonObject> edit) =>
        Ops.Write($"POST {Root}/{path}", Access.Any, null, (request, data) => Run(request, data, member, action, edit));

    private static Answer Run(ApiRequest request, SiteData data, string member, string action,
        Func<ApiRequest, Collection, JsonNode?, JsonObject> edit)
    {
        var collection = data.Collection(request.Json["dataCollectionId"].AsText());
        var items = request.Json[member] as JsonArray ?? throw ApiException.Violation(member, "must be a list");
        if (items.Count is 0 or > MostAtOnce)
            throw ApiException.Violation(member, $"must hold 1 to {MostAtOnce} items", "RANGE");
        var returnEntity = request.Json["returnEntity"].AsFlag() == true;
        return Answer.Json(BulkResults.Run(items, item =>
        {
            var edited = edit(request, collection, item);
            var result = new JsonObject { ["action"] = action };
            if (returnEntity)
                result["dataItem"] = DataItemEndpoints.Shape(collection, edited);
            return (edited["_id"]!.ToString(), result); // every stored item has an id
        }));
    }
}
