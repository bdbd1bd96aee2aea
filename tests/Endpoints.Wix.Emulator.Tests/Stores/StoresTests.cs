using System.Net;
using System.Text.Json;

namespace Endpoints.Wix.Emulator.Tests.Stores;

public sealed class StoresTests : EmulatorTest
{
    private const string Root = "/stores/v3/products";

    [Fact]
    public async Task The_catalog_is_version_3() =>
        Assert.Equal(
            "V3_CATALOG", (await Client.CallAsync("GET /stores/v3/provision/version", Visitor()).JsonAsync()).Text("catalogVersion"));

    [Fact]
    public async Task A_visitor_sees_the_visible_products_and_the_app_all()
    {
        var forVisitor = await Client.CallAsync($"POST {Root}/query", Visitor(), new { }).JsonAsync();
        var forApp = await Client.CallAsync($"GET {Root}/query", AppToken()).JsonAsync();

        Assert.Equal(3, forVisitor.GetProperty("products").GetArrayLength());
        Assert.Equal(4, forApp.GetProperty("products").GetArrayLength());
    }

    [Fact]
    public async Task To_a_visitor_a_hidden_product_does_not_exist()
    {
        var hidden = Wix.Site.Entities(EmulatedEntityKind.Product).Single(p => (bool?)p["visible"] == false);

        using var byId = await Client.CallAsync($"GET {Root}/{hidden["id"]}", Visitor());
        using var bySlug = await Client.CallAsync($"GET {Root}/slug/{hidden["slug"]}", Visitor());
        using var byApp = await Client.CallAsync($"GET {Root}/{hidden["id"]}", AppToken());

        Assert.Equal(HttpStatusCode.NotFound, byId.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, bySlug.StatusCode);
        Assert.Equal(HttpStatusCode.OK, byApp.StatusCode);
    }

    [Fact]
    public async Task A_product_is_found_by_its_slug() =>
        Assert.Equal("Harbour Blend",
            (await Client.CallAsync($"GET {Root}/slug/harbour-blend", Visitor()).JsonAsync()).Text("product", "name"));

    [Fact]
    public async Task A_product_is_created_with_revision_slug_prices_and_inventory()
    {
        var product = (await CreateAsync()).GetProperty("product");

        Assert.Equal("1", product.GetProperty("revision").GetString());
        Assert.Equal("new-blend", product.Text("slug"));
        Assert.Equal("12.50", product.Text("actualPriceRange", "minValue", "amount"));
        Assert.Contains(Wix.Site.Entities(EmulatedEntityKind.InventoryItem), i => (string?)i["productId"] == product.Text("id"));
    }

    [Theory]
    [InlineData("""{"productType":"PHYSICAL"}""", "product.name")]
    [InlineData("""{"name":"x","productType":"OTHER"}""", "product.productType")]
    [InlineData("""{"name":"x","productType":"PHYSICAL","variantsInfo":{"variants":[]}}""", "product.variantsInfo.variants")]
    [InlineData("""{"name":"x","productType":"PHYSICAL","variantsInfo":{"variants":[{"price":{"actualPrice":{"amount":12.5}}}]}}""",
        "product.variantsInfo.variants.price.actualPrice.amount")]
    public async Task A_wrong_product_is_a_violation_of_its_field(string product, string field)
    {
        using var response = await Client.CallAsync($"POST {Root}", AppToken(), $$"""{"product":{{product}}}""");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(
            field, (await response.JsonAsync()).GetProperty("details").GetProperty("validationError")
                .GetProperty("fieldViolations")[0].Text("field"));
    }

    [Fact]
    public async Task An_update_needs_the_current_revision()
    {
        var id = (await CreateAsync()).Text("product", "id");

        using var missing = await Client.CallAsync($"PATCH {Root}/{id}", AppToken(), new { product = new { id, name = "Renamed" } });
        using var good =
            await Client.CallAsync($"PATCH {Root}/{id}", AppToken(), new { product = new { id, revision = "1", name = "Renamed" } });
        using var stale =
            await Client.CallAsync($"PATCH {Root}/{id}", AppToken(), new { product = new { id, revision = "1", name = "Again" } });

        Assert.Equal(HttpStatusCode.BadRequest, missing.StatusCode);
        Assert.Equal("2", (await good.JsonAsync()).Text("product", "revision"));
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        Assert.Equal("Renamed", (await Client.CallAsync($"GET {Root}/{id}", AppToken()).JsonAsync()).Text("product", "name"));
    }

