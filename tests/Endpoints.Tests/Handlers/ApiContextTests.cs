using System.Net;
using Endpoints.Tests.Hosting;

namespace Endpoints.Tests.Handlers;

public class ApiContextTests
{
    private static readonly FileRoute[] Table =
    [
        Routes.File("/api/echo/[id]/[...rest]", typeof(Shows)), Routes.File("/api/from", typeof(Rewrites)),
        Routes.File("/api/loop", typeof(Loops)),
        Routes.File("/api/redirect", typeof(Redirects)), Routes.File("/api/cookies", typeof(Cookies)),
        Routes.File("/api/data.json", typeof(Shows)),
    ];

    [Theory]
    [InlineData("/api/echo/5", "id=5;rest=undefined /api/echo/[id]/[...rest] /api/echo/5/ http://localhost:{port}/api/echo/5")]
    [InlineData("/api/echo/5/a%20b/c?q=%20",
        "id=5;rest=a b/c /api/echo/[id]/[...rest] /api/echo/5/a b/c/ http://localhost:{port}/api/echo/5/a%20b/c?q=%20")]
    public async Task It_shows_the_request_as_Astro_does(string path, string expected)
    {
        await using var site = await Site.StartAsync(Table);
        Assert.Equal(expected.Replace("{port}", $"{site.Address.Port}", StringComparison.Ordinal),
            (await RawRequest.SendAsync(site.Address, "GET", path)).Text);
    }

