using System.Text;
using System.Text.Json;
using Endpoints.Tests.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace Endpoints.Tests.Field;

/// <summary>
/// A body of a content type that an endpoint doesn't take is refused with those it takes, and as one of them it is taken.
/// </summary>
public class MediaTypeTests
{
    private const string Json = """{"name":"x"}""";

    private static readonly Dictionary<string, string> Bodies = new()
    {
        ["application/json"] = Json, ["application/x-www-form-urlencoded"] = "name=x",
    };

    [Theory]
    [InlineData("/bound")]
    [InlineData("/all")]
    [InlineData("/own")]
    [InlineData("/form")]
    [InlineData("/forms")]
    [InlineData("/ownform")]
    [InlineData("/upload")]
    [InlineData("/declared")]
    public async Task F1_The_types_that_are_taken_are_named_and_one_of_them_is_taken(string path)
    {
        await using var site = await StartAsync();
        foreach (var method in (string[])["POST", "PUT", "PATCH"])
        {
            foreach (var type in (string?[])["text/plain", "text/plain;charset=UTF-8", "application/octet-stream", "image/png", "x", null])
                await AnswersAsync(site, method, path, type);
        }
    }

    private static async Task AnswersAsync(Site site, string method, string path, string? type)
    {
        using var refused = await SendAsync(site, method, path, type, Json);
        using var problem = JsonDocument.Parse(await refused.Content.ReadAsStringAsync());
        var detail = problem.RootElement.GetProperty("detail").GetString()!;

        Assert.Equal((415, "urn:endpoints:problem:unsupported-media-type"),
            ((int)refused.StatusCode, problem.RootElement.GetProperty("type").GetString()));
        Assert.Equal(type is null, detail.Contains("has no Content-Type", StringComparison.Ordinal));
        var header = method switch { "POST" => "Accept-Post", "PATCH" => "Accept-Patch", _ => "Accept" };
        var taken = refused.Headers.GetValues(header).Single().Split(", ");
        foreach (var one in taken)
        {
            Assert.Contains(one, detail, StringComparison.Ordinal);
            using var answer = one.StartsWith("multipart", StringComparison.Ordinal)
                ? await UploadAsync(site, method, path) : await SendAsync(site, method, path, one, Bodies.GetValueOrDefault(one, Json));
            Assert.Equal((200, "x"), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        }
    }

    [Theory]
    [InlineData("/bound", "application/json; charset=none")]
    [InlineData("/own", "application/json; charset=none")]
    public async Task F1_A_character_set_that_is_not_known_is_another_matter(string path, string type)
    {
        await using var site = await StartAsync();
        using var refused = await SendAsync(site, "POST", path, type, Json);
        var text = await refused.Content.ReadAsStringAsync();

        Assert.Equal(415, (int)refused.StatusCode);
        Assert.Contains("character set", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json; charset=\"utf-8\"")]
    [InlineData("application/json;charset=\"UTF-8\"")]
    [InlineData("application/json; odd=\"a;b\"; charset=\"utf-8\"")]
    [InlineData("application/json; charset=utf-8; odd=\"a\"")]
    [InlineData("application/vnd.shop+json; charset=\"us-ascii\"")]
    public async Task F1_A_character_set_may_be_in_quotes(string type)
    {
        await using var site = await StartAsync();
        foreach (var path in (string[])["/bound", "/all", "/own"])
        {
            using var answer = await SendAsync(site, "POST", path, type, Json);
            Assert.Equal((200, "x"), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(Site site, string method, string path, string? type, string body)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (type is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        return await site.Client.SendAsync(new(new(method), path) { Content = content });
    }

    private static async Task<HttpResponseMessage> UploadAsync(Site site, string method, string path)
    {
        using var name = new StringContent("x");
        using var file = new ByteArrayContent("x"u8.ToArray());
        using var content = new MultipartFormDataContent { { name, "name" }, { file, "file", "x" } };
        return await site.Client.SendAsync(new(new(method), path) { Content = content });
    }

    private static Task<Site> StartAsync() => Site.StartAsync(
        Routes.File("/bound", typeof(Bound)), Routes.File("/all", typeof(All)), Routes.File("/own", typeof(Own)),
        Routes.File("/form", typeof(Form)),
        Routes.File("/forms", typeof(Forms)), Routes.File("/ownform", typeof(OwnForm)), Routes.File("/upload", typeof(Upload)),
        Routes.File("/declared", typeof(Declared)));

    public sealed record Named(string Name);

    public static class Bound
    {
        public static string Post(Named named) => named.Name;

        public static string Put(Named named) => named.Name;

        public static string Patch([FromBody] Named named) => named.Name;
    }

    public static class All
    {
        public static string all(Named named) => named.Name;
    }

    public static class Own
    {
        public static async Task<string> Post(HttpRequest request) => (await request.ReadFromJsonAsync<Named>())!.Name;

        public static Task<string> Put(HttpRequest request) => Post(request);

        public static Task<string> Patch(ApiContext context) => Post(context.Request);
    }

    public static class Form
    {
        public static string Post([FromForm] string name) => name;

        public static string Put([FromForm] string name) => name;

        public static string Patch([FromForm] string name) => name;
    }

    public static class Forms
    {
        public static string Post([FromForm] Named named) => named.Name;

        public static string Put([FromForm] Named named) => named.Name;

        public static string Patch(IFormCollection form) => form["name"].ToString();
    }

    public static class OwnForm
    {
        public static async Task<string> Post(HttpRequest request) => (await request.ReadFormAsync())["name"].ToString();

        public static string Put(HttpRequest request) => request.Form["name"].ToString();

        public static Task<string> Patch(HttpContext context) => Post(context.Request);
    }

    public static class Upload
    {
        public static string Post(IFormFile file) => file.FileName;

        public static string Put(IFormFile file) => file.FileName;

        public static string Patch(IFormFileCollection files) => files[0].FileName;
    }

    public static class Declared
    {
        [Consumes("application/merge-patch+json", "application/json")]
        public static string Post(Named named) => named.Name;

        [Consumes("application/merge-patch+json")]
        public static string Put(Named named) => named.Name;

        [Consumes("application/vnd.shop+json")]
        public static string Patch(Named named) => named.Name;
    }
}
