using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Platform;

/// <summary>Adds a product to a site. Used only inside the site's lock.</summary>
internal static partial class NewProduct
{
    /// <summary>Adds a product, with an inventory item for each of its variants.</summary>
    public static JsonObject Add(SiteData data, JsonObject given, TimeProvider time, string? id = null, int? quantity = null)
    {
        var product = given.Copy();
        id ??= Guid.NewGuid().ToString();
        var now = Dates.Text(time.GetUtcNow());
        product["id"] = id;
        product["revision"] = "1";
        product["createdDate"] = now;
        product["updatedDate"] = now;
        product["visible"] ??= true;
        product["slug"] ??= Slug(data, product["name"].AsText() ?? id);
        product["currency"] = data.Properties["paymentCurrency"]?.DeepClone();
        foreach (var variant in Variants(product))
            AddInventory(data, product, variant, now, quantity);
        Describe(product);
        return data.Products.Put(id, product);
    }

    public static List<JsonObject> Variants(JsonObject product) =>
        [.. (product["variantsInfo"].At("variants") as JsonArray)?.OfType<JsonObject>() ?? []];

    /// <summary>Sets the fields of a product that Wix computes from its variants.</summary>
    public static void Describe(JsonObject product)
    {
        var prices = Variants(product).Select(static variant => variant["price"].At("actualPrice").At("amount").AsNumber() ?? 0)
            .DefaultIfEmpty(0).ToList();
        product["actualPriceRange"] = new JsonObject
        {
            ["minValue"] = new JsonObject { ["amount"] = Money.Text(prices.Min()) },
            ["maxValue"] = new JsonObject { ["amount"] = Money.Text(prices.Max()) },
        };
        var inStock = Variants(product).Any(static variant => variant["inventoryStatus"].At("inStock").AsFlag() != false);
        product["inventory"] = new JsonObject { ["availabilityStatus"] = inStock ? "IN_STOCK" : "OUT_OF_STOCK" };
    }

    private static void AddInventory(SiteData data, JsonObject product, JsonObject variant, string now, int? quantity)
    {
        variant["id"] ??= Guid.NewGuid().ToString();
        variant["visible"] ??= true;
        variant["inventoryStatus"] = new JsonObject { ["inStock"] = quantity is null or > 0, ["preorderEnabled"] = false };
        var itemId = Guid.NewGuid().ToString();
        var item = new JsonObject
        {
            ["id"] = itemId,
            ["revision"] = "1",
            ["createdDate"] = now,
            ["updatedDate"] = now,
            ["variantId"] = variant["id"]?.DeepClone(),
            ["productId"] = product["id"]?.DeepClone(),
            ["trackQuantity"] = quantity is not null,
            ["availabilityStatus"] = quantity is null or > 0 ? "IN_STOCK" : "OUT_OF_STOCK",
            ["product"] = new JsonObject { ["name"] = product["name"]?.DeepClone() },
        };
        if (quantity is null)
            item["inStock"] = true;
        else
            item["quantity"] = quantity;
        data.InventoryItems.Put(itemId, item);
    }

    private static string Slug(SiteData data, string name)
    {
        var slug = NotInSlugs().Replace(name.ToLowerInvariant(), "-").Trim('-');
        var taken = data.Products.All.Select(static product => product["slug"].AsText()).ToHashSet();
        var free = slug;
        for (var i = 1; taken.Contains(free); i++)
            free = $"{slug}-{i}";
        return free;
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInSlugs();
}
