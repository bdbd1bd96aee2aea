using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Endpoints.Tests.Hosting;

namespace Endpoints.Tests.Field;

/// <summary>An application's own way with problem documents holds for ours; what a problem is and its status stay.</summary>
public class ProblemDetailsServiceTests
{
    private static readonly FileRoute[] Table = [Routes.File("/api/orders/[id]", typeof(Orders)), Routes.File("/api/fails", typeof(Fails)),
        Routes.File("/api/loop", typeof(Loops))];

    private static readonly (string Method, string Path, string? Body, (string, string)? Header, int Status, string Type)[] Problems =
    [
        ("GET", "/api/fails", null, null, 500, "internal-error"),
        ("GET", "/api/orders/x", null, null, 400, "invalid-parameter"),
        ("POST", "/api/orders/1", "{", null, 400, "malformed-json"),
        ("POST", "/api/orders/1", "", ("Content-Type", "text/plain"), 415, "unsupported-media-type"),
        ("DELETE", "/api/fails", null, null, 405, "method-not-allowed"),
        ("GET", "/api/nothing", null, null, 404, "not-found"),
        ("POST", "/api/fails", null, ("Origin", "https://elsewhere.test"), 403, "cross-site-request"),
        ("GET", "/api/loop", null, null, 508, "rewrite-loop"),
    ];

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Problems.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A6_CustomizeProblemDetails_is_applied_and_type_and_status_stay(int number)
    {
        var problem = Problems[number];
        await using var site =
            await Site.StartAsync(Table, options: null,
                static builder => builder.Services.AddProblemDetails(static options => options.CustomizeProblemDetails = static context =>
        {
            context.ProblemDetails.Type = "https://example.test/other";
            context.ProblemDetails.Status = 200;
            context.ProblemDetails.Title += " (ours)";
            context.ProblemDetails.Instance = context.HttpContext.Request.Path;
            context.ProblemDetails.Extensions["tenant"] = new { name = "ada" };
            context.ProblemDetails.Extensions.Remove("traceId");
        }));

        using var response = await SendAsync(site, problem);
        var document = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();

        Assert.Equal(problem.Status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(("urn:endpoints:problem:" + problem.Type, problem.Status), ((string?)document["type"], (int)document["status"]!));
        Assert.EndsWith(" (ours)", (string?)document["title"], StringComparison.Ordinal);
        Assert.Equal((problem.Path, "ada"), ((string?)document["instance"], (string?)document["tenant"]!["name"]));
        Assert.False(document.ContainsKey("traceId"));
        if (problem.Type == "malformed-json")
            Assert.Equal("$", (string?)document["path"]);
        if (problem.Type == "method-not-allowed")
            Assert.Contains("GET", response.Content.Headers.Allow);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A6_A_writer_of_the_application_writes_it(int number)
    {
        var problem = Problems[number];
        await using var site =
            await Site.StartAsync(Table, options: null,
                static builder => builder.Services.AddSingleton<IProblemDetailsWriter, XmlWriter>().AddProblemDetails());

        using var response = await SendAsync(site, problem, ("Accept", "application/xml"));

        Assert.Equal(problem.Status, (int)response.StatusCode);
        Assert.Equal("application/problem+xml", response.Content.Headers.ContentType!.ToString());
        Assert.Equal($"<problem type=\"urn:endpoints:problem:{problem.Type}\" status=\"{problem.Status}\" />",
            await response.Content.ReadAsStringAsync());

        using var other = await SendAsync(site, problem);
        Assert.Equal("application/problem+json", other.Content.Headers.ContentType!.ToString());
    }

    /// <summary>A refusal stays one, whatever the application's own code makes of its document.</summary>
    [Theory]
    [InlineData("throws")]
    [InlineData("admits")]
    [InlineData("unwritable")]
    [InlineData("writer throws")]
    [InlineData("writer throws late")]
    [InlineData("writer admits")]
    [InlineData("writer asked throws")]
    public async Task A_customizer_or_writer_that_fails_or_admits_changes_no_answer(string how)
    {
        await using var site = await Site.StartAsync(Table, options: null, builder =>
        {
            if (how.StartsWith("writer", StringComparison.Ordinal))
                builder.Services.AddSingleton<IProblemDetailsWriter>(new BadWriter(how)).AddProblemDetails();
            else
                builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = context => Spoil(context, how));
        });

        foreach (var problem in Problems)
        {
            using var response = await SendAsync(site, problem);

            Assert.Equal(problem.Status, (int)response.StatusCode);
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
            if (how == "writer admits")
            {
                Assert.Equal("admitted", await response.Content.ReadAsStringAsync());
                continue;
            }
            var document = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
            Assert.Equal(("urn:endpoints:problem:" + problem.Type, problem.Status), ((string?)document["type"], (int)document["status"]!));
            if (problem.Type == "method-not-allowed")
                Assert.Contains("GET", response.Content.Headers.Allow);
        }
    }

    private static void Spoil(ProblemDetailsContext context, string how)
    {
        (context.ProblemDetails.Title, context.HttpContext.Response.StatusCode) = ("spoilt", 200);
        context.HttpContext.Response.Headers.XContentTypeOptions = "sniff";
        if (how == "throws")
            throw new InvalidOperationException("customizer");
        if (how == "unwritable")
            context.ProblemDetails.Extensions["type"] = new Unwritable();
    }

    private sealed class Unwritable
    {
        private readonly string _why = "unwritable";

        public string Value => throw new InvalidOperationException(_why);
    }

    private sealed class BadWriter(string how) : IProblemDetailsWriter
    {
        public bool CanWrite(ProblemDetailsContext context) =>
            how == "writer asked throws" ? throw new InvalidOperationException(how) : true;

        public async ValueTask WriteAsync(ProblemDetailsContext context)
        {
            var response = context.HttpContext.Response;
            (response.StatusCode, response.ContentLength) = (200, how == "writer admits" ? null : 7);
            response.Headers.ContentEncoding = how == "writer admits" ? default : "br";
            if (how == "writer admits")
                await response.WriteAsync("admitted");
            if (how == "writer throws late")
                await Task.Yield();
            if (how != "writer admits")
                throw new InvalidOperationException(how);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A6_AddProblemDetails_alone_changes_nothing(int number)
    {
        var problem = Problems[number];
        await using var plain = await Site.StartAsync(Table);
        await using var site = await Site.StartAsync(Table, options: null, static builder => builder.Services.AddProblemDetails());

        using var expected = await SendAsync(plain, problem);
        using var response = await SendAsync(site, problem, ("Accept", "text/html"));

        Assert.Equal(WithoutTrace(await expected.Content.ReadAsStringAsync()), WithoutTrace(await response.Content.ReadAsStringAsync()));
        Assert.Equal(expected.Content.Headers.ContentType, response.Content.Headers.ContentType);
    }

    private static string WithoutTrace(string document)
    {
        var json = JsonNode.Parse(document)!.AsObject();
        Assert.True(json.Remove("traceId"));
        return json.ToJsonString();
    }

    private static async Task<HttpResponseMessage> SendAsync(
        Site site, (string Method, string Path, string? Body, (string Name, string Value)? Header, int, string) problem,
        (string Name, string Value)? further = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(problem.Method), problem.Path);
        if (problem.Body is not null)
            request.Content = new StringContent(problem.Body.Length == 0 ? "x" : problem.Body, Encoding.UTF8,
                problem.Header is { Name: "Content-Type" } type ? type.Value : "application/json");
        else if (problem.Header is { } header)
            request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        if (further is { } other)
            request.Headers.TryAddWithoutValidation(other.Name, other.Value);
        return await site.Client.SendAsync(request);
    }

    public static class Orders
    {
        public static string Get(int id) => $"{id}";

        public static string Post(int id, Order order) => $"{id} {order.Name}";
    }

    public sealed record Order(string Name);

    public static class Fails
    {
        public static string Get() => throw new UnreachableException();

        public static string Post() => "";
    }

    public static class Loops
    {
        public static IResult Get(ApiContext context) => context.Rewrite("/api/loop");
    }

    private sealed class XmlWriter : IProblemDetailsWriter
    {
        public bool CanWrite(ProblemDetailsContext context) => context.HttpContext.Request.Headers.Accept == "application/xml";

        public async ValueTask WriteAsync(ProblemDetailsContext context)
        {
            context.HttpContext.Response.ContentType = "application/problem+xml";
            await context.HttpContext.Response.WriteAsync(
                $"<problem type=\"{context.ProblemDetails.Type}\" status=\"{context.ProblemDetails.Status}\" />");
        }
    }
}
