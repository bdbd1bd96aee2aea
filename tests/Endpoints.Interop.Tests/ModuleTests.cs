using System.Text.Json;
using System.Text.Json.Nodes;
using Endpoints.Interop.Tests.Node;
using Endpoints.Wix.Emulator;

namespace Endpoints.Interop.Tests;

/// <summary>Wix's business modules, called as visitor, member, app and API key: stores, data, members, the app's own instance.</summary>
public sealed class ModuleTests : InteropTest
{
    private const string DataRoute = "/wix-data/v2/items";

    private readonly EmulatedMember _member;
    private readonly EmulatedSite _site;

    public ModuleTests(WixAndNode fixture)
        : base(fixture)
    {
        _site = Wix.Site;
        _member = _site.AddMember($"{Guid.NewGuid()}@members.example");
    }

    private Client Visitor => new("oauth", new { Wix.App.ClientId });

    private Client Member =>
        new("oauth", new { Wix.App.ClientId, Tokens = SdkTokens.Of(Wix.IssueSession(EmulatedIdentity.Member(_member.Id)), "member") });

    private Client App => new("app", new { AppId = Wix.App.ClientId, AppSecret = Wix.App.ClientSecret, Wix.InstanceId });

    private Client Key => new("apiKey", new { ApiKey = Wix.ApiKey.Value, SiteId = _site.Id });

    [Fact]
    public async Task A_visitor_sees_the_visible_products_page_by_page()
    {
        var pages = await RunAsync<string[][]>("productNames", Visitor, new { PageSize = 2 });

        Assert.All(pages.SkipLast(1), page => Assert.Equal(2, page.Length));
        Assert.Equal(
            _site.Entities(EmulatedEntityKind.Product).Where(product => product["visible"]!.GetValue<bool>()).Select(Name).Order(),
            pages.SelectMany(page => page).Order());
        Assert.All(Wix.CallsTo("GET /stores/v3/products/query"), call => Assert.Equal(EdgeHost, call.Host));
    }

    [Fact]
    public async Task The_app_sees_the_hidden_products_as_well()
    {
        var names = (await RunAsync<string[][]>("productNames", App, new { PageSize = 100 })).SelectMany(page => page);

        Assert.Equal(_site.Entities(EmulatedEntityKind.Product).Select(Name).Order(), names.Order());
    }

    [Fact]
    public async Task A_product_is_created_changed_and_deleted_by_the_app_alone()
    {
        var given = new
        {
            Name = "Chipped Cup",
            ProductType = "PHYSICAL",
            PhysicalProperties = new { },
            VariantsInfo = new { Variants = new[] { new { Price = new { ActualPrice = new { Amount = "3.50" } }, Choices = Array.Empty<object>() } } },
        };
        foreach (var stranger in new[] { Visitor, Member })
            Assert.Equal(403, (await FailAsync("createProduct", stranger, new { Product = given })).Status);

        var created = await RunAsync<JsonElement>("createProduct", App, new { Product = given });
        var id = created.GetProperty("_id").GetString()!;
        var revision = created.GetProperty("revision").GetString()!;
        var updated = await RunAsync<JsonElement>("updateProduct", App, new { id, Product = new { revision, Name = "Mended Cup" } });
        var stale = await FailAsync("updateProduct", App, new { id, Product = new { revision, Name = "Broken Cup" } });
        var read = await RunAsync<JsonElement>("product", Visitor, new { id });
        await RunAsync<JsonElement>("deleteProduct", App, new { id });
        var gone = await FailAsync("product", Visitor, new { id });

        Assert.NotEqual(revision, updated.GetProperty("revision").GetString());
        Assert.Equal(409, stale.Status);
        Assert.Equal("Mended Cup", read.GetProperty("name").GetString());
        Assert.Equal("3.50", read.GetProperty("actualPriceRange").GetProperty("minValue").GetProperty("amount").GetString());
        Assert.Equal(404, gone.Status);
    }

    [Fact]
    public async Task Products_are_filtered_and_sorted()
    {
        var slugs = await RunAsync<string[]>("findProducts", App, new { StartsWith = "harbour" });

        Assert.Equal(["harbour-blend"], slugs);
    }

    [Theory]
    [InlineData("app")]
    [InlineData("apiKey")]
    public async Task An_item_lives_through_its_life(string by)
    {
        _site.AddCollection("Classes");

        var life = await RunAsync<ItemLife>("itemLife", by == "app" ? App : Key,
            new { Collection = "Classes", Title = $"Latte art, by {by}" });

        Assert.True(life.Date);
        Assert.Equal([3, 3, 4], life.Seats);
        Assert.Equal([true], life.Found);
        Assert.Equal(0, life.Left);
    }

