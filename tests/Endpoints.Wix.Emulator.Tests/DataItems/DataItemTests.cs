using System.Net;
using System.Text;
using System.Text.Json;

namespace Endpoints.Wix.Emulator.Tests.DataItems;

public sealed class DataItemTests : EmulatorTest
{
    private const string Root = "/wix-data/v2/items";

    [Fact]
    public async Task An_item_is_inserted_read_updated_and_removed()
    {
        var inserted =
            (await ItemAsync(
                "", new { dataCollectionId = "Events", dataItem = new { data = new { title = "A", seats = 3 } } })).GetProperty("dataItem");
        var id = inserted.Text("id");
        Assert.Equal(id, inserted.Text("data", "_id"));
        Assert.Equal("2026-11-22T12:00:00.000Z", inserted.Text("data", "_createdDate", "$date"));

        Time.Advance(TimeSpan.FromHours(1));
        var updated =
            (await ItemAsync("/update",
                new { dataCollectionId = "Events", dataItem = new { id, data = new { _id = id, title = "B" } } })).GetProperty("dataItem");
        Assert.False(updated.GetProperty("data").TryGetProperty("seats", out _));
        Assert.Equal("2026-11-22T12:00:00.000Z", updated.Text("data", "_createdDate", "$date"));
        Assert.Equal("2026-11-22T13:00:00.000Z", updated.Text("data", "_updatedDate", "$date"));

        var read = await Client.CallAsync($"GET {Root}/{id}?dataCollectionId=Events", AppToken()).JsonAsync();
        Assert.Equal("B", read.Text("dataItem", "data", "title"));

        var removed = await ItemAsync("/remove", new { dataCollectionId = "Events", dataItemId = id });
        Assert.Equal(id, removed.Text("dataItem", "id"));
        using var gone = await Client.CallAsync($"GET {Root}/{id}?dataCollectionId=Events", AppToken());
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Equal("WDE0073", (await gone.JsonAsync()).ErrorCode());
    }

    [Fact]
    public async Task Save_inserts_and_then_replaces()
    {
        await ItemAsync("/save", new { dataCollectionId = "Events", dataItem = new { id = "x", data = new { title = "A", seats = 3 } } });
        await ItemAsync("/save", new { dataCollectionId = "Events", dataItem = new { id = "x", data = new { title = "B" } } });

        var item = Assert.Single(Wix.Site.Items("Events"), i => (string?)i["_id"] == "x");
        Assert.Equal("B", (string?)item["title"]);
        Assert.Null(item["seats"]);
    }

    [Fact]
    public async Task An_id_is_taken_once()
    {
        await ItemAsync("", new { dataCollectionId = "Events", dataItem = new { id = "x", data = new { } } });

        Assert.Equal(
            "WDE0074", (await ItemAsync("", new { dataCollectionId = "Events", dataItem = new { id = "x", data = new { } } })).ErrorCode());
    }

    [Fact]
    public async Task An_unknown_collection_is_a_404()
    {
        using var response =
            await Client.CallAsync($"POST {Root}", AppToken(), new { dataCollectionId = "Nothing", dataItem = new { data = new { } } });

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("WDE0025", (await response.JsonAsync()).ErrorCode());
    }

