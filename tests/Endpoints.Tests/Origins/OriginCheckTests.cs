using System.Net;
using Endpoints.Tests.Hosting;
using Microsoft.AspNetCore.Cors;

namespace Endpoints.Tests.Origins;

public class OriginCheckTests
{
    [Theory]
    [InlineData(200)]
    [InlineData(200, "Origin", "{own}")]
    [InlineData(200, "Origin", "{own}", "Sec-Fetch-Site", "same-origin")]
    [InlineData(200, "Sec-Fetch-Site", "same-origin")]
    [InlineData(200, "Sec-Fetch-Site", "none")]
    [InlineData(200, "Origin", "https://localhost:{port}", "Sec-Fetch-Site", "same-origin")]
    [InlineData(200, "Origin", "https://public.test")]
    [InlineData(200, "Origin", "http://evil.test", "Authorization", "Bearer x")]
    [InlineData(200, "Sec-Fetch-Site", "cross-site", "Authorization", "rawtoken")]
    [InlineData(403, "Origin", "http://evil.test")]
    [InlineData(403, "Origin", "http://evil.test", "Sec-Fetch-Site", "same-origin")]
    [InlineData(403, "Origin", "null")]
    [InlineData(403, "Origin", "https://localhost:{port}")]
    [InlineData(403, "Origin", "http://localhost")]
    [InlineData(403, "Origin", "http://LOCALHOST:{port}")]
    [InlineData(403, "Origin", "http://sub.public.test")]
    [InlineData(403, "Sec-Fetch-Site", "cross-site")]
    [InlineData(403, "Sec-Fetch-Site", "same-site")]
    [InlineData(403, "Sec-Fetch-Site", "same-origin, cross-site")]
    [InlineData(403, "Sec-Fetch-Site", "cross-site", "Origin", "{own}")]
    [InlineData(403, "Origin", "http://evil.test", "Authorization", "Basic dTpw")]
    [InlineData(403, "Origin", "http://evil.test", "Authorization", "negotiate x")]
    public async Task A_request_that_another_site_sends_is_refused(int status, params string[] headers)
    {
        await using var site =
            await Site.StartAsync([Routes.Echo("/x", "ALL"), Routes.Echo("/get")],
                options => options.Site = new Uri("https://public.test/path"));
        var sent = headers.Chunk(2).Select(pair => (pair[0], pair[1]
            .Replace("{own}", $"http://localhost:{site.Address.Port}", StringComparison.Ordinal)
            .Replace("{port}", $"{site.Address.Port}", StringComparison.Ordinal))).Append(("Host", $"localhost:{site.Address.Port}"))
            .ToArray();

        foreach (var method in (string[])["POST", "PUT", "PATCH", "DELETE", "PROPFIND", "post"])
        {
            var response =
                await RawRequest.SendAsync(site.Address, method, "/x",
                    sent.Select(header => KeyValuePair.Create(header.Item1, header.Item2)));
            Assert.Equal(status, response.Status);
        }
        Assert.Equal(status == 403 ? HttpStatusCode.Forbidden : HttpStatusCode.MethodNotAllowed,
            (await site.SendAsync("POST", "/get", sent)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await site.SendAsync("GET", "/x", sent)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await site.SendAsync("HEAD", "/x", sent)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await site.SendAsync("OPTIONS", "/x", sent)).StatusCode);
    }

    [Theory]
    [InlineData("/friend", "https://friend.test", null, 200)]
    [InlineData("/friend", "https://friend.test", "cross-site", 200)]
    [InlineData("/friend", "https://evil.test", null, 403)]
    [InlineData("/closed", "https://friend.test", null, 403)]
    [InlineData("/default", "https://friend.test", null, 403)]
    [InlineData("/default", "https://default.test", null, 200)]
    [InlineData("/any", "https://evil.test", "cross-site", 200)]
    public async Task A_site_that_the_endpoints_cors_policy_allows_may_send(string path, string origin, string? fetchSite, int status)
    {
        await using var site = await StartWithCorsAsync();
        (string, string)[] headers = fetchSite is null ? [("Origin", origin)] : [("Origin", origin), ("Sec-Fetch-Site", fetchSite)];
        Assert.Equal(status, (int)(await site.SendAsync("POST", path, headers)).StatusCode);
    }

