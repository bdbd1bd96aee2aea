using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Endpoints.Wix.Emulator.Tests.Generic;

/// <summary>The services that have no behavior of their own keep their entities as Wix's packages describe them.</summary>
public sealed partial class GenericTests : EmulatorTest
{
    private const string Brands = "/stores/v3/brands";

    [Fact]
    public async Task An_entity_lives_through_its_life()
    {
        await using var receiver = await Receiver.StartAsync();
        using var webhook = Wix.AddWebhook(receiver.Address);
        var token = AppToken();

        var created = (await Client.CallAsync($"POST {Brands}", token, new { brand = new { name = "Harbour" } }).JsonAsync())
            .GetProperty("brand");
        await Client.CallAsync($"POST {Brands}", token, new { brand = new { name = "Lighthouse" } });
        var id = created.Text("id");
        Assert.Equal(("Harbour", "1"), (created.Text("name"), created.Text("revision")));
        Assert.Equal("Harbour", (await Client.CallAsync($"GET {Brands}/{id}", token).JsonAsync()).Text("brand", "name"));

        var updated = (await Client.CallAsync($"PATCH {Brands}/{id}", token,
            new { brand = new { id, revision = "1", name = "Quay" } }).JsonAsync()).GetProperty("brand");
        Assert.Equal(("Quay", "2", id), (updated.Text("name"), updated.Text("revision"), updated.Text("id")));
        using var stale = await Client.CallAsync($"PATCH {Brands}/{id}", token, new { brand = new { id, revision = "1", name = "x" } });
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        using var blind = await Client.CallAsync($"PATCH {Brands}/{id}", token, new { brand = new { id, name = "x" } });
        Assert.Equal(HttpStatusCode.BadRequest, blind.StatusCode);

        var found = await Client.CallAsync($"POST {Brands}/query", token, new { query = new { filter = new { name = "Quay" } } })
            .JsonAsync();
        Assert.Equal(id, Assert.Single(found.GetProperty("brands").EnumerateArray()).Text("id"));
        var byName = new[] { new { fieldName = "name", order = "DESC" } };
        var page = await Client.CallAsync($"POST {Brands}/query", token,
            new { query = new { sort = byName, cursorPaging = new { limit = 1 } } }).JsonAsync();
        Assert.Equal("Quay", page.GetProperty("brands")[0].Text("name"));
        var next = await Client.CallAsync($"POST {Brands}/query", token,
            new { query = new { cursorPaging = new { limit = 1, cursor = page.Text("pagingMetadata", "cursors", "next") } } }).JsonAsync();
        Assert.Equal("Lighthouse", next.GetProperty("brands")[0].Text("name"));
        Assert.Equal("2", (await Client.CallAsync($"POST {Brands}/count", token, new { }).JsonAsync()).Text("count"));

        Assert.Equal("{}", (await Client.CallAsync($"DELETE {Brands}/{id}", token).JsonAsync()).GetRawText());
        using var gone = await Client.CallAsync($"GET {Brands}/{id}", token);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        await Wix.SettleEventsAsync();
        Assert.Equal(["brand_created", "brand_created", "brand_deleted", "brand_updated"],
            receiver.Events.Select(static one => one.Type.Split('.')[^1]).Order(StringComparer.Ordinal));
        Assert.Equal(2, Wix.CallsTo($"POST {Brands}").Count);
    }

