using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Endpoints.Wix.Emulator.Tests;

/// <summary>The services that have no behavior of their own keep their entities as Wix's packages describe them.</summary>
public sealed partial class GenericTests : EmulatorTest
{
    private const string Brands = "/stores/v3/brands";

    private static readonly string Root = Ancestor();

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
        var facts = Facts();
        var (created, read, deleted) = (0, 0, 0);
        foreach (var route in Wix.GenericRoutes)
        {
            var (_, method, types) = facts[route];
            var (request, response) = ((string)method["request"]!, (string)method["response"]!);
            if (!route.StartsWith("POST ", StringComparison.Ordinal) || Shared(types, request, response) is not { } sent
                || route.EndsWith("/query", StringComparison.Ordinal))
                continue;
            var entity = new JsonObject();
            foreach (var path in method["required"]?.AsArray().Select(static one => ((string)one!).Split('.')) ?? [])
            {
                if (path.Length == 2 && path[0] == sent.Request)
                    entity[path[1]] = "given";
            }

            var answer = await Client.CallAsync(route, token, new JsonObject { [sent.Request] = entity }.ToJsonString()).JsonAsync();
            var id = answer.Text(sent.Response, "id");
            created++;
            var others = Wix.GenericRoutes.Where(other => facts[other].Method["entity"]?.ToString() == method["entity"]?.ToString()
                && other.EndsWith('}')).ToList();
            if (others.Find(static other => other.StartsWith("GET ", StringComparison.Ordinal)) is { } get)
            {
                using var there = await Client.CallAsync(Parameter().Replace(get, id), token);
                Assert.True(there.StatusCode == HttpStatusCode.OK, get);
                read++;
            }

            if (others.Find(static other => other.StartsWith("DELETE ", StringComparison.Ordinal)) is { } delete)
            {
                using var done = await Client.CallAsync(Parameter().Replace(delete, id), token);
                Assert.True(done.StatusCode == HttpStatusCode.OK, delete);
                using var twice = await Client.CallAsync(Parameter().Replace(delete, id), token);
                Assert.True(twice.StatusCode == HttpStatusCode.NotFound, delete);
                deleted++;
            }
        }

        Assert.InRange(created, 100, int.MaxValue);
        Assert.InRange(read, 80, int.MaxValue);
        Assert.InRange(deleted, 80, int.MaxValue);
    }

    [Fact]
    public async Task Every_generic_route_refuses_strangers_and_no_visitor_changes_anything()
    {
        var visitor = Wix.IssueToken(EmulatedIdentity.Visitor());
        foreach (var route in Wix.GenericRoutes)
        {
            using var stranger = await Client.CallAsync(Parameter().Replace(route, "1"));
            Assert.True(stranger.StatusCode == HttpStatusCode.Unauthorized, route);
            var hasBody = !route.StartsWith("GET ", StringComparison.Ordinal) && !route.StartsWith("DELETE ", StringComparison.Ordinal);
            using var answer = await Client.CallAsync(Parameter().Replace(route, "1"), visitor, hasBody ? new { } : null);
            Assert.True((int)answer.StatusCode < 500, $"{route} answered {answer.StatusCode}");
            if (route.StartsWith("DELETE ", StringComparison.Ordinal) || route.StartsWith("PATCH ", StringComparison.Ordinal))
                Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{route} answered {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task The_page_lists_every_generic_service()
    {
        var facts = Facts();
        var table = string.Concat(Wix.GenericRoutes.GroupBy(route => facts[route].Service.Split('/')[0])
            .OrderBy(static vertical => vertical.Key, StringComparer.Ordinal)
            .Select(vertical => $"| {vertical.Key} | {string.Join(", ", vertical.Select(route => $"`{facts[route].Service.Split('/')[1]}`")
                .Distinct().Order(StringComparer.Ordinal))} |\n"));
        var page = await File.ReadAllTextAsync(Path.Combine(Root, "docs", "emulator.md"));

        var copy = Path.Combine(Root, "artifacts", "emulator-services.md");
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        await File.WriteAllTextAsync(copy, table);
        Assert.True(page.Contains(table, StringComparison.Ordinal), $"The table of generic services in docs/emulator.md should be {copy}.");
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

    private static string Ancestor()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Endpoints.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Endpoints.sln.");
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

    /// <summary>The service, the method and the types of each route of the facts.</summary>
    private static Dictionary<string, (string Service, JsonNode Method, JsonNode Types)> Facts()
    {
        var routes = new Dictionary<string, (string, JsonNode, JsonNode)>(StringComparer.Ordinal);
        var folder = Path.Combine(Root, "src", "Endpoints.Wix.Api", "facts");
        foreach (var file in Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var facts = JsonNode.Parse(File.ReadAllBytes(file))!;
            var service = Path.GetRelativePath(folder, file).Replace('\\', '/')[..^".json".Length];
            foreach (var method in facts["methods"]?.AsArray() ?? [])
            {
                routes.TryAdd((string)method!["route"]!, (service, method, facts["types"]!));
                if (method["fallback"] is { } fallback)
                    routes.TryAdd($"POST {fallback}", (service, method, facts["types"]!));
            }
        }

        return routes;
    }
}