    [Theory]
    [InlineData("/any", "https://evil.test", 403)]
    [InlineData("/default", "https://default.test", 403)]
    [InlineData("/friend", "https://friend.test", 403)]
    [InlineData("/close-friend", "https://friend.test", 200)]
    public async Task Only_a_policy_that_allows_credentials_speaks_for_cookies(string path, string origin, int status)
    {
        await using var site = await StartWithCorsAsync();
        var response = await site.SendAsync("POST", path, ("Origin", origin), ("Sec-Fetch-Site", "cross-site"), ("Cookie", "session=1"));
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("/friend", "PUT", "https://friend.test", "https://friend.test")]
    [InlineData("/friend", "PUT", "https://evil.test", null)]
    [InlineData("/closed", "PUT", "https://friend.test", null)]
    [InlineData("/any", "DELETE", "https://evil.test", "*")]
    [InlineData("/own-options", "PUT", "https://friend.test", "https://friend.test")]
    public async Task A_preflight_is_answered_by_the_policy_of_the_method_asked_for_and_runs_no_handler(string path, string asked,
        string origin, string? allowed)
    {
        await using var site = await StartWithCorsAsync();
        var response = await site.SendAsync("OPTIONS", path, ("Origin", origin), ("Access-Control-Request-Method", asked));
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(allowed, response.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null);
        Assert.False(response.Headers.Contains("X-Chosen"));
    }

    [Fact]
    public async Task A_preflight_reaches_the_file_where_another_endpoint_has_a_policy_too()
    {
        await using var site = await StartWithCorsAsync(app => app.MapGet("/{**rest}", () => "").RequireCors("friend"));
        var response = await site.SendAsync("OPTIONS", "/any", ("Origin", "https://x.test"), ("Access-Control-Request-Method", "PUT"));
        Assert.Equal("*", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
    }

    [Fact]
    public async Task The_check_can_be_turned_off()
    {
        await using var site = await Site.StartAsync([Routes.Echo("/x", "POST")], options => options.CheckOrigin = false);
        Assert.Equal(HttpStatusCode.OK,
            (await site.SendAsync("POST", "/x", ("Origin", "https://evil.test"), ("Sec-Fetch-Site", "cross-site"))).StatusCode);
    }

    private static Task<Site> StartWithCorsAsync(Action<WebApplication>? also = null) => Site.StartAsync(
        [Routes.File("/friend", typeof(Friendly)), Routes.File("/close-friend", typeof(CloselyFriendly)),
            Routes.File("/closed", typeof(Closed)), Routes.File("/default", typeof(Unmarked)), Routes.File("/any", typeof(Any)),
            Routes.File("/own-options", typeof(OwnOptions))],
        options: null,
        builder => builder.Services.AddCors(cors =>
        {
            cors.AddDefaultPolicy(policy => policy.WithOrigins("https://default.test"));
            cors.AddPolicy("friend", policy => policy.WithOrigins("https://friend.test").AllowAnyMethod());
            cors.AddPolicy("close-friend", policy => policy.WithOrigins("https://friend.test").AllowAnyMethod().AllowCredentials());
            cors.AddPolicy("any", policy => policy.AllowAnyOrigin().AllowAnyMethod());
        }),
        app =>
        {
            app.UseCors();
            also?.Invoke(app);
        });

    [EnableCors("friend")]
    public static class Friendly
    {
        public static string Post(HttpContext context) => Echo.Answer(context);

        public static string Put(HttpContext context) => Echo.Answer(context);
    }

    [EnableCors("close-friend")]
    public static class CloselyFriendly
    {
        public static string Post(HttpContext context) => Echo.Answer(context);
    }

    [DisableCors]
    public static class Closed
    {
        public static string Post(HttpContext context) => Echo.Answer(context);

        public static string Put(HttpContext context) => Echo.Answer(context);
    }

    public static class Unmarked
    {
        public static string Post(HttpContext context) => Echo.Answer(context);
    }

    [EnableCors("any")]
    public static class Any
    {
        public static string All(HttpContext context) => Echo.Answer(context);
    }

    public static class OwnOptions
    {
        [EnableCors("friend")]
        public static string Put(HttpContext context) => Echo.Answer(context);

        public static string Options(HttpContext context) => Echo.Answer(context);
    }
}
