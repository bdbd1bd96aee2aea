using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Endpoints.Validation.Tests.Validation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Validation.Tests.Listing;

public class ListingTests
{
    private const string Hostile = "<script>alert(1)</script>'\"&";

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    [InlineData("Test")]
    public async Task S36_the_list_of_endpoints_is_absent_outside_development(string environment)
    {
        await using var app = await StartAsync(environment);

        var (status, _) = await app.GetAsync("/_endpoints");

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.DoesNotContain(
            app.Services.GetRequiredService<EndpointDataSource>().Endpoints,
            static endpoint => endpoint is RouteEndpoint route
                && route.RoutePattern.RawText!.Contains("_endpoints", StringComparison.Ordinal));
    }

    [Fact]
    public async Task S36_every_text_on_the_page_is_encoded_and_the_page_can_run_nothing()
    {
        await using var app = await StartAsync("Development");

        using var response = await app.Client.GetAsync("/_endpoints");
        var html = await response.Content.ReadAsStringAsync();

        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;&#x27;&quot;&amp;.cs", html, StringComparison.Ordinal);
        Assert.Contains("<b>&lt;script&gt;", html, StringComparison.Ordinal);

        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(["DENY"], response.Headers.GetValues("X-Frame-Options"));
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        var style = Regex.Match(html, "<style>(.*?)</style>", RegexOptions.Singleline).Groups[1].Value;
        Assert.Contains($"style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'", policy,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task S36_the_list_as_json_is_no_page_either()
    {
        await using var app = await StartAsync("Development");
        using var response = await GetJsonAsync(app);

        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        Assert.DoesNotContain('<', await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Every_endpoint_is_listed_with_its_methods_route_file_guards_and_limits()
    {
        await using var app = await StartAsync("Development");
        var (_, body) = await TestApp.ReadAsync(await GetJsonAsync(app));

        var rows = body!["endpoints"]!.AsArray().Select(static row => string.Join(" | ",
            string.Join(',', row!["methods"]!.AsArray().Select(static method => (string?)method)),
            (string?)row["route"],
            (string?)row["file"] ?? "-",
            Pairs(row["guards"]!),
            Pairs(row["limits"]!)));

        Assert.Equal(
        [
            "GET | /docs/api/guarded | pages/api/guarded.cs | Authorization=policy readers; one of the roles editor; scheme Cookies, "
            + "CORS=policy partners, Callers=member | Calls=30/1m, Rate=policy slow, Time=5 s, Body=1,000 bytes",
            "POST | /docs/api/guarded | pages/api/guarded.cs | Origin=no unsafe requests from other sites, unless CORS allows them, "
            + "Authorization=switched off: anonymous callers are let in, Authorization=policy readers; one of the roles editor; scheme "
                + "Cookies, CORS=policy partners, Callers=member, Validated=Order | Calls=30/1m, Rate=switched off, Body=1,000 bytes",
            $"PATCH | /docs/api/x | pages/api/{Hostile}.cs | Origin=no unsafe requests from other sites, unless CORS allows them, "
            + $"{Hostile}={Hostile} | ",
            " | /docs/{**all} | pages/[...all].cs | Origin=no unsafe requests from other sites, unless CORS allows them | ",
            "GET | /minimal/{id} | - | Authorization=default policy, Host=example.com | ",
        ],
        rows);
        Assert.Equal(["Area"], body["endpoints"]![2]!["folders"]!.AsArray().Select(static folder => (string?)folder));

        static string Pairs(System.Text.Json.Nodes.JsonNode pairs) =>
            string.Join(", ", pairs.AsArray().Select(static pair => $"{pair!["name"]}={pair["value"]}"));
    }

    [Fact]
    public async Task HEAD_answers_as_GET_does_without_the_page()
    {
        await using var app = await StartAsync("Development");
        using var request = new HttpRequestMessage(HttpMethod.Head, "/_endpoints");
        using var response = await app.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Content.Headers.ContentLength > 1000);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_route_of_the_application_with_this_address_is_not_shadowed(bool before)
    {
        await using var app = await TestApp.StartAsync(
            services => services.AddFileRoutes(),
            app =>
            {
                if (before)
                    app.MapGet("/_endpoints", () => "mine");
                app.MapFileRoutes();
                app.MapFileRoutes(typeof(SampleLibrary.Parcel).Assembly);
                if (!before)
                    app.MapGet("/_endpoints", () => "mine");
            },
            "Development");

        var (_, body) = await app.GetAsync("/_endpoints");

        Assert.Equal("mine", (string?)body);
    }

    [Theory]
    [InlineData("/_endpoints", true)]
    [InlineData("/_endpoint", false)]
    public async Task A_route_that_takes_every_address_does_not_hide_the_list(string path, bool isList)
    {
        await using var app = await TestApp.StartAsync(
            services => services.AddFileRoutes(),
            app =>
            {
                app.MapFileRoutes([new FileRoute("pages/[...all].cs", "/[...all]", typeof(CatchAll), [new("GET", "Get")])]);
                app.MapFallback(() => "fallback");
            },
            "Development");

        using var response = await app.Client.GetAsync(path);

        Assert.Equal(isList ? "text/html" : "text/plain", response.Content.Headers.ContentType!.MediaType);
    }

    private static Task<HttpResponseMessage> GetJsonAsync(TestApp app)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/_endpoints");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return app.Client.SendAsync(request);
    }

    private static Task<TestApp> StartAsync(string environment) => TestApp.StartAsync(
        services =>
        {
            services.AddFileRoutes(options => options.BasePath = "/docs");
            services.AddAuthorization(options => options.AddPolicy("readers", policy => policy.RequireClaim("reads")));
            services.AddAuthentication();
        },
        app =>
        {
            app.MapFileRoutes(
            [
                new("pages/api/guarded.cs", "/api/guarded", typeof(Guarded), [new("GET", "Get"), new("POST", "Post")]),
                new($"pages/api/{Hostile}.cs", "/api/x", typeof(HostileHandler), [new("PATCH", "Patch")], typeof(Area)),
                new("pages/[...all].cs", "/[...all]", typeof(CatchAll), [new(FileRouteMethod.All, "All")]),
            ]);
            app.MapGet("/minimal/{id}", (string id) => id).RequireAuthorization().RequireHost("example.com");
        },
        environment);

    [AttributeUsage(AttributeTargets.All)]
    private sealed class GuardsAttribute(string name, string value, string? limit = null) : Attribute, IEndpointGuardMetadata
    {
        public IReadOnlyList<EndpointGuard> Describe() =>
            limit is null ? [new(name, value)] : [new(name, value), new("Calls", limit, IsLimit: true)];
    }

    [Authorize("readers", Roles = "editor", AuthenticationSchemes = "Cookies")]
    [EnableCors("partners")]
    [Guards("Callers", "member", "30/1m")]
    [RequestSizeLimit(1000)]
    private static class Guarded
    {
        [RequestTimeout(5000)]
        [EnableRateLimiting("slow")]
        public static string Get() => "";

        [AllowAnonymous]
        [DisableRateLimiting]
        public static string Post(Order order) => order.Customer!;
    }

    private static class HostileHandler
    {
        [Guards(Hostile, Hostile)]
        public static string Patch() => "";
    }

    private static class CatchAll
    {
        public static string Get() => "all";

        public static string All() => "all";
    }

    private static class Area;
}
