using Endpoints.Tests.Hosting;
using Microsoft.AspNetCore.Cors;

namespace Endpoints.Tests.Field;

/// <summary>
/// Answers in a file's place (a redirect, 405, a preflight, OPTIONS) carries the CORS headers that the file's own answer would.
/// </summary>
public class MadeUpAnswerTests
{
    private const string Origin = "https://shop.example";

    private static readonly FileRoute[] Table = [Routes.File("/api/shared/[id]", typeof(Open)), Routes.File("/api/mixed", typeof(Mixed)),
        Routes.File("/api/[a]-[b]", typeof(Open))];

    public static TheoryData<string, TrailingSlash, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, TrailingSlash, string>();
            foreach (var by in (string[])["attribute", "group", "policy"])
            {
                foreach (var setting in Enum.GetValues<TrailingSlash>())
                {
                    foreach (var path in (string[])["/api/shared/1", "/api/shared/1/", "/api/x-y", "/api/x-y/"])
                        cases.Add(by, setting, path);
                }
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task B2_Every_answer_carries_the_headers_of_the_file(string by, TrailingSlash setting, string path)
    {
        await using var site = await StartAsync(by, setting);
        foreach (var method in (string[])["GET", "HEAD", "POST", "PUT", "OPTIONS"])
        {
            using var response = await site.SendAsync(method, path, ("Origin", Origin));

            Assert.True(
                response.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed) && allowed.Single() == Origin,
                $"{method} {path} is answered {(int)response.StatusCode} without the header.");
            var other = (setting, path.EndsWith('/')) is (TrailingSlash.Always, false) or (TrailingSlash.Never, true);
            Assert.Equal(other ? (method == "GET" ? 301 : 308) : method switch { "PUT" => 405, "OPTIONS" => 204, _ => 200 },
                (int)response.StatusCode);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task B2_A_preflight_is_answered_and_not_redirected(string by, TrailingSlash setting, string path)
    {
        await using var site = await StartAsync(by, setting);
        foreach (var method in (string[])["GET", "POST", "PUT"])
        {
            using var response = await site.SendAsync("OPTIONS", path, ("Origin", Origin), ("Access-Control-Request-Method", method));

            if (method == "PUT")
            {
                Assert.DoesNotContain("Location", response.Headers.Select(static header => header.Key));
                continue;
            }
            Assert.Equal(204, (int)response.StatusCode);
            Assert.Equal(Origin, response.Headers.GetValues("Access-Control-Allow-Origin").Single());
            Assert.Contains(method, response.Headers.GetValues("Access-Control-Allow-Methods").Single(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task B2_Each_method_has_its_own_policy_on_the_other_form_of_the_path_too()
    {
        await using var site = await StartAsync("attribute", TrailingSlash.Never);

        foreach (var path in (string[])["/api/mixed", "/api/mixed/"])
        {
            using var get = await site.SendAsync("GET", path, ("Origin", Origin));
            using var delete = await site.SendAsync("DELETE", path, ("Origin", Origin));

            Assert.True(get.Headers.Contains("Access-Control-Allow-Origin"));
            Assert.False(delete.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    [Fact]
    public async Task B2_A_method_that_the_file_has_not_is_405_for_a_site_that_the_policy_allows()
    {
        await using var site = await StartAsync("attribute", TrailingSlash.Ignore);
        using var allowed = await site.SendAsync("PUT", "/api/shared/1", ("Origin", Origin));
        using var other = await site.SendAsync("PUT", "/api/shared/1", ("Origin", "https://elsewhere.example"));
        Assert.Equal((405, 403), ((int)allowed.StatusCode, (int)other.StatusCode));
    }

    private static Task<Site> StartAsync(string by, TrailingSlash setting) => Site.StartAsync(
        builder =>
        {
            builder.Services.AddFileRoutes(options => options.TrailingSlash = setting);
            builder.Services.AddCors(
                static cors =>
                    cors.AddPolicy("shop", static policy => policy.WithOrigins(Origin).AllowAnyHeader().WithMethods("GET", "POST")));
        },
        app =>
        {
            app.UseCors();
            FileRoute[] files = by == "attribute"
                ? Table : [Routes.File("/api/shared/[id]", typeof(Bare)), Routes.File("/api/[a]-[b]", typeof(Bare))];
            var mapped = app.MapFileRoutes(files);
            if (by == "group")
                mapped.RequireCors("shop");
            if (by == "policy")
                mapped.RequireCors(static policy => policy.WithOrigins(Origin).AllowAnyHeader().WithMethods("GET", "POST"));
        });

    [EnableCors("shop")]
    public static class Open
    {
        public static string Get() => "";

        public static string Post() => "";
    }

    public static class Bare
    {
        public static string Get() => "";

        public static string Post() => "";
    }

    public static class Mixed
    {
        [EnableCors("shop")]
        public static string Get() => "";

        [DisableCors]
        public static string Delete() => "";
    }
}
