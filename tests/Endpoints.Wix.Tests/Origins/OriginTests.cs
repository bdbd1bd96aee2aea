using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.Extensions.Hosting;

namespace Endpoints.Wix.Tests.Origins;

/// <summary>Which pages may use a session, and which may call from a dashboard.</summary>
public sealed class OriginTests
{
    [Theory]
    [InlineData("https://www.shop.example", "same-site", true)]
    [InlineData("https://www.shop.example", "cross-site", true)]
    [InlineData("https://www.shop.example", null, true)]
    [InlineData("https://www.shop.example", "none", false)]
    [InlineData("https://shop.example", "same-origin", true)]
    [InlineData("https://shop.example", "cross-site", false)]
    [InlineData("https://other.shop.example", "same-site", false)]
    [InlineData("https://www.shop.example.evil", "cross-site", false)]
    [InlineData("http://www.shop.example", "cross-site", false)]
    [InlineData("https://www.shop.example:8443", "cross-site", false)]
    [InlineData("https://www.shop.example, https://evil.example", "cross-site", false)]
    [InlineData("null", "cross-site", false)]
    public async Task S28_Further_own_origins_are_those_of_the_list(string origin, string? fetchSite, bool passes)
    {
        await using var site = await WixSite.StartAsync(app => app.MapPost("/", () => "in").Elevate(Callers.Member), options =>
        {
            options.SessionCookie = WixSessionCookie.Compatible;
            options.PublicOrigin = new("https://shop.example");
            options.OwnOrigins.Add(new("https://www.shop.example"));
        });
        var cookie = Hosting.SessionCookie.Of(site.Wix.App.ClientId, site.Wix.IssueSession(EmulatedIdentity.Member()));
        (string, string)[] headers = fetchSite is null ? [("Origin", origin)] : [("Origin", origin), ("Sec-Fetch-Site", fetchSite)];

        var answer = await site.SendAsync("POST", "/", cookie: cookie, headers: headers);

        Assert.Equal(passes ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.Status);
        Assert.DoesNotContain("shop.example", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_developer_is_told_what_was_expected_and_what_came()
    {
        await using var site = await WixSite.StartAsync(
            app => app.MapPost("/", () => "in").Elevate(Callers.Member),
            options =>
            {
                options.SessionCookie = WixSessionCookie.Compatible;
                options.PublicOrigin = new("https://shop.example");
                options.OwnOrigins.Add(new("https://www.shop.example"));
            },
            build: Develop);
        var cookie = Hosting.SessionCookie.Of(site.Wix.App.ClientId, site.Wix.IssueSession(EmulatedIdentity.Member()));

        var answer = await site.SendAsync("POST", "/", cookie: cookie, headers: [("Origin", "https://elsewhere.example"), ("Sec-Fetch-Site", "cross-site")]);

        Assert.Equal((HttpStatusCode.Forbidden, "cross-site-session"), (answer.Status, answer.Problem));
        var detail = answer.Json.GetProperty("detail").GetString()!;
        Assert.All(
            ["https://shop.example", "https://www.shop.example", "https://elsewhere.example", "cross-site", "Wix:PublicOrigin", "Wix:OwnOrigins"],
            text => Assert.Contains(text, detail, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://{0}.wix.run", true, true)]
    [InlineData("https://dashboard.example", true, true)]
    [InlineData("http://localhost:5173", false, true)]
    [InlineData("http://127.0.0.1:3000", false, true)]
    [InlineData("http://{0}.wix.run", false, false)]
    [InlineData("https://{0}.wix.run.evil", false, false)]
    [InlineData("https://{0}.wix.run:8443", false, false)]
    [InlineData("https://evil.{0}.wix.run", false, false)]
    [InlineData("https://evil-{0}.wix.run", false, false)]
    [InlineData("https://another.wix.run", false, false)]
    [InlineData("https://wix.run", false, false)]
    [InlineData("https://evil.example#{0}.wix.run", false, false)]
    [InlineData("https://{0}.wix.run@evil.example", false, false)]
    [InlineData("http://localhost.evil.example", false, false)]
    [InlineData("http://127.0.0.1.evil.example", false, false)]
    [InlineData("http://x@localhost", false, false)]
    [InlineData("null", false, false)]
    [InlineData("file://localhost", false, false)]
    [InlineData("*", false, false)]
    [InlineData("https://evil.example", false, false)]
    public async Task S29_Only_the_apps_own_dashboard_pages_may_read_answers(string pattern, bool inProduction, bool inDevelopment)
    {
        foreach (var isDevelopment in new[] { false, true })
        {
            await using var site = await WixSite.StartAsync(
                app =>
                {
                    app.UseCors(WixDefaults.DashboardCorsPolicy);
                    app.MapPost("/", () => "in").Elevate(Callers.User);
                },
                build: builder =>
                {
                    builder.Services.AddWixDashboardCors("https://dashboard.example");
                    if (isDevelopment)
                        Develop(builder);
                });
            var origin = pattern.Replace("{0}", site.Wix.App.ClientId, StringComparison.Ordinal);
            var expected = (isDevelopment ? inDevelopment : inProduction) ? origin : null;

            var preflight = await site.SendAsync(
                "OPTIONS", "/", headers: [("Origin", origin), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "authorization,content-type")]);
            var refused = await site.SendAsync("POST", "/", headers: [("Origin", origin)]);
            var answered = await site.SendAsync("POST", "/", site.Wix.IssueToken(EmulatedIdentity.User()), headers: [("Origin", origin)]);

            Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (refused.Status, answered.Status));
            foreach (var answer in new[] { preflight, refused, answered })
            {
                Assert.Equal(expected, answer.Header("Access-Control-Allow-Origin"));
                Assert.Null(answer.Header("Access-Control-Allow-Credentials"));
                if (expected is not null)
                    Assert.Contains("Origin", answer.Header("Vary"), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("*")]
    [InlineData("http://dashboard.example")]
    [InlineData("https://dashboard.example/")]
    [InlineData("https://*.example")]
    [InlineData("dashboard.example")]
    public void A_further_origin_that_is_none_is_an_error(string origin) =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddWixDashboardCors(origin));

    private static void Develop(WebApplicationBuilder builder)
    {
        builder.Environment.EnvironmentName = "Development";
        builder.Services.AddSingleton<IHostEnvironment>(builder.Environment);
    }
}
