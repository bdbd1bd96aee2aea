using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator;

namespace Endpoints.Wix.Api.Tests.Data;

/// <summary>Items of collections, through the emulator.</summary>
public sealed class DataItemsTests
{
    private const string QueryRoute = "POST /wix-data/v2/items/query";

    private static readonly DateTimeOffset Noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task An_item_lives_through_its_life()
    {
        await using var site = await ApiSite.StartAsync();
        site.Wix.Site.AddCollection("Classes");
        var items = site.Admin.Data.Items;

        var added = await items.InsertAsync("Classes", new DataItem().Set("title", "Latte art").Set("seats", 3).Set("when", Noon));
        var read = await items.GetAsync("Classes", added.Id!, consistentRead: true);
        Assert.Equal(("Latte art", 3m, Noon), (read!.Text("title"), read.Number("seats"), read.Date("when")));
        Assert.NotNull(read.CreatedDate);

        var patched =
            await items.PatchAsync("Classes", added.Id!, new DataPatch().Increment("seats", 2).Remove("when").Set("room", "North"));
        Assert.Equal(("Latte art", 5m, null, "North"),
            (patched.Text("title"), patched.Number("seats"), patched.Date("when"), patched.Text("room")));

        read.Set("title", "Latte art II");
        var replaced = await items.UpdateAsync("Classes", read);
        Assert.Equal(("Latte art II", 3m, null), (replaced.Text("title"), replaced.Number("seats"), replaced.Text("room")));

        var saved = await items.SaveAsync("Classes", new DataItem { Id = "mine" }.Set("title", "Beans"));
        Assert.Equal("mine", saved.Id);
        Assert.Equal("Beans", (await items.RemoveAsync("Classes", "mine")).Text("title"));
        Assert.Null(await items.GetAsync("Classes", "mine"));
        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<WixApiException>(() => items.GetAsync("Nothing", "mine"))).Status);
    }

    [Fact]
    public async Task Many_items_succeed_or_fail_each_by_itself()
    {
        await using var site = await ApiSite.StartAsync();
        site.Wix.Site.AddCollection("Classes");
        var items = site.Admin.Data.Items;

        var added = await items.BulkInsertAsync(
            "Classes", [new DataItem { Id = "a" }, new DataItem { Id = "b" }, new DataItem { Id = "a" }]);
        Assert.Equal([(0, "a", true), (1, "b", true)],
            added.Where(static one => one.Succeeded).Select(static one => (one.Index, one.Id, one.Succeeded)));
        Assert.Equal((2, false, "WDE0074"),
            Assert.Single(added.Where(static one => !one.Succeeded).Select(static one => (one.Index, one.Succeeded, one.ErrorCode))));
        await items.BulkPatchAsync("Classes", ["a", "b"], new DataPatch().Set("seats", 4));
        await items.BulkUpdateAsync("Classes", [new DataItem { Id = "a" }.Set("seats", 9)]);
        await items.BulkSaveAsync("Classes", [new DataItem { Id = "c" }.Set("seats", 1)]);
        await items.BulkRemoveAsync("Classes", ["b"]);

        Assert.Equal([("a", 9m), ("c", 1m)],
            site.Wix.Site.Items("Classes").Select(static item => (item["_id"]!.ToString(), (decimal)item["seats"]!)).Order());
        await Assert.ThrowsAnyAsync<ArgumentException>(() => items.BulkRemoveAsync("Classes", []));
        await Assert.ThrowsAnyAsync<ArgumentException>(
            () => items.BulkRemoveAsync("Classes", Enumerable.Range(0, 1001).Select(static n => $"{n}")));
    }

    [Fact]
    public async Task A_query_is_filtered_sorted_counted_and_read_page_by_page()
    {
        await using var site = await ApiSite.StartAsync();
        for (var i = 0; i < 25; i++)
            site.Wix.Site.AddItem(
                "Photos", new JsonObject { ["n"] = i, ["status"] = i % 2 == 0 ? "new" : "old", ["tags"] = new JsonArray($"t{i % 3}") });
        var query = site.Admin.Data.Items.Query("Photos").Eq("status", "new");

        var page = await query.Gt("n", 4).Descending("n").Limit(4).WithTotalCount().FindAsync();
        Assert.Equal([24m, 22, 20, 18], page.Items.Select(static item => item.Number("n")!.Value));
        Assert.Equal(10, page.TotalCount);
        Assert.Equal(16, (await query.Gt("n", 4).Descending("n").Limit(4).After(page.NextCursor!).FindAsync()).Items[0].Number("n"));
        Assert.Equal(13, await query.CountAsync());
        Assert.Equal(["t0", "t1", "t2"], (await query.DistinctAsync("tags")).Select(static value => value.ToString()));
        Assert.Equal(4, (await query.HasSome("tags", "t1").Ascending("n").FirstAsync())!.Number("n"));
        Assert.Equal(
            [0m, 2], (await query.Between("n", 0, 4).Ascending("n").FindAsync()).Items.Select(static item => item.Number("n")!.Value));
        var found = await query.Fields("n").Limit(1).FindAsync();
        Assert.Equal(["_id", "n"], found.Items[0].Json.Select(static pair => pair.Key).Order());

        List<decimal> all = [], rest = [];
        await foreach (var item in query.Ascending("n").Limit(5).AllAsync())
            all.Add(item.Number("n")!.Value);
        await foreach (var item in query.Ascending("n").Limit(5).Skip(3).AllAsync())
            rest.Add(item.Number("n")!.Value);
        Assert.Equal(Enumerable.Range(0, 13).Select(static i => 2m * i), all);
        Assert.Equal(all.Skip(3), rest);
    }

    [Fact]
    public async Task A_collection_is_calculated_by_groups()
    {
        await using var site = await ApiSite.StartAsync();
        foreach (var (state, city, people) in ((string, string, int)[])
            [("NY", "Buffalo", 3), ("NY", "New York", 80), ("CA", "San Diego", 13), ("CA", "Los Angeles", 37), ("FL", "Miami", 4)])
            site.Wix.Site.AddItem("Cities", new JsonObject { ["state"] = state, ["city"] = city, ["people"] = people });
        var cities = site.Admin.Data.Items.Aggregate("Cities");

        var states = await cities.Filter(new DataFilter().Gt("people", 3)).Group("state").Sum("people").Avg("people").Max("city")
            .Count("cities").Having(new DataFilter().Gt("peopleSum", 10)).Descending("peopleSum").RunAsync();
        Assert.Equal(
            [("NY", 80m, 80m, "New York", 1m), ("CA", 50m, 25m, "San Diego", 2m)],
            states.Select(static one => (one.Text("state")!, one.Number("peopleSum")!.Value, one.Number("peopleAvg")!.Value,
                one.Text("cityMax")!, one.Number("cities")!.Value)));

        var all = Assert.Single(await cities.Min("people", "least").Count().ConsistentRead().RunAsync());
        Assert.Equal((3m, 5m), (all.Number("least"), all.Number("count")));
        Assert.Equal(["CA", "FL"],
            (await cities.Group("state").Ascending("state").Limit(2).RunAsync()).Select(static one => one.Text("state")));
        Assert.Equal("NY", Assert.Single(await cities.Group("state").Ascending("state").Skip(2).RunAsync()).Text("state"));
    }

    [Fact]
    public async Task What_is_no_calculation_is_not_sent()
    {
        await using var site = await ApiSite.StartAsync();
        var items = site.Admin.Data.Items;

        await Assert.ThrowsAsync<InvalidOperationException>(() => items.Aggregate("Cities").RunAsync());
        foreach (var name in (string[])["", "$sum", "a b", "a..b"])
        {
            Assert.ThrowsAny<ArgumentException>(() => items.Aggregate("Cities").Group(name));
            Assert.ThrowsAny<ArgumentException>(() => items.Aggregate("Cities").Sum(name));
            Assert.ThrowsAny<ArgumentException>(() => items.Aggregate("Cities").Sum("people", name));
            Assert.ThrowsAny<ArgumentException>(() => items.Aggregate("Cities").Ascending(name));
        }

        Assert.ThrowsAny<ArgumentException>(() => items.Aggregate("Cities").Limit(0));
        Assert.ThrowsAny<ArgumentException>(() => items.Aggregate("Cities").Skip(-1));
        Assert.ThrowsAny<ArgumentException>(() => items.Aggregate(""));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => items.QueryReferencedAsync("Cities", "parks", "1", limit: 1001));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => items.QueryReferencedAsync("Cities", "$parks", "1"));
        Assert.Empty(site.Wix.Calls);
    }

    [Fact]
    public async Task A_calculation_is_sent_as_Wix_takes_it()
    {
        await using var site = await ApiSite.StartAsync();
        site.Wix.Site.AddCollection("Cities");

        await site.Admin.Data.Items.Aggregate("Cities").Filter(new DataFilter().Eq("year", 2010)).Group("state").Avg("people.all")
            .Count().Having(new DataFilter().Gt("count", 1)).Descending("count").Limit(5).Skip(1).RunAsync();

        var sent = site.Wix.Calls.Single(static call => call.Path == "/wix-data/v2/items/aggregate");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""
            {"dataCollectionId":"Cities","initialFilter":{"year":2010},
            "aggregation":{"groupingFields":["state"],"operations":[
            {"resultFieldName":"people_allAvg","average":{"itemFieldName":"people.all"}},{"resultFieldName":"count","itemCount":{}}]},
            "finalFilter":{"count":{"$gt":1}},"sort":[{"fieldName":"count","order":"DESC"}],"paging":{"limit":5,"offset":1}}
            """), JsonNode.Parse(sent.Body!)), sent.Body);
    }

    [Fact]
    public async Task Items_refer_to_items()
    {
        await using var site = await ApiSite.StartAsync();
        site.Wix.Site.AddCollection("Cities");
        foreach (var park in (string[])["a", "b", "c"])
            site.Wix.Site.AddItem("Parks", new JsonObject { ["_id"] = park, ["title"] = park });
        var items = site.Admin.Data.Items;
        await items.InsertAsync("Cities", new DataItem { Id = "1" });

        var added = await items.InsertReferencesAsync("Cities", "parks", "1", ["a", "b", "b", "c"]);
        Assert.All(added, static one => Assert.True(one.Succeeded));
        await items.RemoveReferencesAsync("Cities", "parks", "1", ["b"]);
        Assert.True(await items.IsReferencedAsync("Cities", "parks", "1", "a"));
        Assert.False(await items.IsReferencedAsync("Cities", "parks", "1", "b"));

        var page = await items.QueryReferencedAsync("Cities", "parks", "1", limit: 1, skip: 1);
        Assert.Equal(("c", 2L), (Assert.Single(page.Items).Text("title"), page.TotalCount));
        await items.RemoveAsync("Parks", "c");
        Assert.Equal(["a"], (await items.QueryReferencedAsync("Cities", "parks", "1")).Items.Select(static item => item.Id));

        await items.ReplaceReferencesAsync("Cities", "parks", "1", ["b"]);
        var city = (await items.Query("Cities").Include("parks").FindAsync()).Items[0];
        Assert.Equal("b", city.Json["parks"]![0]!["title"]!.ToString());
        Assert.Equal("WDE0073",
            Assert.Single(await items.InsertReferencesAsync("Cities", "parks", "none", ["a"])).ErrorCode);
    }

    [Fact]
    public async Task A_query_is_sent_as_JavaScript_sends_it()
    {
        await using var site = await ApiSite.StartAsync();
        site.Wix.Site.AddCollection("C");

        await site.Admin.Data.Items.Query("C").Eq("a", 1).Gt("c", DateTimeOffset.UnixEpoch).IsEmpty("g").IsNotEmpty("h").Between("n", 1, 5)
            .Ascending("a").Descending("b").Limit(5).Skip(3).Fields("a", "b").Include("ref").ConsistentRead().WithTotalCount().FindAsync();

        // What @wix/data sent for the same.
        var expected = JsonNode.Parse("""
            {"dataCollectionId":"C","query":{"fields":["a","b"],"paging":{"limit":5,"offset":3},
            "filter":{"$and":[{"a":1},{"c":{"$gt":{"$date":"1970-01-01T00:00:00.000Z"}}},{"g":null},{"h":{"$ne":null}},{"n":{"$gte":1}},{"n":{"$lt":5}}]},
            "sort":[{"fieldName":"a","order":"ASC"},{"fieldName":"b","order":"DESC"}]},"includeReferences":[{"field":"ref"}],"consistentRead":true,"returnTotalCount":true}
            """);
        var sent = Assert.Single(site.Wix.CallsTo(QueryRoute)).Body;
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(sent)), sent);
    }

    [Fact]
    public async Task Items_are_read_and_written_as_a_type_and_dates_as_Wix_has_them()
    {
        await using var site = await ApiSite.StartAsync();
        site.Wix.Site.AddCollection("Photos");
        var photos = site.Admin.Data.Items.Typed("Photos", PhotoJson.Default.Photo);

        var added = await photos.InsertAsync(new() { Title = "Harbour", Taken = Noon });
        await photos.UpdateAsync(added with { Title = "Harbour at noon" });

        Assert.Equal("""{"$date":"2026-11-30T12:00:00.000Z"}""", Assert.Single(site.Wix.Site.Items("Photos"))["taken"]!.ToJsonString());
        Assert.Equal(added with { Title = "Harbour at noon" }, await photos.GetAsync(added.Id!));
        Assert.Equal([added.Id], (await photos.QueryAsync(query => query.Gt("taken", Noon.AddDays(-1)))).Select(static photo => photo.Id));
        Assert.Empty(await photos.QueryAsync(query => query.Gt("taken", Noon)));
        Assert.Null(await photos.GetAsync("none"));
    }

    [Fact]
    public async Task Queries_and_writes_are_elevated_like_any_method()
    {
        await using var site = await ApiSite.StartAsync(
            app =>
            {
                app.MapGet("/titles",
                    async (WixAuth auth, WixClient wix) =>
                        (await auth.Elevate(wix.Data.Items.Query)("Secrets").FindAsync()).Items.Select(static item => item.Text("title")))
                    .Elevate(Callers.Visitor, static options => options.Only = ["POST /wix-data/v2/items/query"]);
                app.MapGet("/plain", async (WixClient wix) => (await wix.Data.Items.Query("Secrets").FindAsync()).Items.Count);
                app.MapGet("/add",
                    async (ElevatedWixClient wix) => (await wix.Data.Items.InsertAsync("Secrets", new DataItem().Set("title", "two"))).Id)
                    .Elevate(Callers.Visitor, static options => options.Only = ["POST /wix-data/v2/items/query"]);
            });
        site.Wix.Site.AddCollection("Secrets", new() { Read = CollectionRole.Admin });
        site.Wix.Site.AddItem("Secrets", new JsonObject { ["title"] = "one" });

        Assert.Equal((200, """["one"]"""), await site.GetAsync("/titles"));
        Assert.Equal(403, (await site.GetAsync("/plain")).Status);
        Assert.Equal(500, (await site.GetAsync("/add")).Status); // outside its Only: nothing is sent
        Assert.Single(site.Wix.Site.Items("Secrets"));
    }

    [Fact]
    public void An_item_is_never_read_from_a_request()
    {
        Assert.Throws<JsonException>(
            () => JsonSerializer.Deserialize("""{"title":"x","_owner":"somebody else"}""", PhotoJson.Default.DataItem));
        Assert.Equal("""{"title":"x"}""", JsonSerializer.Serialize(new DataItem().Set("title", "x"), PhotoJson.Default.DataItem));
    }
}
