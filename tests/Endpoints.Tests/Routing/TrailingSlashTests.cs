using Endpoints.Tests.Hosting;

namespace Endpoints.Tests.Routing;

public class TrailingSlashTests
{
    private static readonly FileRoute[] Table =
    [
        Routes.Echo("/api/plain", "GET", "POST"),
        Routes.Echo("/api/data.json"),
        Routes.Echo("/api/x/[x].json"),
        Routes.Echo("/api/m/[a]-[b]"),
        Routes.Echo("/api/r/[...rest]"),
        Routes.Echo("/"),
        Routes.Echo("/[one]"),
    ];

    [Theory]
    [InlineData("GET", "/api/plain/", 301, "/api/plain")]
    [InlineData("HEAD", "/api/plain/", 308, "/api/plain")]
    [InlineData("POST", "/api/plain/", 308, "/api/plain")]
    [InlineData("DELETE", "/api/plain/", 308, "/api/plain")]
    [InlineData("GET", "/api/plain/?a=b///", 301, "/api/plain?a=b///")]
    [InlineData("GET", "/api/%70lain/", 301, "/api/%70lain")]
    [InlineData("GET", "/api/data.json/", 301, "/api/data.json")]
    [InlineData("GET", "/api/x/%E4%BD%A0.json/", 301, "/api/x/%E4%BD%A0.json")]
    [InlineData("GET", "/api/m/1-2/", 301, "/api/m/1-2")]
    [InlineData("GET", "/api/r/", 301, "/api/r")]
    [InlineData("GET", "/api/r/a%2Fb/", 301, "/api/r/a%2Fb")]
    [InlineData("GET", "/api/q/../plain/", 301, "/api/plain")]
    [InlineData("GET", "http://{authority}/api/plain/", 301, "/api/plain")]
    [InlineData("GET", "/api/plain", 200, null)]
    [InlineData("GET", "/", 200, null)]
    [InlineData("GET", "/api/m/12/", 404, null)]
    [InlineData("GET", "/api/nothing/here/", 404, null)]
    [InlineData("GET", "/api/plain//", 404, null)]
    public async Task Never_sends_to_the_path_without_slash(string method, string target, int status, string? location)
    {
        await using var site = await Site.StartAsync(Table, options => options.TrailingSlash = TrailingSlash.Never);
        var response =
            await RawRequest.SendAsync(site.Address, method,
                target.Replace("{authority}", $"localhost:{site.Address.Port}", StringComparison.Ordinal));
        Assert.Equal((status, location), (response.Status, response.Header("location")));
    }

    [Theory]
    [InlineData("GET", "/api/plain", 301, "/api/plain/")]
    [InlineData("POST", "/api/plain?x", 308, "/api/plain/?x")]
    [InlineData("GET", "/api/m/1-2", 301, "/api/m/1-2/")]
    [InlineData("GET", "/api/r", 301, "/api/r/")]
    [InlineData("GET", "/api/r/a/b", 301, "/api/r/a/b/")]
    [InlineData("GET", "/api/r/a.txt", 404, null)]
    [InlineData("GET", "/api/r/a.txt/", 200, null)]
    [InlineData("GET", "/api/data.json", 200, null)]
    [InlineData("GET", "/api/data.json/", 404, null)]
    [InlineData("GET", "/api/x/a.json", 200, null)]
    [InlineData("GET", "/api/x/a.json/", 404, null)]
    [InlineData("GET", "/api/plain/", 200, null)]
    [InlineData("GET", "/", 200, null)]
    [InlineData("GET", "/api/nothing/here", 404, null)]
    public async Task Always_sends_to_the_path_with_slash(string method, string target, int status, string? location)
    {
        await using var site = await Site.StartAsync(Table, options => options.TrailingSlash = TrailingSlash.Always);
        var response =
            await RawRequest.SendAsync(site.Address, method,
                target.Replace("{authority}", $"localhost:{site.Address.Port}", StringComparison.Ordinal));
        Assert.Equal((status, location), (response.Status, response.Header("location")));
    }

    [Theory]
    [InlineData(@"/\evil.test/", "/%5Cevil.test")]
    [InlineData("/%5Cevil.test/", "/%5Cevil.test")]
    [InlineData("//evil.test/", null)]
    [InlineData("/.//evil.test/", null)]
    [InlineData("/a/..//evil.test/", null)]
    [InlineData("/%2e//evil.test/", null)]
    [InlineData("/%2Fevil.test/", "/%2Fevil.test")]
    [InlineData("http:///evil.test/", null)]
    [InlineData("/%0d%0aSet-Cookie:x/", "/%0d%0aSet-Cookie:x")]
    public async Task A_redirect_never_leads_to_another_site(string target, string? location)
    {
        await using var site = await Site.StartAsync(Table, options => options.TrailingSlash = TrailingSlash.Never);
        var response = await RawRequest.SendAsync(site.Address, "GET", target);
        Assert.Equal(location, response.Header("location"));
        Assert.Null(response.Header("set-cookie"));
    }

    [Fact]
    public async Task A_redirect_keeps_the_path_base()
    {
        await using var site = await Site.StartAsync(
            Table, options => options.TrailingSlash = TrailingSlash.Never, pipeline: app =>
            {
                app.UsePathBase("/base");
                app.UseRouting();
            });
        var response = await RawRequest.SendAsync(site.Address, "GET", "/base/api/plain/?q");
        Assert.Equal((301, "/base/api/plain?q"), (response.Status, response.Header("location")));
    }
}
