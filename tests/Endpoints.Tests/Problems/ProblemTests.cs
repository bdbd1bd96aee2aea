using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Endpoints.Tests.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Endpoints.Tests.Problems;

public class ProblemTests
{
    private const string Secret = "secret of the handler";

    private static readonly FileRoute[] Table =
    [
        Routes.File("/api/orders/[id]", typeof(Orders)), Routes.File("/api/fails", typeof(Fails)),
        Routes.File("/api/late", typeof(FailsLate)),
        Routes.File("/api/halfway", typeof(Halfway)), Routes.File("/api/raw", typeof(Raw)), Routes.File("/api/named/[id]", typeof(Named)),
    ];

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task Malformed_json_is_told_with_path_and_position_and_nothing_else(string environment)
    {
        await using var site = await Site.StartAsync(Table, options: null, environment: environment);
        var problem = await PostAsync(site, "/api/orders/1", "{\"name\":\"x\",\n \"lines\":[{\"count\":\"many\"}]}", 400, "malformed-json");
        Assert.Equal(("$.lines[0].count", 2, 26), ((string?)problem["path"], (int)problem["line"]!, (int)problem["position"]!));
        Assert.Equal("The JSON can't be read at $.lines[0].count, line 2, byte 26.", (string?)problem["detail"]);
        Assert.DoesNotContain("many", problem.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("System.", problem.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task Parameters_that_are_missing_or_unparsable_are_named(string environment)
    {
        await using var site = await Site.StartAsync(Table, options: null, environment: environment);
        var problem = await ReadAsync(await site.SendAsync("GET", "/api/orders/xyz?q=1"), 400, "invalid-parameter");
        Assert.Equal("id", (string?)problem["parameter"]);
        Assert.DoesNotContain("xyz", problem.ToJsonString(), StringComparison.Ordinal);
        problem = await ReadAsync(await site.SendAsync("GET", "/api/orders/1"), 400, "invalid-parameter");
        Assert.Equal("q", (string?)problem["parameter"]);
    }

    [Theory]
    [InlineData("GET", "?page=x", "", "page")] // a member
    [InlineData("GET", "", "", "id")] // the route's, and not the member's
    [InlineData("DELETE", "?page-size=x", "", "page-size")]
    [InlineData("DELETE", "", "", "page-size")]
    [InlineData("POST", "", "", "order")]
    [InlineData("POST", "", "null", "order")]
    [InlineData("PUT", "", "Name=a&Count=it's", "Count")]
    [InlineData("PUT", "", "Name=a", "Count")]
    public async Task What_can_not_be_bound_has_the_name_that_the_client_knows(string method, string query, string body, string name)
    {
        await using var site = await Site.StartAsync(Table);
        var request = new HttpRequestMessage(new HttpMethod(method),
            (method == "GET" && query.Length == 0 ? "/api/named/x" : "/api/named/1") + query);
        if (method is "POST" or "PUT")
            request.Content =
                new StringContent(body, Encoding.UTF8, method == "PUT" ? "application/x-www-form-urlencoded" : "application/json");

        var problem = await ReadAsync(await site.Client.SendAsync(request), 400, "invalid-parameter");

        Assert.Equal(name, (string?)problem["parameter"]);
    }

    [Theory]
    [InlineData("no-such-set", 415)]
    [InlineData("utf-7", 415)]
    [InlineData("\"utf-7\"", 415)]
    [InlineData("\"\"", 415)]
    [InlineData("\"utf-16\"", 200)]
    [InlineData("utf-16", 200)]
    public async Task A_character_set_that_is_not_known_is_an_unsupported_media_type(string charset, int status)
    {
        await using var site = await Site.StartAsync(Table);
        var content = new ByteArrayContent(Encoding.Unicode.GetBytes("""{"name":"a","lines":[]}"""));
        content.Headers.TryAddWithoutValidation("Content-Type", $"application/json; charset={charset}");

        var response = await site.Client.PostAsync("/api/orders/1", content);

        Assert.Equal(status, (int)response.StatusCode);
        if (status == 415)
            await ReadAsync(response, 415, "unsupported-media-type");
        Assert.DoesNotContain(site.Log.Records, record => record.Level == LogLevel.Error);
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task Every_failure_is_the_same_document_in_every_environment(string environment)
    {
        await using var site = await Site.StartAsync(Table, options: null, environment: environment);
        foreach (var path in (string[])["/api/fails", "/api/late"])
        {
            var problem = await ReadAsync(await site.SendAsync("GET", path), 500, "internal-error");
            Assert.Equal(["type", "title", "status", "traceId"], problem.Select(member => member.Key));
        }
        Assert.Equal(
            2, site.Log.Records.Count(
                record => record.Level == LogLevel.Error && record.Cause is InvalidOperationException { Message: Secret }));

        await ReadAsync(await site.SendAsync("PATCH", "/api/fails"), 500, "internal-error");
        await ReadAsync(await site.SendAsync("GET", "/api/nothing"), 404, "not-found");
        await ReadAsync(await site.SendAsync("GET", "/API/"), 404, "not-found");
        await ReadAsync(await site.SendAsync("DELETE", "/api/fails"), 405, "method-not-allowed");
        await ReadAsync(await site.SendAsync("POST", "/api/fails", ("Origin", "https://evil.test")), 403, "cross-site-request");
        await PostAsync(site, "/api/orders/1", "name=x", 415, "unsupported-media-type", "application/x-www-form-urlencoded");
        Assert.Empty(await (await site.SendAsync("GET", "/elsewhere")).Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/api/orders/1", false)]
    [InlineData("/api/orders/1", true)]
    [InlineData("/api/raw", false)]
    [InlineData("/api/raw", true)]
    public async Task Too_large_a_body_is_413_whoever_reads_it(string path, bool chunked)
    {
        await using var site =
            await Site.StartAsync(Table, options: null,
                services: builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 1000));
        var body = $"{{\"name\":\"{new string('x', 2000)}\"}}";
        var head = $"POST {path} HTTP/1.1\r\nHost: localhost:{site.Address.Port}\r\nContent-Type: application/json\r\nConnection: "
            + "close\r\n";
        head += chunked
            ? $"Transfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n{body}\r\n0\r\n\r\n" : $"Content-Length: {body.Length}\r\n\r\n{body}";
        var response = await RawRequest.SendAsync(site.Address, Encoding.UTF8.GetBytes(head));
        Assert.Equal((413, "urn:endpoints:problem:body-too-large"), (response.Status, (string?)JsonNode.Parse(response.Text)!["type"]));
    }

    [Fact]
    public async Task Half_an_answer_is_broken_off_so_that_it_does_not_look_whole()
    {
        await using var site = await Site.StartAsync(Table);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => site.GetAsync("/api/halfway"));
    }

    [Fact]
    public async Task A_status_that_the_handler_sets_itself_is_passed_on_untouched()
    {
        await using var site = await Site.StartAsync(Table);
        var response = await site.SendAsync("PUT", "/api/fails");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public void Every_type_is_documented()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Endpoints.sln")))
            root = Path.GetDirectoryName(root)!;
        var documented = File.ReadAllText(Path.Combine(root, "docs", "problems.md"));
        var types = typeof(Endpoints.Problems.RequestProblems).GetProperties()
            .Select(property => ((Endpoints.Problems.Problem)property.GetValue(null)!).Type);
        Assert.All(types.Concat(["malformed-json", "invalid-parameter", "validation"]),
            type => Assert.Contains($"`{type}`", documented, StringComparison.Ordinal));
    }

    private static async Task<JsonObject> PostAsync(Site site, string path, string body, int status, string type,
        string contentType = "application/json") =>
        await ReadAsync(await site.Client.PostAsync(path, new StringContent(body, Encoding.UTF8, contentType)), status, type);

    private static async Task<JsonObject> ReadAsync(HttpResponseMessage response, int status, string type)
    {
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.ToString());
        var text = await response.Content.ReadAsStringAsync();
        var problem = JsonNode.Parse(text)!.AsObject();
        Assert.Equal("urn:endpoints:problem:" + type, (string?)problem["type"]);
        Assert.Equal(status, (int)problem["status"]!);
        Assert.False(string.IsNullOrEmpty((string?)problem["traceId"]));
        Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
        return problem;
    }

    public sealed record Order(string Name, Line[] Lines);

    public sealed record Line(int Count);

    public static class Orders
    {
        public static string Get(int id, string q) => $"{id} {q}";

        public static string Post(int id, Order order) => $"{id} {order.Name}";
    }

    public static class Fails
    {
        public static string Get(HttpContext context)
        {
            context.Response.Headers["X-Left"] = "over";
            throw new InvalidOperationException(Secret);
        }

        public static string Post() => throw new InvalidOperationException(Secret);

        public static IResult Put() => TypedResults.NotFound();

        public static Task Patch() => null!;
    }

    public static class Named
    {
        public static string Get([AsParameters] Query query) => $"{query}";

        public static string Delete([FromQuery(Name = "page-size")] int size) => $"{size}";

        public static string Post(Order order) => order.Name;

        public static string Put([FromForm] Fields fields) => fields.Name;
    }

    public sealed record Query(int Id, [property: FromQuery] int Page = 1);

    public sealed record Fields(string Name, int Count);

    public static class FailsLate
    {
        public static async Task<string> Get()
        {
            await Task.Yield();
            throw new InvalidOperationException(Secret);
        }
    }

    public static class Halfway
    {
        public static async Task Get(HttpResponse response)
        {
            await response.WriteAsync("half");
            await response.Body.FlushAsync();
            throw new InvalidOperationException(Secret);
        }
    }

    public static class Raw
    {
        public static async Task<long> Post(HttpRequest request)
        {
            using var all = new MemoryStream();
            await request.Body.CopyToAsync(all);
            return all.Length;
        }
    }
}
