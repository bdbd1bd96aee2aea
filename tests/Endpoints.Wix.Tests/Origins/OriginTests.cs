using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Modules;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.Extensions.Hosting;

namespace Endpoints.Wix.Tests.Origins;

/// <summary>The pages that may use a session, and those that may call from a dashboard.</summary>
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
            options.Session.Cookie = WixSessionCookie.Compatible;
            options.PublicOrigin = new("https://shop.example");
            options.OwnOrigins.Add(new("https://www.shop.example"));
        });
        var cookie = Hosting.SessionCookie.Of(site.Wix.App.ClientId, site.Wix.IssueSession(EmulatedIdentity.Member()));
        (string, string)[] headers = fetchSite is null ? [("Origin", origin)] : [("Origin", origin), ("Sec-Fetch-Site", fetchSite)];

        var answer = await site.SendAsync("POST", "/", cookie: cookie, headers: headers);

        Assert.Equal(passes ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.Status);
        Assert.DoesNotContain("shop.example", answer.Body, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string?, bool> BehindAProxy
    {
        get
        {
            var rows = new TheoryData<string, string, string?, bool>();
            foreach (var surface in new[] { "file", "minimal", "controller" })
            {
                rows.Add(surface, "https://shop.example", "same-origin", true);
                rows.Add(surface, "https://shop.example", null, true);
                rows.Add(surface, "https://www.shop.example", "same-site", true);
                rows.Add(surface, "https://www.shop.example", null, true);
                rows.Add(surface, "https://www.shop.example", "none", false);
                rows.Add(surface, "https://other.shop.example", "same-site", false);
                rows.Add(surface, "https://shop.example", "cross-site", false);
                rows.Add(surface, "https://evil.example", null, false);
                rows.Add(surface, "https://evil.example", "cross-site", false);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(BehindAProxy))]
    public async Task S28_Behind_a_proxy_that_hides_scheme_and_host_the_configured_origins_are_the_sites_own(string surface, string origin,
        string? fetchSite, bool passes)
    {
        await using var site = await WixSite.StartAsync(
            app =>
            {
                if (surface is "file")
                    app.MapFileRoutes(
                        [new FileRoute("pages/change.cs", "/change", typeof(ChangeFile), [new("POST", nameof(ChangeFile.Post))])]);
                else if (surface is "minimal")
                    app.MapPost("/change", ChangeFile.Post).Elevate(Callers.Member);
                else
                    app.MapControllers();
            },
            options =>
            {
                options.PublicOrigin = new("https://shop.example");
                options.OwnOrigins.Add(new("https://www.shop.example"));
            },
            builder =>
            {
                builder.Services.AddFileRoutes();
                Surfaces.OnlyControllers.AddTo(builder, typeof(ChangeController));
            });
        var cookie = Hosting.SessionCookie.Of(site.Wix.App.ClientId, site.Wix.IssueSession(EmulatedIdentity.Member()));
        List<(string, string)> headers = [("Host", "backend.internal:8080"), ("Origin", origin)];
        if (fetchSite is not null)
            headers.Add(("Sec-Fetch-Site", fetchSite));

        foreach (var type in new[] { "application/json", "text/plain", "application/x-www-form-urlencoded", null })
        {
            using var content = type is null ? null : new StringContent("{}", System.Text.Encoding.UTF8, type);
            var answer = await site.SendAsync("POST", "/change", cookie: cookie, content: content, headers: [.. headers]);

            Assert.Equal(passes ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.Status);
        }

        Assert.Equal(0, site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    [Fact]
    public async Task A_developer_is_told_what_was_expected_and_what_came()
    {
        await using var site = await WixSite.StartAsync(
            app => app.MapPost("/", () => "in").Elevate(Callers.Member),
            options =>
            {
                options.Session.Cookie = WixSessionCookie.Compatible;
                options.PublicOrigin = new("https://shop.example");
                options.OwnOrigins.Add(new("https://www.shop.example"));
            },
            build: Develop);
        var cookie = Hosting.SessionCookie.Of(site.Wix.App.ClientId, site.Wix.IssueSession(EmulatedIdentity.Member()));

        var answer =
            await site.SendAsync("POST", "/", cookie: cookie,
                headers: [("Origin", "https://elsewhere.example"), ("Sec-Fetch-Site", "cross-site")]);

        Assert.Equal((HttpStatusCode.Forbidden, "cross-site-session"), (answer.Status, answer.Problem));
        var detail = answer.Json.GetProperty("detail").GetString()!;
        Assert.All(
            ["https://shop.example", "https://www.shop.example", "https://elsewhere.example", "cross-site", "Wix:PublicOrigin",
                "Wix:OwnOrigins"],
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
                "OPTIONS", "/",
                headers: [("Origin", origin), ("Access-Control-Request-Method", "POST"),
                    ("Access-Control-Request-Headers", "authorization,content-type")]);
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
    [InlineData("file")]
    [InlineData("minimal")]
    [InlineData("controller")]
    public async Task S29_A_dashboard_can_read_every_kind_of_refusal_and_preflights_cost_nothing(string surface)
    {
        await using var site = await WixSite.StartAsync(
            app =>
            {
                app.UseCors(WixDefaults.DashboardCorsPolicy);
                if (surface is "file")
                    app.MapFileRoutes([new FileRoute("pages/fail.cs", "/fail", typeof(FailFile), [new("POST", nameof(FailFile.Post))])]);
                else if (surface is "minimal")
                    app.MapPost("/fail", FailFile.Post).Elevate(Callers.User, options => options.RateLimit = "6/1m");
                else
                    app.MapControllers();
            },
            build: builder =>
            {
                builder.Services.AddFileRoutes();
                builder.Services.AddWixDashboardCors();
                Surfaces.OnlyControllers.AddTo(builder, typeof(FailController));
            });
        var origin = $"https://{site.Wix.App.ClientId}.wix.run";
        var user = site.Wix.IssueToken(EmulatedIdentity.User());
        for (var i = 0; i < 20; i++)
        {
            var preflight = await site.SendAsync(
                "OPTIONS", "/fail",
                headers: [("Origin", origin), ("Access-Control-Request-Method", "POST"),
                    ("Access-Control-Request-Headers", "authorization")]);
            Assert.Equal((HttpStatusCode.NoContent, origin), (preflight.Status, preflight.Header("Access-Control-Allow-Origin")));
        }

        Assert.Empty(site.Wix.Calls);
        await AnswersAsync(HttpStatusCode.Unauthorized, null);
        await AnswersAsync(HttpStatusCode.Unauthorized, "random");
        await AnswersAsync(HttpStatusCode.Forbidden, site.Wix.IssueToken(EmulatedIdentity.Member()));
        await AnswersAsync(HttpStatusCode.NotFound, user);
        site.Wix.On(WixSite.TokenInfo).Fail(500);
        await AnswersAsync(HttpStatusCode.ServiceUnavailable, site.Wix.IssueToken(EmulatedIdentity.User()));
        site.Wix.ClearFaults();
        await AnswersAsync(HttpStatusCode.NotFound, user);
        await AnswersAsync(HttpStatusCode.TooManyRequests, user);

        async Task AnswersAsync(HttpStatusCode status, string? token)
        {
            var answer = await site.SendAsync("POST", "/fail", token, headers: [("Origin", origin), ("Sec-Fetch-Site", "cross-site")]);
            Assert.Equal((status, origin), (answer.Status, answer.Header("Access-Control-Allow-Origin")));
            Assert.Equal("application/problem+json", answer.MediaType);
            Assert.Contains("Origin", answer.Header("Vary"), StringComparison.Ordinal);
            Assert.Contains("Retry-After", answer.Header("Access-Control-Expose-Headers"), StringComparison.Ordinal);
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

    public static class ChangeFile
    {
        [Elevate(Callers.Member)]
        public static string Post() => "in";
    }

    [Microsoft.AspNetCore.Mvc.Route("/change")]
    internal sealed class ChangeController : Microsoft.AspNetCore.Mvc.Controller
    {
        [Microsoft.AspNetCore.Mvc.HttpPost]
        [Elevate(Callers.Member)]
        public string Post() => Request.Method;
    }

    public static class FailFile
    {
        [Elevate(Callers.User, RateLimit = "6/1m")]
        public static Task<Product> Post(ElevatedWixClient wix) => wix.Products.GetAsync("missing");
    }

    [Microsoft.AspNetCore.Mvc.Route("/fail")]
    internal sealed class FailController(ElevatedWixClient wix) : Microsoft.AspNetCore.Mvc.ControllerBase
    {
        [Microsoft.AspNetCore.Mvc.HttpPost]
        [Elevate(Callers.User, RateLimit = "6/1m")]
        public Task<Product> Post() => wix.Products.GetAsync("missing");
    }

    private static void Develop(WebApplicationBuilder builder)
    {
        builder.Environment.EnvironmentName = "Development";
        builder.Services.AddSingleton<IHostEnvironment>(builder.Environment);
    }
}
