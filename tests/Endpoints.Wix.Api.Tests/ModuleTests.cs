using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Media;
using Endpoints.Wix.Stores;

namespace Endpoints.Wix.Api.Tests;

/// <summary>Emitted modules, through the emulator.</summary>
public sealed class ModuleTests
{
    private const string GetRoute = "GET /stores/v3/products/{id}";
    private const string PatchRoute = "PATCH /stores/v3/products/{id}";

    [Fact]
    public async Task A_product_lives_through_its_life()
    {
        await using var site = await ApiSite.StartAsync();
        var products = site.Admin.Stores.ProductsV3;

        var created = await products.CreateProductAsync(Cup());
        var read = await products.GetProductAsync(created.Id!);
        Assert.Equal((created.Id, "Chipped Cup", ProductType.Physical, 3.50m),
            (read.Id, read.Name, read.ProductType, read.ActualPriceRange!.MinValue!.Amount));

        read.Name = "Mended Cup";
        var updated = await products.UpdateProductAsync(read.Id!, read.ToUpdate());
        Assert.Equal("Mended Cup", updated.Name);
        Assert.NotEqual(read.Revision, updated.Revision);
        // Only what changed, and what an update needs.
        AssertJson($$$"""{"product":{"id":"{{{read.Id}}}","revision":"{{{read.Revision}}}","name":"Mended Cup"}}""",
            Assert.Single(site.Wix.CallsTo(PatchRoute)).Body);

        var stale = await Assert.ThrowsAsync<WixApiException>(() => products.UpdateProductAsync(read.Id!, read.ToUpdate()));
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        await products.DeleteProductAsync(read.Id!);
        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<WixApiException>(() => products.GetProductAsync(read.Id!))).Status);
    }

    [Fact]
    public async Task A_query_gives_a_page_or_all_there_is()
    {
        await using var site = await ApiSite.StartAsync();
        var products = site.Admin.Stores.ProductsV3;
        var names = site.Wix.Site.Entities(EmulatedEntityKind.Product).Select(static product => (string)product["name"]!).Order().ToList();

        var page = await products.QueryProductsAsync(new() { CursorPaging = new() { Limit = 2 } });
        List<string> all = [];
        await foreach (var product in products.QueryProductsAllAsync(new() { CursorPaging = new() { Limit = 2 } }))
            all.Add(product.Name!);
        var found = await products.QueryProductsAsync(new()
        {
            Filter = new DataFilter().StartsWith(ProductsV3.Fields.QueryProducts.Slug, "harbour").ToJson(),
            Sort = [new() { FieldName = ProductsV3.Fields.QueryProducts.Slug, Order = "ASC" }],
        });

        Assert.Equal(2, page.Products.Count);
        Assert.Equal(names, all.Order());
        Assert.Equal(["harbour-blend"], found.Products.Select(static product => product.Slug));
    }

    [Fact]
    public async Task A_client_makes_the_module_that_is_used_and_no_other()
    {
        await using var site = await ApiSite.StartAsync();
        var client = site.Admin;
        List<Type> Made()
        {
            const BindingFlags Own = BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Instance;
            List<Type> made = [];
            for (var at = typeof(WixApiClient).GetField("_modules", Own)!.GetValue(client); at is not null;
                at = at.GetType().GetProperty("Before", Own)!.GetValue(at))
                made.Add(at.GetType().GetProperty("Module", Own)!.PropertyType);
            return made;
        }

        Assert.Empty(Made());
        await client.Stores.ProductsV3.QueryProductsAsync(new() { CursorPaging = new() { Limit = 1 } });
        _ = client.Stores.ProductsV3;

        Assert.Equal([typeof(ProductsV3)], Made());
    }

    [Fact]
    public async Task Modules_are_elevated_within_Only_like_any_method()
    {
        await using var site = await ApiSite.StartAsync(
            app =>
            {
                app.MapGet("/auth/{id}",
                    async (WixAuth auth, ProductsV3 products, string id) => await auth.Elevate(products.GetProductAsync)(id))
                    .Elevate(Callers.Visitor, static options => options.Only = ["GET /stores/v3/products/*"]);
                app.MapGet("/client/{id}",
                    async (ElevatedWixClient wix, string id) => (await wix.Stores.ProductsV3.GetProductAsync(id)).Name)
                    .Elevate(Callers.Visitor);
                app.MapGet("/outside/{id}",
                    async (WixAuth auth, WixClient wix, string id) => await auth.Elevate(wix.Stores.ProductsV3.DeleteProductAsync)(id))
                    .Elevate(Callers.Visitor, static options => options.Only = ["GET /stores/v3/products/*"]);
                app.MapGet("/plain/{id}", async (WixClient wix, string id) => (await wix.Stores.ProductsV3.GetProductAsync(id)).Name);
            },
            static services => services.AddWixModule<ProductsV3>());
        var hidden = site.Wix.Site.AddProduct(new JsonObject { ["name"] = "Secret Cup", ["visible"] = false });

        var (status, body) = await site.GetAsync($"/auth/{hidden}");
        Assert.Equal((200, "Secret Cup"), (status, (string?)JsonNode.Parse(body)!["name"])); // a message is written as its JSON
        Assert.Equal((200, "Secret Cup"), await site.GetAsync($"/client/{hidden}"));
        Assert.Equal(404, (await site.GetAsync($"/plain/{hidden}")).Status);
        Assert.Equal(500, (await site.GetAsync($"/outside/{hidden}")).Status);
        Assert.Contains(site.Wix.Site.Entities(EmulatedEntityKind.Product), product => (string?)product["id"] == hidden);
        Assert.Equal([EmulatedIdentityKind.App, EmulatedIdentityKind.App, EmulatedIdentityKind.Visitor],
            site.Wix.CallsTo(GetRoute).Select(static call => call.Caller!.Kind));
    }

    [Fact]
    public async Task A_path_parameter_stays_a_segment()
    {
        await using var site = await ApiSite.StartAsync();
        var products = site.Admin.Stores.ProductsV3;

        foreach (var id in (string[])["../../members/v1/members", "..", "a/b", "", "a?b=c", "a%2fb"])
            await Assert.ThrowsAnyAsync<ArgumentException>(() => products.GetProductAsync(id));
        Assert.Empty(site.Wix.Calls);
    }

    [Fact]
    public async Task An_argument_goes_over_what_a_message_says()
    {
        await using var site = await ApiSite.StartAsync();
        var products = site.Admin.Stores.ProductsV3;
        var (one, other) = ((await products.CreateProductAsync(Cup())).Id!, (await products.CreateProductAsync(Cup())).Id!);
        var product = await products.GetProductAsync(one);
        product.Name = "Changed";
        product.Id = other;

        await Assert.ThrowsAsync<WixApiException>(
            () => products.UpdateProductAsync(one, new V3Product { Id = other, Revision = "999", Name = "x" }));
        await products.UpdateProductAsync(one, product.ToUpdate());

        Assert.All(site.Wix.CallsTo(PatchRoute), call => Assert.Equal($"/stores/v3/products/{one}", call.Path));
        Assert.Equal("Chipped Cup", (await products.GetProductAsync(other)).Name);
    }

    [Fact]
    public void What_was_never_set_is_absent_and_what_is_set_to_null_is_null()
    {
        var product =
            V3Product.Create(
                (JsonObject)JsonNode.Parse("""{"id":"1","revision":"7","name":"Cup","plainDescription":"x","newMember":{"a":1}}""")!);

        Assert.Equal("{}", JsonSerializer.Serialize(new V3Product()));
        Assert.Empty(product.Options);
        Assert.Null(product.Media);
        Assert.Equal("""{"id":"1","revision":"7"}""", product.ToUpdate().Json.ToJsonString());
        product.PlainDescription = null;
        product.Media = new() { Main = new() { Id = "picture" } };
        product.Media.Main.AltText = "A cup"; // a change deep inside is one of the product's
        Assert.Equal(
            """{"id":"1","revision":"7","plainDescription":null,"media":{"main":{"id":"picture","altText":"A cup"}}}""",
            product.ToUpdate().Json.ToJsonString());
        Assert.Equal(1, (int?)product.Json["newMember"]!["a"]);
    }

    [Fact]
    public void Values_of_all_kinds_are_read_and_written_as_Wix_has_them()
    {
        var product =
            V3Product.Create(
                (JsonObject)JsonNode.Parse(
                    """{"revision":7,"createdDate":"2026-11-30T12:00:00Z","productType":"HOLOGRAM","options":[{"name":"Size"}]}""")!);

        Assert.Equal(("7", new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero), "HOLOGRAM"),
            (product.Revision, product.CreatedDate, product.ProductType?.Value));
        Assert.Same(product.Options[0], product.Options[0]);
        product.Options[0].Name = "Colour";
        product.Options.Add(new() { Name = "Length" });
        Assert.Equal("""{"revision":7,"options":[{"name":"Colour"},{"name":"Length"}]}""", product.ToUpdate().Json.ToJsonString());
        product.Json["visible"] = "yes";
        Assert.Throws<FormatException>(() => product.Visible);
    }

    [Fact]
    public void A_message_is_never_read_from_a_request() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<V3Product>("""{"name":"x"}"""));

    [Fact]
    public async Task A_file_is_uploaded_without_the_token_and_within_its_limit()
    {
        await using var site = await ApiSite.StartAsync(app =>
            app.MapGet("/upload", async (WixAuth auth, WixClient wix) =>
                (await auth.Elevate(wix.Media.Files.UploadAsync)(new MemoryStream(new byte[200_000]), "kitten.png", "image/png")).Id)
                .Elevate(Callers.Visitor));
        var files = site.Admin.Media.Files;
        List<long> progress = [];

        var file = await files.UploadAsync(new MemoryStream(Encoding.UTF8.GetBytes("picture")), "a b.png", "image/png",
            new() { Progress = new Heard(progress) });
        Assert.Equal(("a b.png", "IMAGE"), (file.DisplayName, file.MediaType?.Value));
        Assert.Equal([7L], progress);
        Assert.Null(site.Wix.CallsTo("PUT /_upload/{name}")[0].Header("Authorization"));
        Assert.Equal(200, (await site.GetAsync("/upload")).Status);

        await Assert.ThrowsAsync<UploadTooLargeException>(
            () => files.UploadAsync(new MemoryStream(new byte[11]), "a.png", "image/png", new() { MaxLength = 10 }));
        await Assert.ThrowsAsync<UploadTooLargeException>(
            () => files.UploadAsync(new Unseekable(new byte[11]), "a.png", "image/png", new() { MaxLength = 10 }));
        await Assert.ThrowsAsync<ArgumentException>(() => files.UploadAsync(new MemoryStream(), "../a.png", "image/png"));
        await Assert.ThrowsAsync<ArgumentException>(() => files.UploadAsync(new MemoryStream(), "a.png", "image"));
    }

    private static V3Product Cup() => new()
    {
        Name = "Chipped Cup",
        ProductType = ProductType.Physical,
        PhysicalProperties = new(),
        VariantsInfo = new() { Variants = [new() { Price = new() { ActualPrice = new() { Amount = 3.50m } } }] },
    };

    private static void AssertJson(string expected, string actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), $"Expected {expected}\nand not   {actual}");

    private sealed class Heard(List<long> values) : IProgress<long>
    {
        public void Report(long value) => values.Add(value);
    }

    private sealed class Unseekable(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
