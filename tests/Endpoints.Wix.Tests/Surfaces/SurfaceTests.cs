using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Surfaces;

/// <summary>
/// Each step of the pipeline refuses before anything later has run: the same for endpoint files, minimal APIs, groups and controllers.
/// </summary>
public sealed class SurfaceTests
{
    public static TheoryData<string> All => SurfaceSite.All;

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_call_that_passes_runs_everything_once_and_in_order(string surface)
    {
        await using var site = await SurfaceSite.StartAsync(surface);

        var (answer, journal) = await site.ChangeAsync(token: Member(site));

        Assert.Equal((HttpStatusCode.OK, "changed"), (answer.Status, answer.Body.Trim('"')));
        Assert.Equal(
            ["body", "check alice alice 3", "early InvalidOperationException", "handler alice 3", "late ObjectDisposedException"], journal);
        Assert.Equal(1, site.Site.Wix.CountOf(WixSite.GetSiteProperties));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task S01_The_clients_limit_costs_no_question(string surface)
    {
        await using var site = await SurfaceSite.StartAsync(surface);
        for (var i = 0; i < 6; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await site.ChangeAsync(token: "random" + i)).Answer.Status);

        var (answer, journal) = await site.ChangeAsync(token: "random6");

        Refused(site, answer, journal, HttpStatusCode.TooManyRequests, "rate-limited");
        Assert.Equal(6, site.Site.Wix.CountOf(WixSite.TokenInfo));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task S02_An_unknown_caller_gets_no_further_than_that(string surface)
    {
        await using var site = await SurfaceSite.StartAsync(surface);

        var (forged, forgedJournal) = await site.ChangeAsync(token: "forged");
        Refused(site, forged, forgedJournal, HttpStatusCode.Unauthorized, "token-not-accepted");

        var (anonymous, anonymousJournal) = await site.ChangeAsync();
        Refused(site, anonymous, anonymousJournal, HttpStatusCode.Unauthorized, "not-authenticated");
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task S28_Another_sites_page_gets_no_further_than_that(string surface)
    {
        await using var site = await SurfaceSite.StartAsync(surface);
        var cookie = SessionCookie.Of(site.Site.Wix.App.ClientId, site.Site.Wix.IssueSession(EmulatedIdentity.Member("alice")));

        var (answer, journal) =
            await site.ChangeAsync(cookie: cookie, headers: [("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site")]);

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.DoesNotContain(journal, line => !line.StartsWith("late", StringComparison.Ordinal));
        Assert.Equal(0, site.Site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task S01_Other_kinds_of_callers_and_those_the_policy_bars_get_no_further_than_that(string surface)
    {
        await using var site = await SurfaceSite.StartAsync(surface);

        foreach (var identity in new[] { EmulatedIdentity.Visitor(), EmulatedIdentity.User("alice"), EmulatedIdentity.App(),
            EmulatedIdentity.Member("mallory") })
        {
            var (answer, journal) = await site.ChangeAsync(id: "mallory", token: site.Site.Wix.IssueToken(identity));
            Refused(site, answer, journal, HttpStatusCode.Forbidden, "caller-not-allowed");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task The_callers_limit_holds_from_every_address(string surface)
    {
        await using var site = await SurfaceSite.StartAsync(surface);
        var token = Member(site);
        for (var i = 0; i < 6; i++)
            Assert.Equal(HttpStatusCode.OK,
                (await site.ChangeAsync(token: token, headers: (SurfaceSite.Address, "192.0.2." + (i + 10)))).Answer.Status);
        site.Site.Wix.ClearCalls();

        var (answer, journal) = await site.ChangeAsync(token: token, headers: (SurfaceSite.Address, "192.0.2.99"));

        Refused(site, answer, journal, HttpStatusCode.TooManyRequests, "rate-limited");
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_invalid_body_reaches_neither_check_nor_handler(string surface)
    {
        await using var site = await SurfaceSite.StartAsync(surface);

        foreach (var body in new[] { """{"quantity":0}""", """{"quantity":"many"}""", """{"quantity":""", "[]", "null", "" })
        {
            var (answer, journal) = await site.ChangeAsync(token: Member(site), body: body);
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.DoesNotContain(journal,
                line => line.StartsWith("check", StringComparison.Ordinal) || line.StartsWith("handler", StringComparison.Ordinal));
        }

        Assert.Equal(0, site.Site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    [Theory]
    [InlineData("file")]
    [InlineData("minimal")]
    [InlineData("page controller")]
    [InlineData("mapped controller")] // [ApiController] answers in its own words
    public async Task What_attributes_refuse_is_named_as_the_client_sent_it_too(string surface)
    {
        await using var site = await SurfaceSite.StartAsync(surface);

        var (answer, _) = await site.ChangeAsync(token: Member(site), body: """{"quantity":0,"note":{"text":"x"}}""");

        Assert.Equal((HttpStatusCode.BadRequest, "validation"), (answer.Status, answer.Problem));
        Assert.Equal("quantity", Assert.Single(answer.Json.GetProperty("errors").EnumerateObject()).Name);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task What_only_a_validator_refuses_is_named_as_the_client_sent_it(string surface)
    {
        await using var site = await SurfaceSite.StartAsync(surface);

        var (answer, journal) = await site.ChangeAsync(token: Member(site), body: """{"quantity":3,"note":{"text":"LOUD"}}""");

        Assert.True(answer.Status == HttpStatusCode.BadRequest, answer.Body + string.Join(";", journal));
        Assert.Equal((HttpStatusCode.BadRequest, "validation"), (answer.Status, answer.Problem));
        var error = Assert.Single(answer.Json.GetProperty("errors").EnumerateObject());
        Assert.Equal(("note.text", OrderChangeValidator.Shout), (error.Name, Assert.Single(error.Value.EnumerateArray()).GetString()));
        Assert.Equal(["body", "late InvalidOperationException"], journal);
        Assert.Equal(0, site.Site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task S14_S44_What_is_anothers_and_what_does_not_exist_look_the_same(string surface)
    {
        await using var site = await SurfaceSite.StartAsync(surface);

        var (foreign, foreignJournal) = await site.ChangeAsync(id: "bob", token: Member(site));
        var (absent, _) = await site.ChangeAsync(id: "absent", token: Member(site));

        Assert.Equal((HttpStatusCode.NotFound, "resource-not-found"), (foreign.Status, foreign.Problem));
        Assert.Equal(["body", "check alice bob 3", "early InvalidOperationException", "late InvalidOperationException"], foreignJournal);
        Assert.Equal(Untraced(foreign), Untraced(absent));
        Assert.Equal(0, site.Site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task S14_A_check_that_throws_lets_nobody_pass(string surface)
    {
        await using var site = await SurfaceSite.StartAsync(surface);

        var (answer, journal) = await site.ChangeAsync(id: "broken", token: Member(site));

        Assert.Equal((HttpStatusCode.InternalServerError, "internal-error"), (answer.Status, answer.Problem));
        Assert.DoesNotContain("the check's own text", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(journal, line => line.StartsWith("handler", StringComparison.Ordinal));
        Assert.Contains(site.Site.Logs.Of("ElevationPipeline"), line => line.Contains("the check's own text", StringComparison.Ordinal));
    }

    private static string Member(SurfaceSite site) => site.Site.Wix.IssueToken(EmulatedIdentity.Member("alice"));

    /// <summary>The answer without what differs from request to request.</summary>
    private static string Untraced(Answer answer) =>
        $"{(int)answer.Status} {answer.Headers.Replace(answer.Header("Content-Length")!, "", StringComparison.Ordinal)} "
        + answer.Body.Replace(answer.Json.GetProperty("traceId").GetString()!, "", StringComparison.Ordinal);

    private static void Refused(SurfaceSite site, Answer answer, IReadOnlyList<string> journal, HttpStatusCode status, string problem)
    {
        Assert.Equal((status, problem), (answer.Status, answer.Problem));
        Assert.Equal(["late InvalidOperationException"], journal);
        Assert.Equal(0, site.Site.Wix.CountOf(WixSite.GetSiteProperties));
    }
}