    [Fact]
    public async Task A_visitor_reads_items_and_may_not_add_any()
    {
        _site.AddItem("Notices", new JsonObject { ["title"] = "Open today" });

        var items = await RunAsync<JsonElement[]>("listItems", Visitor, new { Collection = "Notices" });
        var refused = await FailAsync("insertItem", Visitor, new { Collection = "Notices", Item = new { Title = "Closed" } });

        Assert.Equal("Open today", Assert.Single(items).GetProperty("title").GetString());
        Assert.Equal("WDE0027", refused.Code);
        Assert.Equal(403, Call($"POST {DataRoute}").StatusCode);
        Assert.Single(_site.Items("Notices"));
    }

    [Fact]
    public async Task A_member_adds_an_item_where_members_may()
    {
        _site.AddCollection("Guestbook", new() { Insert = CollectionRole.SiteMember });

        var item = await RunAsync<JsonElement>("insertItem", Member, new { Collection = "Guestbook", Item = new { title = "Lovely" } });

        Assert.Equal(_member.Id, item.GetProperty("_owner").GetString());
        Assert.Equal("Lovely", Assert.Single(_site.Items("Guestbook"))["title"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_query_too_long_for_an_address_is_posted()
    {
        _site.AddItem("Long", new JsonObject { ["title"] = "title 7" });
        var titles = Enumerable.Range(0, 500).Select(number => $"title {number}");

        var found = await RunAsync<string[]>("queryItemsAtLength", Visitor, new { Collection = "Long", titles });

        Assert.Equal(["title 7"], found);
        Assert.Single(Wix.CallsTo($"POST {DataRoute}/query"));
        Assert.Empty(Wix.CallsTo($"GET {DataRoute}/query"));
    }

    [Fact]
    public async Task Items_are_inserted_in_bulk()
    {
        _site.AddCollection("Bulk");

        var result = await RunAsync<JsonElement>(
            "bulkInsertItems", App, new { Collection = "Bulk", Items = new[] { new { title = "one" }, new { title = "two" } } });

        Assert.Equal(2, result.GetProperty("inserted").GetInt32());
        Assert.Equal(2, _site.Items("Bulk").Count);
    }

    [Fact]
    public async Task A_member_reads_who_they_are()
    {
        var answer = await RunAsync<JsonElement>("currentMember", Member);

        Assert.Equal(_member.Id, answer.GetProperty("member").GetProperty("_id").GetString());
        Assert.Equal(_member.Email, answer.GetProperty("member").GetProperty("loginEmail").GetString());
    }

    [Fact]
    public async Task The_app_reads_members_in_full_and_a_visitor_does_not()
    {
        var emails = await RunAsync<string[]>("memberEmails", App);
        var refused = await FailAsync("memberEmails", Visitor);

        Assert.Contains(_member.Email, emails);
        Assert.Equal(403, refused.Status);
    }

    [Fact]
    public async Task The_app_reads_its_instance_and_a_visitor_does_not()
    {
        var answer = await RunAsync<JsonElement>("appInstance", App);
        var refused = await FailAsync("appInstance", Visitor);

        Assert.Equal(Wix.InstanceId, answer.GetProperty("instance").GetProperty("instanceId").GetString());
        Assert.Equal(_site.Id, answer.GetProperty("site").GetProperty("siteId").GetString());
        Assert.Equal(403, refused.Status);
    }

    private static string Name(JsonObject entity) => entity["name"]!.GetValue<string>();

    private static JsonObject Merge(Client client, object? input)
    {
        var merged = JsonSerializer.SerializeToNode(client, JsonSerializerOptions.Web)!.AsObject();
        foreach (var (name, value) in JsonSerializer.SerializeToNode(input ?? new { }, JsonSerializerOptions.Web)!.AsObject())
            merged[name] = value?.DeepClone();
        return merged;
    }

    private Task<T> RunAsync<T>(string scenario, Client client, object? input = null) =>
        Node.RunAsync<T>($"modules/{scenario}", Merge(client, input));

    private Task<NodeError> FailAsync(string scenario, Client client, object? input = null) =>
        Node.FailAsync($"modules/{scenario}", Merge(client, input));

    private sealed record Client(string As, object Credentials);

    private sealed record ItemLife(bool Date, int[] Seats, bool[] Found, int Left);
}
