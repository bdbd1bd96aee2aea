using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Happenings;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Platform;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Stores;

/// <summary>Serves the stock of each product variant.</summary>
internal sealed class InventoryEndpoints(TimeProvider time)
{
    private const string Root = "/stores/v3/inventory-items";
    private const string Bulk = "/stores/v3/bulk/inventory-items";
    private const string MayUpdate = "WIX_STORES.INVENTORY_UPDATE";

    public IEnumerable<Operation> Operations =>
    [
        Ops.Read($"GET {Root}/query", Access.Restricted, "WIX_STORES.INVENTORY_READ", Query),
        Ops.Read($"POST {Root}/query", Access.Restricted, "WIX_STORES.INVENTORY_READ", Query),
        Ops.Write($"PATCH {Root}/{{id}}", Access.Restricted, MayUpdate, (request, data) =>
        {
            var item = Update(request, data, request.Json["inventoryItem"], request.RouteValue("id"));
            return Answer.Json(new JsonObject { ["inventoryItem"] = item.DeepClone() });
        }),
        Ops.Write($"POST {Bulk}/update", Access.Restricted, MayUpdate, (request, data) => Each(request, "inventoryItems", one =>
            Update(request, data, one.At("inventoryItem"), one.At("inventoryItem").At("id").AsText()))),
        Ops.Write($"POST {Bulk}/increment", Access.Restricted, MayUpdate, (request, data) => Each(request, "incrementData", one =>
            Add(request, data, one.At("inventoryItemId").AsText(), one.At("incrementBy").AsNumber()))),
        Ops.Write($"POST {Bulk}/decrement", Access.Restricted, MayUpdate, (request, data) => Each(request, "decrementData", one =>
            Add(request, data, one.At("inventoryItemId").AsText(), -one.At("decrementBy").AsNumber()))),
    ];

    private static Answer Query(ApiRequest request, SiteData data)
    {
        var result = Querying.Query.Read(request.Json["query"], defaultLimit: 100, maxLimit: 1000).Run(data.InventoryItems.All);
        return Answer.Json(new JsonObject { ["inventoryItems"] = result.Copies(), ["pagingMetadata"] = result.ByCursor() });
    }

    private static Answer Each(ApiRequest request, string member, Func<JsonNode?, JsonObject> edit)
    {
        var given = request.Json[member] as JsonArray ?? throw ApiException.Violation(member, "must be a list");
        var returnEntity = request.Json["returnEntity"].AsFlag() == true;
        return Answer.Json(BulkResults.Run(given, one =>
        {
            var item = edit(one);
            var result = new JsonObject();
            if (returnEntity)
                result["item"] = item.DeepClone();
            return (item["id"].AsText()!, result); // every inventory item has an id
        }));
    }

    private static void Describe(SiteData data, JsonObject item)
    {
        var inStock = item["trackQuantity"].AsFlag() == true ? item["quantity"].AsNumber() > 0 : item["inStock"].AsFlag() == true;
        item["availabilityStatus"] = inStock ? "IN_STOCK" : "OUT_OF_STOCK";
        var variants = data.Products.Find(item["productId"].AsText())?["variantsInfo"].At("variants") as JsonArray;
        foreach (var variant in variants?.OfType<JsonObject>() ?? [])
        {
            if (variant["id"].AsText() == item["variantId"].AsText())
                variant["inventoryStatus"] = new JsonObject { ["inStock"] = inStock, ["preorderEnabled"] = false };
        }
    }

    private JsonObject Update(ApiRequest request, SiteData data, JsonNode? given, string? id)
    {
        var item = data.InventoryItems.GetAt(id, given.At("revision"), "inventoryItem.revision");
        var before = item.Copy();
        if (given.At("quantity") is { } quantity)
        {
            if (quantity.AsNumber() is not { } number || number != decimal.Truncate(number))
                throw ApiException.Violation("inventoryItem.quantity", "must be a whole number", "FORMAT");
            item["quantity"] = (int)Math.Clamp(number, int.MinValue, int.MaxValue);
            item["trackQuantity"] = true;
            item.Remove("inStock");
        }
        else if (given.At("inStock").AsFlag() is { } inStock)
        {
            item["inStock"] = inStock;
            item["trackQuantity"] = false;
            item.Remove("quantity");
        }
        else
        {
            throw ApiException.Violation("inventoryItem", "must have quantity or inStock");
        }

        return Changed(request, data, before, item);
    }

    private JsonObject Add(ApiRequest request, SiteData data, string? id, decimal? by)
    {
        var item = data.InventoryItems.Get(id);
        var before = item.Copy();
        if (by is not { } number || number != decimal.Truncate(number) || Math.Abs(number) > 1_000_000)
            throw ApiException.Violation("incrementBy", "must be a whole number up to 1000000", "FORMAT");
        if (item["quantity"].AsNumber() is not { } quantity)
            throw new ApiException(Answer.Error(428, "QUANTITY_NOT_TRACKED", "The item's quantity is not tracked."));
        if (quantity + number < 0)
            throw new ApiException(Answer.Error(428, "INSUFFICIENT_INVENTORY", $"There are only {quantity}."));
        item["quantity"] = (int)Math.Clamp(quantity + number, 0, int.MaxValue);
        return Changed(request, data, before, item);
    }

    private JsonObject Changed(ApiRequest request, SiteData data, JsonObject before, JsonObject item)
    {
        Describe(data, item);
        Shelf.Touch(item, time);
        request.Raise(Entities.Updated(Entities.InventoryItem, before, item));
        return item;
    }
}
