using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Endpoints.Tests.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;

namespace Endpoints.Tests.Field;

/// <summary>A client's invalid body is no failure of the endpoint, whether the framework reads it or the handler itself.</summary>
public class OwnReadingTests
{
    private static readonly FileRoute[] Table =
    [
        Routes.File("/api/json", typeof(ReadsJson)), Routes.File("/api/form", typeof(ReadsForm)),
        Routes.File("/api/bound-form", typeof(BindsForm)), Routes.File("/api/bound-json", typeof(BindsJson)),
        Routes.File("/api/other", typeof(ReadsOther)),
    ];

    private static readonly (string Name, string? Type, string Body, int Status)[] Json =
    [
        ("broken", "application/json", "{\"name\":", 400), ("of another shape", "application/json", "[1]", 400),
        ("of another kind", "application/json", "{\"count\":\"x\"}", 400),
        ("empty", "application/json", "", 400), ("text", "text/plain", "{}", 415),
        ("a form", "application/x-www-form-urlencoded", "name=x", 415), ("without a type", null, "{}", 415),
        ("in no character set", "application/json; charset=none", "{}", 415),
        ("too large", "application/json", $"\"{new string('x', 5000)}\"", 413),
    ];

    private static readonly (string Name, string? Type, string Body, int Status)[] Forms =
    [
        ("text", "text/plain", "name=x", 415), ("JSON", "application/json", "{}", 415), ("without a type", null, "name=x", 415),
        ("without a boundary", "multipart/form-data", "x", 400),
        ("another boundary", "multipart/form-data; boundary=a", "--b\r\n", 400),
        ("cut off", "multipart/form-data; boundary=a", "--a\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nx", 400),
        ("in a character set that .NET refuses", "application/x-www-form-urlencoded; charset=utf-7", "name=x", 415),
        ("a part in a character set that .NET refuses", "multipart/form-data; boundary=a",
            "--a\r\nContent-Disposition: form-data; name=\"name\"\r\nContent-Type: text/plain; charset=utf-7\r\n\r\nx\r\n--a--\r\n", 415),
        ("a long boundary", "multipart/form-data; boundary=" + new string('a', 200), "x", 400),
        ("a part with many headers", "multipart/form-data; boundary=a",
            $"--a\r\n{string.Concat(Enumerable.Range(0, 20).Select(static i => $"X-{i}: y\r\n"))}\r\nx\r\n--a--\r\n", 400),
        ("many keys", "application/x-www-form-urlencoded", string.Join('&', Enumerable.Range(0, 2000).Select(static i => $"k{i}")), 413),
        ("a long key", "application/x-www-form-urlencoded", new string('k', 3000) + "=1", 413),
        ("a long value", "application/x-www-form-urlencoded", "name=" + new string('v', 3000), 413),
        ("too large", "application/x-www-form-urlencoded",
            string.Join('&', Enumerable.Range(0, 400).Select(static i => $"key{i}={new string('x', 30)}")), 413),
    ];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var (path, bodies) in (((string, (string Name, string?, string, int)[])[])
            [
                ("/api/json?how=typed", Json), ("/api/json?how=untyped", Json), ("/api/json?how=late", Json), ("/api/bound-json", Json),
                ("/api/form?how=async", Forms), ("/api/form?how=property", Forms), ("/api/form?how=late", Forms),
                ("/api/bound-form", Forms),
            ]))
            {
                foreach (var body in bodies)
                    cases.Add(path, body.Name);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task F2_A_body_that_can_not_be_read_is_the_clients_whoever_reads_it(string path, string name)
    {
        await using var site =
            await Site.StartAsync(Table, options: null,
                static builder => builder.Services.Configure<Microsoft.AspNetCore.Http.Features.FormOptions>(
                    static form => form.ValueLengthLimit = 2000));
        var (_, type, body, status) = (path.Contains("form", StringComparison.Ordinal) ? Forms : Json).Single(one => one.Name == name);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (type is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var response = await site.Client.PostAsync(path, content);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync());

        Assert.Equal(status, (int)response.StatusCode);
        Assert.StartsWith("urn:endpoints:problem:", (string?)problem!["type"], StringComparison.Ordinal);
        Assert.NotEqual("urn:endpoints:problem:internal-error", (string?)problem["type"]);
        Assert.DoesNotContain(site.Log.Records, static record => record.Level == LogLevel.Error);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("document")]
    [InlineData("contract")]
    [InlineData("operation")]
    [InlineData("data")]
    public async Task F2_Other_JSON_and_other_failures_are_the_endpoints(string how)
    {
        await using var site = await Site.StartAsync(Table);

        using var response =
            await site.Client.PostAsync($"/api/other?how={how}", new StringContent("{}", Encoding.UTF8, "application/json"));

        Assert.Equal(500, (int)response.StatusCode);
        Assert.Contains(site.Log.Records, static record => record.Level == LogLevel.Error);
    }

    [Theory]
    [InlineData("Age=x", "Age")]
    [InlineData("age=x", "age")]
    [InlineData("AGE=x", "AGE")]
    [InlineData("name=a&home.zip=x", "home.zip")]
    [InlineData("name=a&Home.Zip=x", "Home.Zip")]
    public async Task F3_A_field_is_named_as_it_was_sent(string body, string name)
    {
        await using var site = await Site.StartAsync(Table);

        using var response =
            await site.Client.PutAsync("/api/bound-form", new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded"));
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        Assert.Equal(("urn:endpoints:problem:invalid-parameter", name), ((string?)problem["type"], (string?)problem["parameter"]));
    }

    [Theory]
    [InlineData("many keys", "more values, or longer values")]
    [InlineData("without a boundary", "not the form")]
    [InlineData("a long boundary", "not the form")]
    [InlineData("a part with many headers", "too many headers")]
    [InlineData("in a character set that .NET refuses", "character set of the form")]
    [InlineData("a part in a character set that .NET refuses", "character set of the form")]
    public async Task F3_The_reason_is_the_true_one(string name, string reason)
    {
        await using var site = await Site.StartAsync(Table);
        var (_, type, body, _) = Forms.Single(one => one.Name == name);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var response = await site.Client.PostAsync("/api/bound-form", content);

        var problem = await response.Content.ReadAsStringAsync();
        Assert.Contains(reason, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("photo", problem, StringComparison.Ordinal);
    }

    public sealed record Order(string Name, int Count);

    public sealed record Person(string Name, int Age, Address? Home);

    public sealed record Address(int Zip);

    public static class ReadsJson
    {
        [RequestSizeLimit(4000)]
        public static async Task<string> Post(HttpRequest request, string how)
        {
            if (how == "late")
                await Task.Yield();
            return how == "untyped" ? $"{await request.ReadFromJsonAsync(typeof(Order))}" : $"{await request.ReadFromJsonAsync<Order>()}";
        }
    }

    public static class BindsJson
    {
        [RequestSizeLimit(4000)]
        public static string Post(Order order) => order.Name;
    }

    public static class ReadsForm
    {
        [RequestSizeLimit(12_000)]
        public static async Task<string> Post(HttpRequest request, string how)
        {
            if (how == "late")
                await Task.Yield();
            return $"{(how == "property" ? request.Form : await request.ReadFormAsync()).Count}";
        }
    }

    public static class BindsForm
    {
        [RequestSizeLimit(12_000)]
        public static string Post(IFormFile photo) => photo.Name;

        public static string Put([FromForm] Person person) => person.Name;
    }

    public static class ReadsOther
    {
        public static async Task<string> Post(HttpRequest request, string how)
        {
            await request.ReadFromJsonAsync<JsonElement>();
            return how switch
            {
                "text" => $"{JsonSerializer.Deserialize<Order>("{")}",
                "document" => $"{JsonDocument.Parse("{")}",
                "contract" => $"{JsonSerializer.Deserialize<Action>("{}")}",
                "data" => throw new InvalidDataException("The limit is reached."),
                _ => throw new InvalidOperationException("The request content type is wrong."),
            };
        }
    }
}