    [Fact]
    public async Task What_a_package_requires_is_required()
    {
        using var refused = await Client.CallAsync($"POST {Brands}", AppToken(), new { brand = new { } });

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("brand.name", (await refused.JsonAsync()).GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"brand":{"name":7}}""", "brand.name", "FORMAT")]
    [InlineData("""{"brand":{"name":"123456789012345678901234567890123456789012345678901"}}""", "brand.name", "MAX_LENGTH")]
    [InlineData("""{"brand":[]}""", "brand", "FORMAT")]
    [InlineData("{}", "brand", "REQUIRED_FIELD")]
    public async Task Limits_of_a_package_are_kept(string body, string field, string rule)
    {
        using var refused = await Client.CallAsync($"POST {Brands}", AppToken(), body);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var violation = (await refused.JsonAsync()).GetProperty("details").GetProperty("validationError").GetProperty("fieldViolations")[0];
        Assert.Equal((field, rule), (violation.Text("field"), violation.Text("violatedRule")));
    }

    [Theory]
    [InlineData("""{"query":{"filter":{"logo.id":"1"}}}""", "query.filter")]
    [InlineData("""{"query":{"filter":{"$and":[{"name":"Quay"},{"$not":{"colour":{"$eq":1}}}]}}}""", "query.filter")]
    [InlineData("""{"query":{"sort":[{"fieldName":"name"},{"fieldName":"colour"}]}}""", "query.sort.fieldName")]
    public async Task A_query_takes_the_fields_that_the_package_says_and_no_others(string body, string field)
    {
        using var refused = await Client.CallAsync($"POST {Brands}/query", AppToken(), body);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var violation = (await refused.JsonAsync()).GetProperty("details").GetProperty("validationError").GetProperty("fieldViolations")[0];
        Assert.Equal((field, "FORMAT"), (violation.Text("field"), violation.Text("violatedRule")));
    }

    [Fact]
    public async Task Many_entities_are_created_changed_and_deleted_at_once_and_each_has_its_result()
    {
        var token = AppToken();
        var created = await Client.CallAsync("POST /stores/v3/bulk/brands/create", token,
            new { brands = new[] { new { name = "One" }, new { name = "Two" } }, returnEntity = true }).JsonAsync();
        var ids = created.GetProperty("results").EnumerateArray().Select(static one => one.Text("itemMetadata", "id")).ToArray();
        Assert.Equal(["One", "Two"], created.GetProperty("results").EnumerateArray().Select(static one => one.Text("item", "name")));
        Assert.Equal("2", created.Text("bulkActionMetadata", "totalSuccesses"));

        var updated = await Client.CallAsync("POST /stores/v3/bulk/brands/update", token, new
        {
            brands = new[]
            {
                new { brand = new { id = ids[0], revision = "1", name = "Three" }, mask = "name" },
                new { brand = new { id = ids[1], revision = "7", name = "Four" }, mask = "name" },
            },
        }).JsonAsync();
        Assert.Equal(("1", "1"),
            (updated.Text("bulkActionMetadata", "totalSuccesses"), updated.Text("bulkActionMetadata", "totalFailures")));
        Assert.Equal("INVALID_REVISION", updated.GetProperty("results")[1].Text("itemMetadata", "error", "code"));
        Assert.False(updated.GetProperty("results")[0].TryGetProperty("item", out _)); // it was not asked for
        Assert.Equal("Three", (await Client.CallAsync($"GET {Brands}/{ids[0]}", token).JsonAsync()).Text("brand", "name"));
        Assert.Equal("Two", (await Client.CallAsync($"GET {Brands}/{ids[1]}", token).JsonAsync()).Text("brand", "name"));

        var deleted = await Client.CallAsync("POST /stores/v3/bulk/brands/delete", token,
            new { brandIds = new[] { ids[0], Guid.NewGuid().ToString() } }).JsonAsync();
        Assert.Equal(["True", "False"],
            deleted.GetProperty("results").EnumerateArray().Select(static one => one.Text("itemMetadata", "success")));
    }

    [Fact]
    public async Task A_bulk_operation_reaches_entities_that_have_a_behavior_of_their_own()
    {
        var token = AppToken();
        var product = Wix.Site.Entities(EmulatedEntityKind.Product)[0];

        var deleted = await Client.CallAsync("POST /stores/v3/bulk/products/delete", token,
            new { productIds = new[] { (string)product["id"]! } }).JsonAsync();

        Assert.Equal("1", deleted.Text("bulkActionMetadata", "totalSuccesses"));
        Assert.DoesNotContain(Wix.Site.Entities(EmulatedEntityKind.Product), one => (string?)one["id"] == (string?)product["id"]);
        Assert.DoesNotContain(Wix.Site.Entities(EmulatedEntityKind.InventoryItem),
            one => (string?)one["productId"] == (string?)product["id"]);
    }

    [Fact]
    public async Task An_action_has_the_state_that_its_name_says()
    {
        var token = AppToken();
        var member = Wix.Site.AddMember("new@members.example");

        await Client.CallAsync($"POST /members/v1/members/{member.Id}/block", token, new { });
        Assert.Equal("BLOCKED", Status());
        var job = await Client.CallAsync("POST /members/v1/members/bulk/approve-by-filter", token,
            new { filter = new { loginEmail = "new@members.example" } }).JsonAsync();

        Assert.Equal("APPROVED", Status());
        Assert.True(Guid.TryParse(job.Text("jobId"), out _));
        string? Status() => (string?)Wix.Site.Entities(EmulatedEntityKind.Member).Single(one => (string?)one["id"] == member.Id)["status"];
    }

    [Fact]
    public async Task A_collection_that_is_created_holds_items_by_its_permissions()
    {
        var token = AppToken();
        var given = new { id = "Guests", fields = new[] { new { key = "title", type = "TEXT" } },
            permissions = new { insert = "SITE_MEMBER", update = "ADMIN", remove = "ADMIN", read = "ANYONE" } };
        var created = await Client.CallAsync("POST /wix-data/v2/collections", token, new { collection = given }).JsonAsync();
        using var twice = await Client.CallAsync("POST /wix-data/v2/collections", token, new { collection = given });

        Assert.Equal("Guests", created.Text("collection", "id"));
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        var item = new { dataCollectionId = "Guests", dataItem = new { data = new { title = "Hello" } } };
        using var visitor = await Client.CallAsync("POST /wix-data/v2/items", Wix.IssueToken(EmulatedIdentity.Visitor()), item);
        Assert.Equal(HttpStatusCode.Forbidden, visitor.StatusCode);
        using var member = await Client.CallAsync("POST /wix-data/v2/items",
            Wix.IssueToken(EmulatedIdentity.Member(Wix.Site.Members[0].Id)), item);
        Assert.Equal(HttpStatusCode.OK, member.StatusCode);
        var listed = await Client.CallAsync("GET /wix-data/v2/collections", token).JsonAsync();
        Assert.Contains(listed.GetProperty("collections").EnumerateArray(), static one => one.Text("id") == "Events");
    }

    [Fact]
    public async Task The_current_cart_is_the_callers()
    {
        var (one, other) = (Wix.IssueToken(EmulatedIdentity.Visitor("one")), Wix.IssueToken(EmulatedIdentity.Visitor("other")));
        var line = new { catalogReference = new { catalogItemId = "mug", appId = Guid.NewGuid() }, quantity = 1 };
        using var none = await Client.CallAsync("GET /ecom/v1/carts/current", one);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);

        await Client.CallAsync("POST /ecom/v1/carts/current/add-to-cart", one, new { lineItems = new[] { line } });
        await Client.CallAsync("POST /ecom/v1/carts/current/add-to-cart", other, new { lineItems = new[] { line } });
        using var added = await Client.CallAsync("POST /ecom/v1/carts/current/add-to-cart", one, new { lineItems = new[] { line } });
        Assert.True(added.IsSuccessStatusCode, await added.Content.ReadAsStringAsync());
        var cart = (await added.JsonAsync()).GetProperty("cart");
        Assert.Equal(2, cart.GetProperty("lineItems").GetArrayLength());

        var left = (await Client.CallAsync("POST /ecom/v1/carts/current/remove-line-items", one,
            new { lineItemIds = new[] { cart.GetProperty("lineItems")[0].Text("id") } }).JsonAsync()).GetProperty("cart");
        Assert.Equal(cart.GetProperty("lineItems")[1].Text("id"), Assert.Single(left.GetProperty("lineItems").EnumerateArray()).Text("id"));
    }

    [Fact]
    public async Task A_secret_is_the_apps()
    {
        const string Secrets = "/_api/cloud-secrets-vault-server/api/v1/secrets";
        await Client.CallAsync($"POST {Secrets}", AppToken(), new { secret = new { name = "key", value = "hush" } });

        var read = await Client.CallAsync($"GET {Secrets}/name/key", AppToken()).JsonAsync();
        using var visitor = await Client.CallAsync($"GET {Secrets}/name/key", Wix.IssueToken(EmulatedIdentity.Visitor()));

        Assert.Equal("hush", read.Text("value"));
        Assert.Equal(HttpStatusCode.Forbidden, visitor.StatusCode);
    }

    [Fact]
    public async Task What_no_package_tells_is_checked_and_answered_with_an_example()
    {
        const string Route = "POST /currency_converter/v1/currencies/amounts/EUR/convert/USD";
        using var refused = await Client.CallAsync(Route, AppToken(), new { amounts = 7 });
        var answer = await Client.CallAsync(Route, AppToken(),
            new { from = "EUR", to = "USD", amounts = new[] { new { value = "10", decimalPlaces = 2 } } }).JsonAsync();

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.NotEmpty(answer.EnumerateObject());
    }

    [Fact]
    public async Task Sites_share_nothing()
    {
        var second = Wix.AddSite("Second");
        Wix.App.InstallOn(second);
        await Client.CallAsync($"POST {Brands}", AppToken(), new { brand = new { name = "Harbour" } });

        var there = await Client.CallAsync($"POST {Brands}/query",
            Wix.IssueToken(EmulatedIdentity.App(), options => options.For(Wix.App, second)), new { }).JsonAsync();

        Assert.Equal(0, there.GetProperty("brands").GetArrayLength());
    }

    [Fact]
    public async Task Every_entity_that_can_be_created_can_be_read_and_deleted()
    {
        var token = AppToken();
        var facts = WixFactsOfTests.Routes;
        var (created, read, deleted) = (0, 0, 0);
        foreach (var route in Wix.GenericRoutes)
        {
            var (_, method, service) = facts[route];
            var (request, response) = ((string)method["request"]!, (string)method["response"]!);
            if (!route.StartsWith("POST ", StringComparison.Ordinal) || route.Contains('{', StringComparison.Ordinal)
                || !((string)method["name"]!).StartsWith("create", StringComparison.Ordinal)
                || Shared(service["types"]!, request, response) is not { } sent)
                continue;
            using var response1 = await Client.CallAsync(route, token, WixFactsOfTests.Sample(service, request).ToJsonString());
            var answer = await response1.JsonAsync();
            Assert.True(response1.StatusCode == HttpStatusCode.OK, $"{route}: {answer}");
            var id = answer.Text(sent.Response, "id");
            created++;
            var others = Wix.GenericRoutes.Where(other => facts[other].Method["entity"]?.ToString() == method["entity"]?.ToString()
                && facts[other].Service == facts[route].Service && other.EndsWith('}') && Parameter().Count(other) == 1
                && !other.Split('/').Intersect(["my", "current"]).Any()).ToList();
            if (others.Find(static other => other.StartsWith("GET ", StringComparison.Ordinal)
                && Parameter().Match(other).Value.EndsWith("d}", StringComparison.Ordinal)) is { } get)
            {
                using var there = await Client.CallAsync(With(get, id), token);
                Assert.True(there.StatusCode == HttpStatusCode.OK, $"{get}: {await there.Content.ReadAsStringAsync()}");
                read++;
            }

            if (others.Find(static other => other.StartsWith("DELETE ", StringComparison.Ordinal)) is { } delete)
            {
                using var done = await Client.CallAsync(With(delete, id), token);
                Assert.True(done.StatusCode == HttpStatusCode.OK, $"{delete}: {await done.Content.ReadAsStringAsync()}");
                using var twice = await Client.CallAsync(With(delete, id), token);
                Assert.True(twice.StatusCode == HttpStatusCode.NotFound, delete);
                deleted++;
            }
        }

        Assert.InRange(created, 100, int.MaxValue);
        Assert.InRange(read, 80, int.MaxValue);
        Assert.InRange(deleted, 80, int.MaxValue);
    }

    [Fact]
    public async Task Every_operation_of_the_facts_is_served_and_answers_what_its_message_has()
    {
        var token = AppToken();
        var answered = 0;
        foreach (var (route, (_, method, facts)) in WixFactsOfTests.Routes)
        {
            var parts = route.Split(' ');
            var sample = WixFactsOfTests.Sample(facts, (string)method["request"]!);
            var hasBody = parts[0] is not ("GET" or "DELETE");
            var packed = hasBody ? "" : $"?.r={Base64Url.EncodeToString(Encoding.UTF8.GetBytes(sample.ToJsonString()))}";
            var path = Parameter().Replace(parts[1], static _ => Guid.NewGuid().ToString());
            using var answer = await Client.CallAsync($"{parts[0]} {path}{packed}", token, hasBody ? sample.ToJsonString() : null);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.False((int)answer.StatusCode >= 500, $"{route}: {answer.StatusCode} {text}");
            Assert.DoesNotContain("has no route", text, StringComparison.Ordinal);
            if (answer.StatusCode != HttpStatusCode.OK || !IsAlone(route))
                continue;
            var type = facts["types"]![(string)method["response"]!]!.AsObject();
            foreach (var (name, _) in JsonNode.Parse(text)!.AsObject())
                Assert.True(type.ContainsKey(name), $"{route} answered {name}");
            answered++;
        }

        Assert.InRange(answered, 800, int.MaxValue);

        bool IsAlone(string route) => Wix.GenericRoutes.Contains(route) || Wix.ExampleRoutes.Contains(route);
    }

    [Fact]
    public async Task Every_generic_route_refuses_strangers_and_no_visitor_changes_anything()
    {
        var visitor = Wix.IssueToken(EmulatedIdentity.Visitor());
        foreach (var route in Wix.GenericRoutes.Concat(Wix.ExampleRoutes))
        {
            using var stranger = await Client.CallAsync(Parameter().Replace(route, "1"));
            Assert.True(stranger.StatusCode == HttpStatusCode.Unauthorized, route);
            var hasBody = !route.StartsWith("GET ", StringComparison.Ordinal) && !route.StartsWith("DELETE ", StringComparison.Ordinal);
            using var answer = await Client.CallAsync(Parameter().Replace(route, "1"), visitor, hasBody ? new { } : null);
            Assert.True((int)answer.StatusCode < 500, $"{route} answered {answer.StatusCode}");
            if ((route.StartsWith("DELETE ", StringComparison.Ordinal) || route.StartsWith("PATCH ", StringComparison.Ordinal))
                && !route.Split('/').Intersect(["my", "current"]).Any()) // what is the caller's own
                Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{route} answered {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task The_page_lists_every_operation_of_the_facts()
    {
        var (generic, example) = (Wix.GenericRoutes.ToHashSet(StringComparer.Ordinal), Wix.ExampleRoutes.ToHashSet(StringComparer.Ordinal));
        var table = string.Concat(WixFactsOfTests.Routes.GroupBy(static pair => pair.Value.Service)
            .OrderBy(static service => service.Key, StringComparer.Ordinal).Select(service =>
            {
                string Names(Func<string, bool> which) => string.Join(", ", service.Where(pair => which(pair.Key))
                    .Select(static pair => $"`{pair.Value.Method["name"]}`").Distinct().Order(StringComparer.Ordinal));
                var own = Names(route => !generic.Contains(route) && !example.Contains(route));
                return $"| {service.Key} | {own} | {Names(generic.Contains)} | {Names(example.Contains)} |\n";
            }));
        var page = await File.ReadAllTextAsync(Path.Combine(WixFactsOfTests.Root, "docs", "emulator-operations.md"));

        var copy = Path.Combine(WixFactsOfTests.Root, "artifacts", "emulator-operations.md");
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        await File.WriteAllTextAsync(copy, table);
        Assert.True(page.Contains(table, StringComparison.Ordinal), $"The table in docs/emulator-operations.md should be {copy}.");
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

    /// <summary>The route with an id, and with what else must be there.</summary>
    private static string With(string route, string id)
    {
        var (_, method, facts) = WixFactsOfTests.Routes[route];
        var sample = WixFactsOfTests.Sample(facts, (string)method["request"]!);
        var asked = new JsonObject((method["required"]?.AsArray() ?? []).Select(static one => ((string)one!).Split('.')[^1]).Distinct()
            .Where(name => sample.ContainsKey(name)).Select(name => KeyValuePair.Create(name, sample[name]?.DeepClone())));
        return $"{Parameter().Replace(route, id)}?.r={Base64Url.EncodeToString(Encoding.UTF8.GetBytes(asked.ToJsonString()))}";
    }

    /// <summary>The members of a request and of its answer that have the same entity.</summary>
    private static (string Request, string Response)? Shared(JsonNode types, string request, string response)
    {
        foreach (var (answered, type) in types[response]!.AsObject())
        {
            var name = ((string)type!).Split(' ')[0].TrimEnd('?');
            if (types[name]?["id"] is null)
                continue;
            foreach (var (sent, of) in types[request]!.AsObject())
            {
                if (((string)of!).Split(' ')[0].TrimEnd('?') == name)
                    return (sent, answered);
            }
        }

        return null;
    }
}
