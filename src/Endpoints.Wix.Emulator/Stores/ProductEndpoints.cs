using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Happenings;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Platform;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Stores;

/// <summary>Serves the products of the stores catalog, version 3.</summary>
internal sealed class ProductEndpoints(TimeProvider time)
{
    private const string Root = "/stores/v3/products";

    public IEnumerable<Operation> Operations =>
    [
        Ops.Read("GET /stores/v3/provision/version", Access.Any, null,
            static (_, _) => Answer.Json(new JsonObject { ["catalogVersion"] = "V3_CATALOG" })),
        Ops.Read($"GET {Root}/query", Access.Any, null, Query),
        Ops.Read($"POST {Root}/query", Access.Any, null, Query),
        Ops.Read($"GET {Root}/{{id}}", Access.Any, null,
            static (request, data) => One(Visible(request, data.Products.Get(request.RouteValue("id"))))),
        Ops.Read($"GET {Root}/slug/{{slug}}", Access.Any, null, BySlug),
        Ops.Write($"POST {Root}", Access.Restricted, "WIX_STORES.PRODUCT_CREATE", Create),
        Ops.Write($"PATCH {Root}/{{id}}", Access.Restricted, "WIX_STORES.PRODUCT_UPDATE", Update),
        Ops.Write($"DELETE {Root}/{{id}}", Access.Restricted, "WIX_STORES.PRODUCT_DELETE", Delete),
    ];

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
        var product = data.Products.Get(id);
        data.Products.Remove(id);
        request.Raise(Entities.Deleted(Entities.Product, product, isTold: true));
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
        if (NewProduct.Variants(product).Count == 0)
            throw ApiException.Violation("product.variantsInfo.variants", "must hold at least one variant", "MIN_SIZE");
        foreach (var variant in NewProduct.Variants(product))
        {
            var amount = variant["price"].At("actualPrice").At("amount");
            if (amount.AsText() is null || amount.AsNumber() is not >= 0)
                throw ApiException.Violation("product.variantsInfo.variants.price.actualPrice.amount", "must be an amount, as a string",
                    "FORMAT");
        }
    }

    private Answer Create(ApiRequest request, SiteData data)
    {
        var given = request.Json["product"] as JsonObject ?? throw ApiException.Violation("product", "must be an object");
        Validate(given);
        var product = NewProduct.Add(data, given, time);
        request.Raise(Entities.Created(Entities.Product, product));
        return One(product);
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
        NewProduct.Describe(changed);
        Shelf.Touch(changed, time);
        request.Raise(Entities.Updated(Entities.Product, product, changed));
        return One(data.Products.Put(id, changed));
    }
}
