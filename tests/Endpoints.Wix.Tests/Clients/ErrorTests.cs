using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Clients;

/// <summary>Wix's refusals, as an endpoint's caller sees them.</summary>
public sealed class ErrorTests
{
    [Theory]
    [InlineData(400, false, 400, "wix-bad-request")]
    [InlineData(401, false, 401, "wix-unauthorized")]
    [InlineData(403, false, 403, "wix-forbidden")]
    [InlineData(404, false, 404, "wix-not-found")]
    [InlineData(429, false, 503, "wix-unavailable")]
    [InlineData(500, false, 502, "wix-failed")]
    [InlineData(503, false, 502, "wix-failed")]
    [InlineData(400, true, 400, "wix-bad-request")]
    [InlineData(401, true, 502, "wix-failed")]
    [InlineData(403, true, 502, "wix-failed")]
    [InlineData(404, true, 404, "wix-not-found")]
    [InlineData(429, true, 503, "wix-unavailable")]
    [InlineData(500, true, 502, "wix-failed")]
    public async Task Wixs_status_becomes_the_callers(int wix, bool elevated, int status, string problem)
    {
        await using var site = await StartAsync();
        site.Wix.On(WixSite.GetSiteProperties).Fail(wix, wix == 429 ? TimeSpan.FromSeconds(23) : null);

        var answer = await site.GetAsync(elevated ? "/elevated" : "/plain", site.Wix.IssueToken(EmulatedIdentity.User()));

        Assert.Equal((status, problem), ((int)answer.Status, answer.Problem));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal(wix == 429 ? "23" : null, answer.Header("Retry-After"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task F11_What_Wix_says_of_the_request_is_passed_on_with_its_code(bool elevated)
    {
        await using var site = await StartAsync();
        var token = site.Wix.IssueToken(EmulatedIdentity.User());
        foreach (var wix in Enumerable.Range(400, 52).Where(static status => status is not (401 or 403 or 429)))
        {
            using var fault = site.Wix.On(WixSite.GetSiteProperties).Fail(wix);

            var answer = await site.GetAsync(elevated ? "/elevated" : "/plain", token);

            // The others speak of how the call was made, which is the application's matter.
            var isCallers = wix is 400 or 404 or 409 or 410 or 412 or 413 or 422 or 423 or 424 or 428 or 451;
            Assert.Equal((wix, isCallers ? wix : 502), (wix, (int)answer.Status));
            Assert.Equal((wix, isCallers && wix is not (400 or 404)),
                (wix, answer.Body.Contains("\"code\":\"EMULATED_FAULT\"", StringComparison.Ordinal)));
            Assert.Equal((wix, !isCallers), (wix, answer.Problem == "wix-failed"));
            Assert.Equal("no-store", answer.Header("Cache-Control"));
        }
    }

    public static TheoryData<string, string, string?> Bodies => new()
    {
        // What Wix writes, of what type, and the code that is passed on.
        { "", "text/plain", null },
        { "", "application/json", null },
        { "<html><body>Conflict</body></html>", "text/html", null },
        { "null", "application/json", null },
        { "[]", "application/json", null },
        { "{\"message\":\"m\"", "application/json", null },
        { """{"message":"m","details":{}}""", "application/json", null },
        { """{"message":"m","details":null}""", "application/json", null },
        { """{"message":"m","details":{"applicationError":"CODE"}}""", "application/json", null },
        { """{"message":"m","details":{"applicationError":{"code":"SKU_TAKEN","data":{"sku":"1"}}}}""", "application/json", "SKU_TAKEN" },
        { """{"message":"m","details":{"applicationError":{"code":"SKU_TAKEN"}}}""", "application/problem+json; charset=utf-8",
            "SKU_TAKEN" },
        { """{"message":"m","details":{"applicationError":{"code":-19971}}}""", "application/json", "-19971" },
        { """{"message":"m","details":{"applicationError":{"code":"wde0080"}}}""", "application/json", "wde0080" },
        { """{"message":"m","details":{"applicationError":{"code":"Item.NotFound"}}}""", "application/json", "Item.NotFound" },
        { """{"message":"m","details":{"applicationError":{"code":"not a code"}}}""", "application/json", null },
        { """{"message":"m","details":{"validationError":{"fieldViolations":[{"field":"a"}]}}}""", "application/json", null },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task F11_Whatever_Wix_writes_beside_it_the_status_is_passed_on(string body, string type, string? code)
    {
        await using var site = await StartAsync();
        var token = site.Wix.IssueToken(EmulatedIdentity.User());
        foreach (var status in (int[])[409, 410, 412, 413, 422, 423, 424, 428, 451])
        {
            using var fault = site.Wix.On(WixSite.GetSiteProperties).Answer(status, body, type);
            foreach (var path in (string[])["/plain", "/elevated"])
            {
                var answer = await site.GetAsync(path, token);
                Assert.Equal((status, path), ((int)answer.Status, path));
                Assert.StartsWith("wix-", answer.Problem, StringComparison.Ordinal);
                Assert.Equal(code, answer.Json.TryGetProperty("code", out var passed) ? passed.GetString() : null);
            }
        }
    }

    [Theory]
    [InlineData(400, HttpStatusCode.Forbidden, "caller-not-allowed")] // the app is not installed where the caller comes from
    [InlineData(401, HttpStatusCode.BadGateway, "wix-failed")]
    public async Task A_token_that_the_app_does_not_get_is_about_its_credentials_or_the_callers_site(
        int wix, HttpStatusCode status, string problem)
    {
        await using var site = await StartAsync();
        site.Wix.On(WixSite.Tokens).Fail(wix);

        var answer = await site.GetAsync("/elevated", site.Wix.IssueToken(EmulatedIdentity.User()));

        Assert.Equal((status, problem), (answer.Status, answer.Problem));
    }

    [Theory]
    [InlineData("Production", false)]
    [InlineData("Production", true)]
    [InlineData("Development", false)]
    [InlineData("Development", true)]
    public async Task On_every_surface_and_behind_any_error_page_the_refusal_is_the_same_problem(string environment, bool errorPage)
    {
        await using var site = await StartAsync(errorPage, environment);

        foreach (var path in new[] { "/plain", "/by-service", "/api/not-elevated" })
        {
            var answer = await site.GetAsync(path, site.Wix.IssueToken(EmulatedIdentity.Member()));
            Assert.Equal((HttpStatusCode.Forbidden, "wix-forbidden"), (answer.Status, answer.Problem));
            Assert.Equal("PERMISSION_DENIED", answer.Json.GetProperty("code").GetString());
            Assert.NotNull(answer.Json.GetProperty("wixRequestId").GetString());
        }
    }

    [Fact]
    public async Task S42_What_Wix_wrote_does_not_reach_the_caller()
    {
        await using var site = await StartAsync();
        foreach (var status in new[] { 400, 403, 404, 500 })
        {
            site.Wix.On(WixSite.GetSiteProperties)
                .Answer(status,
                    """{"message":"canary","details":{"applicationError":{"code":"CANARY","description":"canary","data":{"x":"canary"}},"validationError":{"fieldViolations":[{"field":"canary","description":"canary"}]}}}""");
            foreach (var path in new[] { "/plain", "/elevated" })
            {
                var answer = await site.GetAsync(path, site.Wix.IssueToken(EmulatedIdentity.User()));
                Assert.DoesNotContain("canary", answer.Body + answer.Headers, StringComparison.OrdinalIgnoreCase);
            }

            site.Wix.ClearFaults();
        }
    }

    [Fact]
    public async Task A_handler_can_see_what_Wix_wrote()
    {
        WixApiException? seen = null;
        await using var site = await WixSite.StartAsync(app => app.MapGet("/", async (ElevatedWixClient wix) =>
        {
            seen = await Assert.ThrowsAsync<WixApiException>(() => wix.SiteProperties.GetSitePropertiesAsync());
        }).Elevate(Callers.Visitor));
        site.Wix.On(WixSite.GetSiteProperties)
            .Answer(400,
                """{"message":"m","details":{"applicationError":{"code":-19971},"validationError":{"fieldViolations":[{"field":"a.b","description":"words","violatedRule":"REQUIRED_FIELD"}]}}}""");

        await site.GetAsync("/");

        Assert.Equal((HttpStatusCode.BadRequest, "-19971"), (seen!.Status, seen.ApplicationErrorCode));
        Assert.Equal(new WixFieldViolation("a.b", "REQUIRED_FIELD", "words"), Assert.Single(seen.FieldViolations));
        Assert.DoesNotContain("words", seen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_a_character_in_what_Wix_answers_is_no_answer()
    {
        const string Half = "\"\\ud800\"";
        await using var site = await StartAsync();
        var token = site.Wix.IssueToken(EmulatedIdentity.Member());

        using (site.Wix.On(WixSite.TokenInfo).Answer(200, $$"""{"active":{{Half}} }"""))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await site.GetAsync("/plain", token)).Status);
        using (site.Wix.On(WixSite.GetSiteProperties).Answer(404, $$"""{"details":{"applicationError":{"code":{{Half}} } } }"""))
            Assert.Equal("wix-not-found", (await site.GetAsync("/plain", token)).Problem);
        using (site.Wix.On(WixSite.Tokens).Answer(200, $$"""{"access_token":{{Half}},"expires_in":600}"""))
            Assert.Equal("wix-unavailable", (await site.GetAsync("/elevated")).Problem);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"properties\":null}")]
    [InlineData("{\"properties\":[]}")]
    [InlineData("<html>")]
    [InlineData("")]
    [InlineData("""{"properties":{"siteDisplayName":"\ud800"},"version":"7"}""")]
    public async Task An_answer_that_is_none_is_502(string body)
    {
        await using var site = await StartAsync();
        site.Wix.On(WixSite.GetSiteProperties).Answer(200, body);

        var answer = await site.GetAsync("/elevated");

        Assert.Equal((HttpStatusCode.BadGateway, "wix-failed"), (answer.Status, answer.Problem));
    }

    [Fact]
    public async Task S44_All_refusals_of_a_token_look_the_same()
    {
        await using var site = await WixSite.StartAsync(app => app.MapGet("/", () => "").Elevate(Callers.Member));
        var other = site.Wix.AddApp("Other", site.Wix.Site);
        string[] tokens =
        [
            "unknown",
            site.Wix.IssueToken(EmulatedIdentity.Member(), options => options.Expired()),
            site.Wix.IssueToken(EmulatedIdentity.Member(), options => options.Inactive = true),
            site.Wix.IssueToken(EmulatedIdentity.Member(), options => options.For(other, site.Wix.Site)),
        ];
        var seen = new HashSet<string>();

        foreach (var token in tokens)
        {
            var answer = await site.GetAsync("/", token);
            var traceId = answer.Json.GetProperty("traceId").GetString()!;
            seen.Add($"{answer.Status} {answer.Headers} {answer.Body.Replace(traceId, "", StringComparison.Ordinal)}");
        }

        Assert.Single(seen);
    }

    private static Task<WixSite> StartAsync(bool errorPage = false, string environment = "Production") => WixSite.StartAsync(
        app =>
        {
            if (environment == "Development")
                app.UseDeveloperExceptionPage();
            if (errorPage)
            {
                app.UseExceptionHandler(handler => handler.Run(static context =>
                {
                    context.Response.StatusCode = 500;
                    return context.Response.WriteAsync("error page");
                }));
            }

            app.MapGet("/plain", (SiteProperties properties) => properties.GetSitePropertiesAsync());
            app.MapGet("/elevated", (ElevatedWixClient wix) => wix.SiteProperties.GetSitePropertiesAsync())
                .Elevate(Callers.Visitor | Callers.User);
            app.MapGet("/by-service",
                async context => await context.RequestServices.GetRequiredService<SiteProperties>().GetSitePropertiesAsync());
        },
        files: true);
}
