using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Endpoints.Tests.Processes;

namespace ExampleSite.Tests;

/// <summary>The site as a visitor's browser and a developer's terminal see it, without credentials.</summary>
public sealed class SiteTests(RunningSite site) : IClassFixture<RunningSite>, IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = site.Address };

    [Fact]
    public void The_start_prints_both_addresses_and_what_to_try()
    {
        Assert.Contains($"Example site   {site.Address.GetLeftPart(UriPartial.Authority)}", site.Output, StringComparison.Ordinal);
        Assert.Contains("Wix emulator   http://127.0.0.1:", site.Output, StringComparison.Ordinal);
        Assert.Contains($"curl {site.Address.GetLeftPart(UriPartial.Authority)}/api/my-api", site.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_calls_the_endpoints_with_fetch()
    {
        var page = await _client.GetStringAsync("/");
        var script = await _client.GetStringAsync("/site.js");

        Assert.Contains("site.js", page, StringComparison.Ordinal);
        Assert.Contains("/api/my-api-plain", script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_elevated_call_gives_a_visitor_the_sites_properties_and_is_not_stored()
    {
        using var answer = await _client.GetAsync("/api/my-api");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("Harbour Coffee Ltd.", body.GetProperty("properties").GetProperty("businessName").GetString());
    }

    [Fact]
    public async Task The_list_of_endpoints_has_the_calls_that_their_code_can_make()
    {
        var page = WebUtility.HtmlDecode(await _client.GetStringAsync("/_endpoints"));

        Assert.Contains("GET /site-properties/v4/properties (SITE_SETTINGS.VIEW)", page, StringComparison.Ordinal);
        Assert.Contains(
            "POST /site-media/v1/files/generate-upload-url (MEDIA.SITE_MEDIA_FILES_UPLOAD), POST /wix-data/v2/items", page,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_call_without_elevation_is_refused_and_says_why()
    {
        using var answer = await _client.GetAsync("/api/my-api-plain");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("urn:endpoints:problem:wix-forbidden", problem.GetProperty("type").GetString());
        Assert.Contains("[Elevate]", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.NotEqual("", problem.GetProperty("wixRequestId").GetString());
    }

    [Fact]
    public async Task Nobody_in_particular_is_a_visitor()
    {
        var who = await _client.GetFromJsonAsync<JsonElement>("/api/who-am-i");

        Assert.Equal("Visitor", who.GetProperty("kind").GetString());
        Assert.Equal(JsonValueKind.Null, who.GetProperty("id").ValueKind);
    }

    [Fact]
    public async Task Every_listed_product_can_be_read_by_its_id()
    {
        var products = await _client.GetFromJsonAsync<JsonElement[]>("/api/products");

        Assert.NotEmpty(products!);
        foreach (var product in products!)
        {
            var one = await _client.GetFromJsonAsync<JsonElement>($"/api/products/{product.GetProperty("id").GetString()}");
            Assert.Equal(product.GetProperty("name").GetString(), one.GetProperty("name").GetString());
        }
    }

    [Fact]
    public async Task A_visitor_uploads_a_picture_and_sees_it_in_the_list()
    {
        using var picture = new ByteArrayContent([0x89, 0x50, 0x4E, 0x47]) { Headers = { ContentType = new("image/png") } };
        using var text = new StringContent("no picture");

        using var added = await _client.PostAsync("/api/pictures", picture);
        using var refused = await _client.PostAsync("/api/pictures", text);
        var list = await _client.GetFromJsonAsync<JsonElement[]>("/api/pictures");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.UnsupportedMediaType), (added.StatusCode, refused.StatusCode));
        var url = (await added.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("url").GetString();
        Assert.Equal(url, Assert.Single(list!).GetProperty("url").GetString());
    }

    [Fact]
    public async Task A_product_that_is_not_there_is_404()
    {
        using var answer = await _client.GetAsync("/api/products/3e0a8f6f-6b1e-4d67-9a2c-9b6a3f0f1c11");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("/api/files/guides/welcome.txt", 200)]
    [InlineData("/api/files", 404)]
    [InlineData("/api/files/none.txt", 404)]
    [InlineData("/api/files/..%2fProgram.cs", 404)]
    [InlineData("/api/files/%2e%2e/%2e%2e/Program.cs", 404)]
    [InlineData("/api/files/guides/..%2f..%2fProgram.cs", 404)]
    public async Task Files_are_read_at_any_depth_and_never_outside_their_folder(string path, int status)
    {
        using var answer = await _client.GetAsync(new Uri(site.Address, path));

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task The_dashboards_origin_may_send_a_token_and_no_other_origin_may()
    {
        Assert.Equal(site.Dashboard.GetLeftPart(UriPartial.Authority),
            await AllowedOrigin(site.Dashboard.GetLeftPart(UriPartial.Authority)));
        Assert.Null(await AllowedOrigin("https://evil.example"));
        Assert.Null(await AllowedOrigin("null"));

        async Task<string?> AllowedOrigin(string origin)
        {
            using var preflight = new HttpRequestMessage(HttpMethod.Options, "/api/who-am-i");
            preflight.Headers.Add("Origin", origin);
            preflight.Headers.Add("Access-Control-Request-Method", "GET");
            preflight.Headers.Add("Access-Control-Request-Headers", "authorization");
            using var answer = await _client.SendAsync(preflight);
            return answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed) ? allowed.Single() : null;
        }
    }

    public void Dispose() => _client.Dispose();
}
