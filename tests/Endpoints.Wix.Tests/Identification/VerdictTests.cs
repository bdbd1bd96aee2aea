using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Identification;

/// <summary>Only Wix's own words are verdicts: what an edge or a proxy says ends no session and drops no token.</summary>
public sealed class VerdictTests
{
    private const string Block = "<html><title>403 Forbidden</title><body>Access denied</body></html>";

    private static readonly (string Type, string Body)[] Foreign =
    [
        ("text/html", Block), ("application/json", Block), ("application/json", ""), ("text/plain", "Forbidden"),
        ("application/json", "\"forbidden\""), ("application/json", "[]"),
        ("application/json", "null"), ("application/json", "{}"), ("application/json", """{"message":"Forbidden"}"""),
        ("application/json", """{"error":"Forbidden"}"""),
        ("application/json", """{"error":{"code":403}}"""), ("application/json", """{"message":"x","details":{}}"""),
        ("application/json", """{"message":"x","details":null}"""),
        ("application/json", """{"details":{"applicationError":"x"}}"""), ("application/json", """{"error":"invalid_grant" """),
        ("text/html", """{"error":"invalid_grant"}"""),
        ("text/html", """{"message":"x","details":{"applicationError":{"code":"UNAUTHENTICATED"}}}"""),
    ];

    private static readonly (string Type, string Body)[] Wixs =
    [
        ("application/json", """{"error":"invalid_grant","error_description":"x"}"""),
        ("application/json; charset=utf-8", """{"error":"invalid_request"}"""),
        ("application/json", """{"message":"x","details":{"applicationError":{"code":"UNAUTHENTICATED","description":"x"}}}"""),
        ("application/json", """{"message":"x","details":{"validationError":{"fieldViolations":[]}}}"""),
    ];

    public static TheoryData<int, string, string, bool> Answers
    {
        get
        {
            var data = new TheoryData<int, string, string, bool>();
            foreach (var status in new[] { 400, 401, 403 })
            {
                foreach (var (type, body) in Foreign)
                    data.Add(status, type, body, false);
                foreach (var (type, body) in Wixs)
                    data.Add(status, type, body, true);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task S70_A_block_page_is_no_verdict_in_any_exchange(int status, string type, string body, bool isVerdict)
    {
        await using var site = await StartAsync();
        var token = site.Wix.IssueToken(EmulatedIdentity.Member("alice"));
        var refused = isVerdict ? HttpStatusCode.Unauthorized : HttpStatusCode.ServiceUnavailable;

        // Token-info: the token is refused, or nothing is known of it.
        using (site.Wix.On(WixSite.TokenInfo).Times(1).Answer(status, body, type))
            Assert.Equal(refused, (await site.GetAsync("/members", token)).Status);
        Assert.Equal(isVerdict ? HttpStatusCode.Unauthorized : HttpStatusCode.OK, (await site.GetAsync("/members", token)).Status);

        // The refresh grant: the session ends, or stays.
        var session = site.Wix.IssueSession(EmulatedIdentity.Member("alice"));
        var cookie = SessionCookie.Of(site.Wix.App.ClientId, session.AccessToken, site.Clock.GetUtcNow().AddHours(-1), session.RefreshToken,
            "member");
        using (site.Wix.On(WixSite.Tokens).Times(1).Answer(status, body, type))
        {
            var answer = await site.GetAsync("/members", cookie: cookie);
            Assert.Equal(refused, answer.Status);
            Assert.Equal(isVerdict, answer.Headers.Contains("Set-Cookie", StringComparison.Ordinal));
        }

        Assert.Equal(isVerdict ? HttpStatusCode.Unauthorized : HttpStatusCode.OK, (await site.GetAsync("/members", cookie: cookie)).Status);

        // A visitor's session and the app's own token: neither is the caller's fault.
        foreach (var path in new[] { "/call", "/elevated" })
        {
            using (site.Wix.On(WixSite.Tokens).Times(1).Answer(status, body, type))
                Assert.Equal(isVerdict && path == "/elevated" ? HttpStatusCode.BadGateway : HttpStatusCode.ServiceUnavailable,
                    (await site.GetAsync(path)).Status);
            Assert.Equal(HttpStatusCode.OK, (await site.GetAsync(path)).Status);
        }

        // A login and an installation.
        using (site.Wix.On("POST /_api/redirects-api/v1/redirect-session").Times(1).Answer(status, body, type))
        {
            var login = await site.GetAsync("/api/auth/login");
            Assert.Equal(isVerdict ? HttpStatusCode.BadGateway : HttpStatusCode.ServiceUnavailable, login.Status);
        }
    }

    [Theory]
    [InlineData("text/html", Block)]
    [InlineData("application/json", "{}")]
    [InlineData("application/json", """{"message":"Unauthorized"}""")]
    public async Task S70_A_block_page_does_not_make_the_app_mint_tokens(string type, string body)
    {
        await using var site = await StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/elevated")).Status);
        site.Wix.On(WixSite.GetSiteProperties).Answer(401, body, type);

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(HttpStatusCode.BadGateway, (await site.GetAsync("/elevated")).Status);
            site.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(1, site.Wix.CountOf(WixSite.Tokens));
    }

    [Fact]
    public async Task A_callers_own_call_that_Wix_refuses_is_made_once_and_Wix_is_asked_again_who_that_is()
    {
        await using var site = await StartAsync();
        var token = site.Wix.IssueToken(EmulatedIdentity.Member());
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/call", token)).Status);
        site.Wix.Revoke(token);
        site.Wix.ClearCalls();

        Assert.Equal(HttpStatusCode.Unauthorized, (await site.GetAsync("/call", token)).Status);
        Assert.Equal(1, site.Wix.CountOf("*"));

        Assert.Equal(HttpStatusCode.Unauthorized, (await site.GetAsync("/members", token)).Status);
        Assert.Equal(1, site.Wix.CountOf(WixSite.TokenInfo));
    }

    private static Task<WixSite> StartAsync() => WixSite.StartAsync(
        static app =>
        {
            app.MapGet("/members", static () => "ok").Elevate(Callers.Member);
            app.MapGet("/call", static async (WixClient wix) => (await wix.Products.QueryAsync()).Items.Count);
            app.MapGet("/elevated",
                static async (ElevatedWixClient wix) => (await wix.SiteProperties.GetSitePropertiesAsync()).Properties.SiteDisplayName)
                .Elevate(Callers.Visitor);
            app.MapWixAuth();
        },
        static options => options.PublicOrigin = new("https://shop.example"));
}