    [Fact]
    public async Task An_item_beyond_500_kB_is_refused()
    {
        using var response =
            await Client.CallAsync($"POST {Root}", AppToken(),
                new { dataCollectionId = "Events", dataItem = new { data = new { text = new string('x', 500_001) } } });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_patch_changes_single_fields()
    {
        var id = Wix.Site.AddItem(
            "Events", new() { ["title"] = "A", ["seats"] = 3, ["tags"] = new System.Text.Json.Nodes.JsonArray("x", "y"), ["old"] = 1 });

        await ItemAsync("/patch", """
            {"dataCollectionId":"Events","patch":{"dataItemId":"ID","fieldModifications":[
              {"fieldPath":"title","action":"SET_FIELD","setFieldOptions":{"value":"B"}},
              {"fieldPath":"seats","action":"INCREMENT_FIELD","incrementFieldOptions":{"value":2}},
              {"fieldPath":"tags","action":"APPEND_TO_ARRAY","appendToArrayOptions":{"value":"z"}},
              {"fieldPath":"tags","action":"REMOVE_FROM_ARRAY","removeFromArrayOptions":{"value":"x"}},
              {"fieldPath":"place.city","action":"SET_FIELD","setFieldOptions":{"value":"Dublin"}},
              {"fieldPath":"old","action":"REMOVE_FIELD"}]}}
            """.Replace("ID", id));

        var item = Wix.Site.Items("Events").Single(i => (string?)i["_id"] == id);
        Assert.Equal("""{"title":"B","seats":5,"tags":["y","z"]}""", new System.Text.Json.Nodes.JsonObject
        {
            ["title"] = item["title"]!.DeepClone(),
            ["seats"] = item["seats"]!.DeepClone(),
            ["tags"] = item["tags"]!.DeepClone(),
        }.ToJsonString());
        Assert.Equal("Dublin", (string?)item["place"]!["city"]);
        Assert.False(item.ContainsKey("old"));
    }

    [Theory]
    [InlineData("""{}""", "5,1,3,2,4")]
    [InlineData("""{"filter":{"n":3}}""", "3")]
    [InlineData("""{"filter":{"n":{"$gt":2,"$lte":4}}}""", "3,4")]
    [InlineData("""{"filter":{"n":{"$gte":2},"name":{"$ne":"cc"}}}""", "5,2,4")]
    [InlineData("""{"filter":{"n":{"$in":[1,5,"2"]}}}""", "5,1")]
    [InlineData("""{"filter":{"n":{"$nin":[1,5]}}}""", "3,2,4")]
    [InlineData("""{"filter":{"$or":[{"n":1},{"n":2}]}}""", "1,2")]
    [InlineData("""{"filter":{"$and":[{"n":{"$gt":1}},{"n":{"$lt":3}}]}}""", "2")]
    [InlineData("""{"filter":{"$not":[{"n":{"$gt":1}}]}}""", "1")]
    [InlineData("""{"filter":{"$not":{"n":1}}}""", "5,3,2,4")]
    [InlineData("""{"filter":{"name":{"$startsWith":"A"}}}""", "1")]
    [InlineData("""{"filter":{"name":{"$contains":"c"}}}""", "3")]
    [InlineData("""{"filter":{"tags":"red"}}""", "1,2")]
    [InlineData("""{"filter":{"tags":{"$hasSome":["blue","green"]}}}""", "3,2")]
    [InlineData("""{"filter":{"tags":{"$hasAll":["red","blue"]}}}""", "2")]
    [InlineData("""{"filter":{"tags":{"$exists":false}}}""", "5,4")]
    [InlineData("""{"filter":{"when":{"$lt":{"$date":"2026-01-03T00:00:00+01:00"}}}}""", "1,2")]
    [InlineData("""{"filter":{"in.side":7}}""", "5")]
    [InlineData("""{"filter":{"name":{"$gt":1}}}""", "")]
    [InlineData("""{"sort":[{"fieldName":"n"}]}""", "1,2,3,4,5")]
    [InlineData("""{"sort":[{"fieldName":"n","order":"DESC"}],"paging":{"limit":2,"offset":1}}""", "4,3")]
    [InlineData("""{"sort":[{"fieldName":"even","order":"DESC"},{"fieldName":"n","order":"ASC"}]}""", "2,4,1,3,5")]
    public async Task A_query_filters_sorts_and_pages(string query, string expected)
    {
        AddNumbers();

        var answer = await ItemAsync("/query", $$"""{"dataCollectionId":"Numbers","query":{{query}}}""");

        Assert.Equal(expected, string.Join(',', answer.GetProperty("dataItems").EnumerateArray().Select(i => i.Text("data", "n"))));
    }

    [Theory]
    [InlineData("""{"filter":{"n":{"$like":1}}}""")]
    [InlineData("""{"filter":{"$nor":[]}}""")]
    [InlineData("""{"filter":5}""")]
    [InlineData("""{"paging":{"limit":1001}}""")]
    [InlineData("""{"paging":{"limit":0}}""")]
    [InlineData("""{"paging":{"offset":-1}}""")]
    [InlineData("""{"cursorPaging":{"cursor":"rubbish"}}""")]
    public async Task A_malformed_query_is_a_400(string query)
    {
        AddNumbers();

        using var response =
            await Client.CallAsync($"POST {Root}/query", AppToken(), $$"""{"dataCollectionId":"Numbers","query":{{query}}}""");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_cursor_goes_on_where_the_page_ended()
    {
        AddNumbers();
        var seen = new List<string>();
        var query = """{"sort":[{"fieldName":"n"}],"filter":{"n":{"$gt":1}},"cursorPaging":{"limit":3}}""";
        for (string? cursor = ""; cursor is not null;)
        {
            var answer = await ItemAsync("/query", $$"""{"dataCollectionId":"Numbers","query":{{query}}}""");
            seen.AddRange(answer.GetProperty("dataItems").EnumerateArray().Select(i => i.Text("data", "n")));
            cursor = answer.GetProperty("pagingMetadata").GetProperty("cursors").TryGetProperty("next", out var next)
                ? next.GetString() : null;
            Assert.Equal(cursor is not null, answer.GetProperty("pagingMetadata").GetProperty("hasNext").GetBoolean());
            query = JsonSerializer.Serialize(new { cursorPaging = new { limit = 3, cursor } });
        }

        Assert.Equal("2,3,4,5", string.Join(',', seen));
    }

    [Fact]
    public async Task A_query_comes_as_GET_with_a_packed_payload_too()
    {
        AddNumbers();
        var packed =
            Convert.ToBase64String(
                Encoding.UTF8.GetBytes(
                    """{"dataCollectionId":"Numbers","query":{"filter":{"n":{"$lt":3}},"fields":["n"]},"returnTotalCount":true}"""))
            .TrimEnd('=').Replace('+', '-').Replace('/', '_');

        var answer = await Client.CallAsync($"GET {Root}/query?.r={packed}", AppToken()).JsonAsync();

        Assert.Equal(2, answer.GetProperty("dataItems").GetArrayLength());
        Assert.Equal(2, answer.GetProperty("pagingMetadata").GetProperty("total").GetInt32());
        Assert.Equal(["_id", "n"],
            answer.GetProperty("dataItems")[0].GetProperty("data").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Items_are_counted_and_their_values_listed()
    {
        AddNumbers();

        var count = await ItemAsync("/count", """{"dataCollectionId":"Numbers","filter":{"n":{"$gt":3}}}""");
        var values = await ItemAsync("/query-distinct-values", """{"dataCollectionId":"Numbers","fieldName":"tags"}""");

        Assert.Equal(2, count.GetProperty("totalCount").GetInt32());
        Assert.Equal("""["blue","red"]""", values.GetProperty("distinctValues").ToString());
    }

    [Fact]
    public async Task In_bulk_each_item_succeeds_or_fails_by_itself()
    {
        var answer = await Client.CallAsync(
            "POST /wix-data/v2/bulk/items/insert",
            AppToken(),
            """{"dataCollectionId":"Events","returnEntity":true,"dataItems":[{"id":"a","data":{"n":1}},{"id":"a","data":{"n":2}},{"data":7}]}""").JsonAsync();

        var results = answer.GetProperty("results");
        Assert.Equal("a", results[0].Text("itemMetadata", "id"));
        Assert.Equal("INSERT", results[0].Text("action"));
        Assert.Equal("1", results[0].Text("dataItem", "data", "n"));
        Assert.Equal("WDE0074", results[1].Text("itemMetadata", "error", "code"));
        Assert.False(results[2].GetProperty("itemMetadata").GetProperty("success").GetBoolean());
        Assert.Equal(1, answer.GetProperty("bulkActionMetadata").GetProperty("totalSuccesses").GetInt32());
        Assert.Equal(2, answer.GetProperty("bulkActionMetadata").GetProperty("totalFailures").GetInt32());
    }

    [Theory]
    [InlineData(1000, HttpStatusCode.OK)]
    [InlineData(1001, HttpStatusCode.BadRequest)]
    [InlineData(0, HttpStatusCode.BadRequest)]
    public async Task A_bulk_call_takes_1_to_1000_items(int count, HttpStatusCode status)
    {
        var items = Enumerable.Range(0, count).Select(i => new { data = new { i } });

        using var response =
            await Client.CallAsync("POST /wix-data/v2/bulk/items/insert", AppToken(),
                new { dataCollectionId = "Events", dataItems = items });

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task Bulk_update_save_patch_and_remove_work_alike()
    {
        Wix.Site.AddItem("Events", new() { ["_id"] = "a", ["n"] = 1 });
        await BulkAsync("update", """{"dataCollectionId":"Events","dataItems":[{"id":"a","data":{"n":2}}]}""");
        await BulkAsync("save", """{"dataCollectionId":"Events","dataItems":[{"id":"b","data":{"n":3}}]}""");
        await BulkAsync(
            "patch", """{"dataCollectionId":"Events","patches":[{"dataItemId":"a","fieldModifications":[{"fieldPath":"n","action":"INCREMENT_FIELD","incrementFieldOptions":{"value":5}}]}]}""");
        Assert.Equal(7, (int)Wix.Site.Items("Events").Single(i => (string?)i["_id"] == "a")["n"]!);

        await BulkAsync("remove", """{"dataCollectionId":"Events","dataItemIds":["a","b"]}""");
        Assert.DoesNotContain(Wix.Site.Items("Events"), i => (string?)i["_id"] is "a" or "b");
    }

    [Theory]
    [InlineData(CollectionRole.Anyone, "visitor member author app")]
    [InlineData(CollectionRole.SiteMember, "member author app")]
    [InlineData(CollectionRole.SiteMemberAuthor, "author app")]
    [InlineData(CollectionRole.Admin, "app")]
    public async Task The_collection_says_who_may_update(CollectionRole role, string allowed)
    {
        Wix.Site.AddCollection("Notes", new() { Update = role });
        Wix.Site.AddItem("Notes", new() { ["_id"] = "n", ["_owner"] = "author" });

        foreach (var who in new[] { "visitor", "member", "author", "app" })
        {
            using var response =
                await Client.CallAsync($"POST {Root}/update", Token(who),
                    new { dataCollectionId = "Notes", dataItem = new { id = "n", data = new { by = who } } });
            Assert.Equal(allowed.Split(' ').Contains(who) ? HttpStatusCode.OK : HttpStatusCode.Forbidden, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_member_reads_only_their_own_items_where_the_collection_says_so()
    {
        Wix.Site.AddCollection("Notes", new() { Read = CollectionRole.SiteMemberAuthor });
        Wix.Site.AddItem("Notes", new() { ["_id"] = "mine", ["_owner"] = "author" });
        Wix.Site.AddItem("Notes", new() { ["_id"] = "theirs", ["_owner"] = "other" });

        var query = await Client.CallAsync($"POST {Root}/query", Token("author"), new { dataCollectionId = "Notes" }).JsonAsync();
        using var theirs = await Client.CallAsync($"GET {Root}/theirs?dataCollectionId=Notes", Token("author"));

        Assert.Equal("mine", Assert.Single(query.GetProperty("dataItems").EnumerateArray()).Text("id"));
        Assert.Equal(HttpStatusCode.Forbidden, theirs.StatusCode);
    }

    [Fact]
    public async Task Who_inserts_owns_the_item_and_no_update_changes_that()
    {
        Wix.Site.AddCollection("Notes", new() { Insert = CollectionRole.SiteMember, Update = CollectionRole.SiteMemberAuthor });
        await Client.CallAsync($"POST {Root}", Token("author"),
            """{"dataCollectionId":"Notes","dataItem":{"id":"n","data":{"_owner":"someone else"}}}""").JsonAsync();
        await Client.CallAsync($"POST {Root}/update", Token("author"),
            """{"dataCollectionId":"Notes","dataItem":{"id":"n","data":{"_owner":"someone else"}}}""").JsonAsync();

        Assert.Equal("author", (string?)Wix.Site.Items("Notes").Single()["_owner"]);
    }

    private string Token(string who) => Wix.IssueToken(who switch
    {
        "visitor" => EmulatedIdentity.Visitor(),
        "app" => EmulatedIdentity.App(),
        _ => EmulatedIdentity.Member(who),
    });

    private void AddNumbers()
    {
        foreach (var json in new[]
        {
            """{"n":5,"name":"e","in":{"side":7}}""",
            """{"n":1,"name":"ab","tags":["red"],"when":{"$date":"2026-01-01T00:00:00Z"}}""",
            """{"n":3,"name":"cc","tags":["blue"],"when":{"$date":"2026-01-03T00:00:00Z"}}""",
            """{"n":2,"name":"d","tags":["red","blue"],"even":true,"when":{"$date":"2026-01-02T00:00:00Z"}}""",
            """{"n":4,"name":"b","even":true}""",
        })
        {
            Wix.Site.AddItem("Numbers", (System.Text.Json.Nodes.JsonObject)System.Text.Json.Nodes.JsonNode.Parse(json)!);
        }
    }

    private Task<JsonElement> ItemAsync(string path, object body) => Client.CallAsync($"POST {Root}{path}", AppToken(), body).JsonAsync();

    private async Task BulkAsync(string path, string body)
    {
        var answer = await Client.CallAsync($"POST /wix-data/v2/bulk/items/{path}", AppToken(), body).JsonAsync();
        Assert.Equal(0, answer.GetProperty("bulkActionMetadata").GetProperty("totalFailures").GetInt32());
    }
}
