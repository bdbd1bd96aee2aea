using System.Net;
using Endpoints.Tests.Hosting;
using Microsoft.Extensions.FileProviders;

namespace Endpoints.Tests.Field;

/// <summary>A fallback for pages does not answer for addresses in the folders of endpoint files.</summary>
public class FallbackTests
{
    private static readonly FileRoute[] Table = [Routes.File("/api/hello", typeof(Hello)), Routes.File("/api/items/[id]", typeof(Items))];

    private static readonly Dictionary<string, Action<WebApplication>> Fallbacks = new()
    {
        ["file"] = static app => app.MapFallbackToFile("index.html"),
        ["handler"] = static app => app.MapFallback(static () => Results.Text("<p>page</p>", "text/html")),
        ["pattern"] = static app => app.MapFallback("{**all}", static () => Results.Text("<p>page</p>", "text/html")),
        ["guarded"] = static app => app.MapFallback(static () => Results.Text("<p>page</p>", "text/html")).WithMetadata("any"),
    };

    public static TheoryData<string, string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, string>();
            foreach (var fallback in Fallbacks.Keys)
            {
                foreach (var method in (string[])["GET", "HEAD", "POST", "DELETE", "OPTIONS"])
                {
                    foreach (var path in (string[])["/api/typo", "/api", "/api/", "/API/typo", "/api/items", "/api/items/1/2",
                        "/api/hello/x"])
                        cases.Add(fallback, method, path);
                }
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A8_An_unknown_address_in_a_folder_of_endpoint_files_is_404(string fallback, string method, string path)
    {
        await using var site = await StartAsync(Fallbacks[fallback]);

        using var response = await site.SendAsync(method, path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("handler")]
    [InlineData("pattern")]
    [InlineData("guarded")]
    public async Task A8_Elsewhere_the_fallback_answers_as_ever(string fallback)
    {
        await using var site = await StartAsync(Fallbacks[fallback]);
        foreach (var path in (string[])["/", "/about", "/apix", "/orders/api"])
            Assert.Equal("<p>page</p>", await site.GetAsync(path));
        Assert.Equal("hello", await site.GetAsync("/api/hello"));
        using var refused = await site.SendAsync("POST", "/api/hello");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, refused.StatusCode);
    }

    [Fact]
    public async Task A8_A_fallback_that_is_for_the_folder_itself_answers_there()
    {
        await using var site = await StartAsync(static app =>
        {
            app.MapFallback("/api/{**rest}", static () => "the folder's own");
            app.MapFallback(static () => "page");
            app.MapGet("/api/minimal", static () => "minimal");
        });

        Assert.Equal("the folder's own", await site.GetAsync("/api/typo"));
        Assert.Equal("minimal", await site.GetAsync("/api/minimal"));
        Assert.Equal("page", await site.GetAsync("/about"));
    }

    [Fact]
    public async Task A8_The_folder_is_looked_for_under_the_base_path()
    {
        await using var site = await StartAsync(Fallbacks["handler"], "/shop");
        using var unknown = await site.SendAsync("GET", "/shop/api/typo");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal("<p>page</p>", await site.GetAsync("/api/typo"));
    }

    private static async Task<Site> StartAsync(Action<WebApplication> map, string basePath = "/")
    {
        var root = Directory.CreateTempSubdirectory().FullName;
        await File.WriteAllTextAsync(Path.Combine(root, "index.html"), "<p>page</p>");
        return await Site.StartAsync(Table, options => options.BasePath = basePath, pipeline: app =>
        {
            app.Environment.WebRootFileProvider = new PhysicalFileProvider(root);
            map(app);
        });
    }

    public static class Hello
    {
        public static string Get() => "hello";
    }

    public static class Items
    {
        public static string Get(int id) => $"{id}";
    }
}
