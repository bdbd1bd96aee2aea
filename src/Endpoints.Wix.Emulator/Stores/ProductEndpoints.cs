using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Platform;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Stores;

/// <summary>The products of the stores catalog, version 3.</summary>
internal sealed partial class ProductEndpoints(TimeProvider time)
{
    private const string Root = "/stores/v3/products";

    public IEnumerable<Operation> Operations =>
    [
        Ops.Read("GET /stores/v3/provision/version", Access.Any, null, static (_, _) => Answer.Json(new JsonObject { ["catalogVersion"] = "V3_CATALOG" })),
        Ops.Read($"GET {Root}/query", Access.Any, null, Query),
        Ops.Read($"POST {Root}/query", Access.Any, null, Query),
        Ops.Read($"GET {Root}/{{id}}", Access.Any, null, static (request, data) => One(Visible(request, data.Products.Get(request.RouteValue("id"))))),
        Ops.Read($"GET {Root}/slug/{{slug}}", Access.Any, null, BySlug),
        Ops.Write($"POST {Root}", Access.Restricted, "WIX_STORES.PRODUCT_CREATE", Create),
        Ops.Write($"PATCH {Root}/{{id}}", Access.Restricted, "WIX_STORES.PRODUCT_UPDATE", Update),
        Ops.Write($"DELETE {Root}/{{id}}", Access.Restricted, "WIX_STORES.PRODUCT_DELETE", Delete),
    ];

    /// <summary>Puts a product on the shelf, with an inventory item for each of its variants.</summary>
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

    private static Answer One(JsonObject product) => Answer.Json(new JsonObject { ["product"] = product.DeepClone() });

    // A product that the caller may not see is a product that does not exist.
    private static JsonObject Visible(ApiRequest request, JsonObject product) =>
        request.IsPrivileged || product["visible"].AsFlag() != false
            ? product
            : throw ApiException.NotFound("product", product["id"].AsText());

    private static Answer Query(ApiRequest request, SiteData data)
    {
        var visible = data.Products.All.Where(product => request.IsPrivileged || product["visible"].AsFlag() != false);
        var result = Querying.Query.Read(request.Json["query"], defaultLimit: 100, maxLimit: 100).Run(visible);
        return Answer.Json(new JsonObject { ["products"] = result.Copies(), ["pagingMetadata"] = result.ByCursor() });
    }

    private static Answer BySlug(ApiRequest request, SiteData data)
    {
        var slug = request.RouteValue("slug");
        var product = data.Products.All.FirstOrDefault(p => p["slug"].AsText() == slug) ?? throw ApiException.NotFound("product", slug);
        return One(Visible(request, product));
    }

    private static Answer Delete(ApiRequest request, SiteData data)
    {
        var id = request.RouteValue("id");
        data.Products.Get(id);
        data.Products.Remove(id);
        foreach (var item in data.InventoryItems.All.Where(item => item["productId"].AsText() == id).ToList())
            data.InventoryItems.Remove(item["id"].AsText()!); // every inventory item has an id
        return Answer.Json(new JsonObject());
    }

    private static void Validate(JsonObject product)
    {
        if (string.IsNullOrWhiteSpace(product["name"].AsText()))
            throw ApiException.Violation("product.name", "must not be empty");
        if (product["productType"].AsText() is not ("PHYSICAL" or "DIGITAL"))
            throw ApiException.Violation("product.productType", "must be PHYSICAL or DIGITAL", "ENUM");
        if (Variants(product).Count == 0)
            throw ApiException.Violation("product.variantsInfo.variants", "must hold at least one variant", "MIN_SIZE");
        foreach (var variant in Variants(product))
        {
            var amount = variant["price"].At("actualPrice").At("amount");
            if (amount.AsText() is null || amount.AsNumber() is not >= 0)
                throw ApiException.Violation("product.variantsInfo.variants.price.actualPrice.amount", "must be an amount, as a string", "FORMAT");
        }
    }

    private static List<JsonObject> Variants(JsonObject product) =>
        [.. (product["variantsInfo"].At("variants") as JsonArray)?.OfType<JsonObject>() ?? []];

    // What Wix computes from the variants.
    private static void Describe(JsonObject product)
    {
        var prices = Variants(product).Select(static variant => variant["price"].At("actualPrice").At("amount").AsNumber() ?? 0).DefaultIfEmpty(0).ToList();
        product["actualPriceRange"] = new JsonObject
        {
            ["minValue"] = new JsonObject { ["amount"] = Money.Text(prices.Min()) },
            ["maxValue"] = new JsonObject { ["amount"] = Money.Text(prices.Max()) },
        };
        var inStock = Variants(product).Any(static variant => variant["inventoryStatus"].At("inStock").AsFlag() != false);
        product["inventory"] = new JsonObject { ["availabilityStatus"] = inStock ? "IN_STOCK" : "OUT_OF_STOCK" };
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

    private Answer Create(ApiRequest request, SiteData data)
    {
        var given = request.Json["product"] as JsonObject ?? throw ApiException.Violation("product", "must be an object");
        Validate(given);
        return One(Add(data, given, time));
    }

    private Answer Update(ApiRequest request, SiteData data)
    {
        var given = request.Json["product"] as JsonObject ?? throw ApiException.Violation("product", "must be an object");
        var id = request.RouteValue("id");
        var product = data.Products.GetAt(id, given["revision"], "product.revision");
        var changed = product.Copy();
        foreach (var (name, value) in given)
        {
            if (name is not ("id" or "revision" or "createdDate" or "updatedDate"))
                changed[name] = value?.DeepClone();
        }

        Validate(changed);
        Describe(changed);
        Shelf.Touch(changed, time);
        return One(data.Products.Put(id, changed));
    }
}