    [Fact]
    public async Task Of_many_updates_at_once_one_wins()
    {
        var id = (await CreateAsync()).Text("product", "id");

        var statuses = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            using var response =
                await Client.CallAsync($"PATCH {Root}/{id}", AppToken(), new { product = new { id, revision = "1", name = $"n{i}" } });
            return response.StatusCode;
        }));

        Assert.Single(statuses, HttpStatusCode.OK);
        Assert.Equal(19, statuses.Count(s => s == HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task A_deleted_product_is_gone_with_its_inventory()
    {
        var id = (await CreateAsync()).Text("product", "id");

        using var deleted = await Client.CallAsync($"DELETE {Root}/{id}", AppToken());
        using var again = await Client.CallAsync($"DELETE {Root}/{id}", AppToken());

        Assert.Equal("{}", await deleted.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        Assert.DoesNotContain(Wix.Site.Entities(EmulatedEntityKind.InventoryItem), i => (string?)i["productId"] == id);
    }

    [Fact]
    public async Task Inventory_is_changed_with_the_current_revision_and_the_product_follows()
    {
        var item = await InventoryAsync("Harbour Blend");
        var id = item.Text("id");

        using var changed = await Client.CallAsync($"PATCH /stores/v3/inventory-items/{id}", AppToken(),
            new { inventoryItem = new { id, revision = "1", quantity = 0 }, reason = "MANUAL" });
        using var stale =
            await Client.CallAsync($"PATCH /stores/v3/inventory-items/{id}", AppToken(),
                new { inventoryItem = new { id, revision = "1", quantity = 9 } });

        Assert.Equal("OUT_OF_STOCK", (await changed.JsonAsync()).Text("inventoryItem", "availabilityStatus"));
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        var product = await Client.CallAsync($"GET {Root}/{item.Text("productId")}", Visitor()).JsonAsync();
        Assert.Equal("False",
            product.GetProperty("product").GetProperty("variantsInfo").GetProperty("variants")[0].Text("inventoryStatus", "inStock"));
    }

    [Theory]
    [InlineData("increment", "incrementData", "incrementBy", 5, "45")]
    [InlineData("decrement", "decrementData", "decrementBy", 5, "35")]
    public async Task Inventory_is_counted_up_and_down_in_bulk(string path, string member, string field, int by, string expected)
    {
        var id = (await InventoryAsync("Harbour Blend")).Text("id");

        var answer = await Client.CallAsync(
            $"POST /stores/v3/bulk/inventory-items/{path}", AppToken(),
            $$"""{"{{member}}":[{"inventoryItemId":"{{id}}","{{field}}":{{by}}},{"inventoryItemId":"none","{{field}}":1}],"returnEntity":true}""").JsonAsync();

        Assert.Equal(expected, answer.GetProperty("results")[0].Text("item", "quantity"));
        Assert.Equal("NOT_FOUND", answer.GetProperty("results")[1].Text("itemMetadata", "error", "code"));
    }

    [Fact]
    public async Task There_is_never_less_than_nothing()
    {
        var id = (await InventoryAsync("Harbour Blend")).Text("id");

        var answer = await Client.CallAsync(
            "POST /stores/v3/bulk/inventory-items/decrement", AppToken(),
            new { decrementData = new[] { new { inventoryItemId = id, decrementBy = 41 } } }).JsonAsync();

        Assert.Equal("INSUFFICIENT_INVENTORY", answer.GetProperty("results")[0].Text("itemMetadata", "error", "code"));
    }

    [Fact]
    public async Task Inventory_is_changed_in_bulk_with_revisions()
    {
        var id = (await InventoryAsync("Harbour Blend")).Text("id");

        var answer = await Client.CallAsync(
            "POST /stores/v3/bulk/inventory-items/update",
            AppToken(),
            new { inventoryItems = new object[] { new { inventoryItem = new { id, revision = "1", quantity = 3 } },
                new { inventoryItem = new { id, revision = "1", inStock = false } } }, returnEntity = true }).JsonAsync();

        Assert.Equal("3", answer.GetProperty("results")[0].Text("item", "quantity"));
        Assert.Equal("INVALID_REVISION", answer.GetProperty("results")[1].Text("itemMetadata", "error", "code"));
    }

    private string Visitor() => Wix.IssueToken(EmulatedIdentity.Visitor());

    private Task<JsonElement> CreateAsync() => Client.CallAsync($"POST {Root}", AppToken(), new
    {
        product = new
        {
            name = "New Blend",
            productType = "PHYSICAL",
            physicalProperties = new { },
            variantsInfo = new { variants = new[] { new { choices = Array.Empty<object>(), price = new { actualPrice = new { amount = "12.50" } } } } },
        },
    }).JsonAsync();

    private async Task<JsonElement> InventoryAsync(string product) =>
        (await Client.CallAsync("POST /stores/v3/inventory-items/query", AppToken(),
            new { query = new { filter = new Dictionary<string, string> { ["product.name"] = product } } }).JsonAsync())
            .GetProperty("inventoryItems")[0];
}