    [Theory]
    [InlineData(TrailingSlash.Ignore, "/", "/api/from", "/api/from/")]
    [InlineData(TrailingSlash.Always, "/", "/api/from/", "/api/from/")]
    [InlineData(TrailingSlash.Never, "/", "/api/from", "/api/from")]
    [InlineData(TrailingSlash.Ignore, "/docs", "/docs/api/from", "/api/from/")]
    [InlineData(TrailingSlash.Always, "/docs", "/docs/api/from/", "/api/from/")]
    public async Task A_rewrite_runs_the_other_file_under_every_setting(TrailingSlash setting, string basePath, string path, string origin)
    {
        await using var site = await Site.StartAsync(Table, options => (options.TrailingSlash, options.BasePath) = (setting, basePath));
        foreach (var to in (string[])["/api/echo/7", "/api/echo/7/", "/api/x/../echo/7", basePath.TrimEnd('/') + "/api/echo/7"])
        {
            var text = await site.GetAsync($"{path}?to={Uri.EscapeDataString(to)}&x=1");
            Assert.StartsWith($"id=7;rest=undefined /api/echo/[id]/[...rest] {origin} ", text, StringComparison.Ordinal);
            Assert.DoesNotContain("x=1", text, StringComparison.Ordinal);
        }
        Assert.EndsWith("/api/data.json", await site.GetAsync($"{path}?to=/api/data.json"), StringComparison.Ordinal);
        Assert.Contains("rest=a%2Fb ", await site.GetAsync($"{path}?to=/api/echo/7/a%252Fb"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/api/from?to=/api/nothing", 404, "not-found")]
    [InlineData("POST", "/api/from?to=/api/echo/1", 405, "method-not-allowed")]
    [InlineData("GET", "/api/from?to=//evil.test/", 500, "internal-error")]
    [InlineData("GET", "/api/from?to=api/echo/1", 500, "internal-error")]
    [InlineData("GET", "/api/from?to=/api/echo//1", 404, "not-found")]
    [InlineData("GET", "/api/loop", 508, "rewrite-loop")]
    public async Task A_rewrite_to_nowhere_is_a_problem(string method, string path, int status, string type)
    {
        await using var site = await Site.StartAsync(Table);
        var response = await site.SendAsync(method, path);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains($"urn:endpoints:problem:{type}\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rewrite_passes_whatever_guards_the_other_file()
    {
        await using var site = await Site.StartAsync(Table, options: null, pipeline: app => app.Use((context, next) =>
        {
            if (!context.Request.Path.StartsWithSegments("/api/echo"))
                return next(context);
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }));
        Assert.Equal(HttpStatusCode.Unauthorized, (await site.SendAsync("GET", "/api/from?to=/api/echo/1")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await site.SendAsync("GET", "/api/from?to=/api/nothing")).StatusCode);
    }

    [Theory]
    [InlineData("/x", 302, "/x")]
    [InlineData("/caf\u00e9?q=\u4f60", 302, "/caf%C3%A9?q=%E4%BD%A0")]
    [InlineData("/a b%20c", 302, "/a%20b%20c")]
    [InlineData("https://example.test/#f", 302, "https://example.test/#f")]
    [InlineData("/a\r\nSet-Cookie: x=y", 500, null)]
    [InlineData("/a\0", 500, null)]
    public async Task A_redirect_holds_only_what_a_header_can(string to, int status, string? location)
    {
        await using var site = await Site.StartAsync(Table);
        var response = await RawRequest.SendAsync(site.Address, "GET", $"/api/redirect?to={Uri.EscapeDataString(to)}");
        Assert.Equal((status, location), (response.Status, response.Header("location")));
        Assert.Null(response.Header("set-cookie"));
    }

    [Theory]
    [InlineData("set", "a=1; Path=/; HttpOnly; SameSite=Lax")]
    [InlineData("twice", "a=2")]
    [InlineData("list", "a=1%2C2")]
    [InlineData("missing", "a=1")]
    [InlineData("delete", "a=deleted; Path=/x; Expires=Thu, 01 Jan 1970 00:00:00 GMT")]
    [InlineData("throw", null)]
    [InlineData("inject-path", null)]
    [InlineData("inject-name", null)]
    public async Task Cookies_are_sent_once_each_and_only_if_the_handler_succeeds(string what, string? header)
    {
        await using var site = await Site.StartAsync(Table);
        var response = await RawRequest.SendAsync(site.Address, "GET", $"/api/cookies?what={what}");
        Assert.Equal(header is null ? [] : [header], response.All("set-cookie"));
        Assert.Equal(what switch { "missing" => 404, _ when header is null => 500, _ => 200 }, response.Status);
    }

    [Fact]
    public async Task Middleware_and_handler_share_the_locals_of_a_request()
    {
        await using var site =
            await Site.StartAsync([Routes.File("/x", typeof(Local))], options: null, pipeline: app => app.Use((context, next) =>
        {
            ApiContext.Of(context).Locals["user"] = context.Request.Query["u"].ToString();
            return next(context);
        }));
        Assert.Equal("ada", await site.GetAsync("/x?u=ada"));
        Assert.Equal("bob", await site.GetAsync("/x?u=bob"));
    }

    [Fact]
    public async Task S15_A_rewrite_does_not_let_the_client_choose_its_address()
    {
        await using var site = await Site.StartAsync(
            [Routes.File("/api/address", typeof(Address)), Routes.File("/api/from", typeof(Rewrites))],
            options: null,
            builder => builder.Services.Configure<ForwardedHeadersOptions>(options =>
            {
                options.ForwardedHeaders = Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.XForwardedFor;
                options.KnownProxies.Clear();
                options.KnownIPNetworks.Clear();
            }),
            app => app.UseForwardedHeaders());

        foreach (var path in (string[])["/api/address", "/api/from?to=/api/address"])
        {
            var response = await site.SendAsync("GET", path, ("X-Forwarded-For", "6.6.6.6, 9.9.9.9"));
            Assert.Equal("9.9.9.9", await response.Content.ReadAsStringAsync());
        }
    }

    public static class Address
    {
        public static string? Get(ApiContext context) => context.ClientAddress;
    }

    public static class Shows
    {
        public static string Get(ApiContext context) =>
            $"{string.Join(';', context.Params.Select(value => $"{value.Key}={value.Value ?? "undefined"}"))} {context.RoutePattern} {context.OriginPathname} {context.Url.AbsoluteUri}";
    }

    public static class Rewrites
    {
        public static IResult Get(ApiContext context, string to) => context.Rewrite(to);

        public static IResult Post(ApiContext context, string to) => context.Rewrite(to);
    }

    public static class Loops
    {
        public static IResult Get(ApiContext context) => context.Rewrite("/api/loop");
    }

    public static class Redirects
    {
        public static IResult Get(ApiContext context, string to) => context.Redirect(to);
    }

    public static class Cookies
    {
        public static IResult Get(ApiContext context, string what)
        {
            var cookies = context.Cookies;
            switch (what)
            {
                case "set":
                    cookies.Set("a", "1", new ApiCookieOptions { Path = "/", HttpOnly = true, SameSite = SameSiteMode.Lax });
                    break;
                case "list":
                    cookies.Set("a", new List<int> { 1, 2 });
                    break;
                case "delete":
                    cookies.Delete("a", new ApiCookieOptions { Path = "/x", MaxAge = TimeSpan.FromDays(1) });
                    break;
                case "inject-path":
                    cookies.Set("a", "1", new ApiCookieOptions { Path = "/; Domain=evil.test" });
                    break;
                case "inject-name":
                    cookies.Set("a=b\r\nX", "1");
                    break;
                default:
                    cookies.Set("a", "1");
                    break;
            }
            if (what == "twice")
                cookies.Set("a", 2);
            Assert.Equal(what != "delete", cookies.Has("a"));
            Assert.DoesNotContain("1", cookies.Get("a")?.ToString() ?? "", StringComparison.Ordinal);
            return what == "throw"
                ? throw new InvalidOperationException() : what == "missing" ? TypedResults.NotFound() : TypedResults.Ok();
        }
    }

    public static class Local
    {
        public static string? Get(ApiContext context) => context.Locals["user"]?.ToString();
    }
}
