using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Sessions.Tests.Hosting;

namespace Endpoints.Wix.Sessions.Tests;

/// <summary>Visitors' tokens: made when somebody needs them, and then kept.</summary>
public sealed class VisitorTests
{
    [Fact]
    public async Task S18_Ten_thousand_calls_without_a_cookie_make_no_visitor()
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();
        string[] paths = ["/hello", "/who", "/open", "/members", "/nowhere"];

        await Parallel.ForAsync(0, 10_000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (number, ct) =>
        {
            using var response = await site.Client.GetAsync(new Uri(paths[number % paths.Length], UriKind.Relative), ct);
            Assert.False(response.Headers.Contains("Set-Cookie"));
        });

        Assert.DoesNotContain(site.Wix.CallsTo(SessionSite.Tokens),
            static call => call.Body.Contains("anonymous", StringComparison.Ordinal));
        Assert.Equal(0, site.Wix.CountOf(SessionSite.TokenInfo));
    }

    [Fact]
    public async Task A_visitors_token_is_made_for_the_call_that_needs_it_and_saved_for_the_next()
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();

        var first = await browser.GetAsync("/as-caller");
        var second = await browser.GetAsync("/as-caller");

        Assert.Equal("wix-forbidden", first.Problem); // a visitor may not: but it was a visitor who asked
        Assert.Single(first.SetCookies);
        Assert.Empty(second.SetCookies);
        Assert.Equal(1, site.Wix.CountOf(SessionSite.Tokens));
        var callers = site.Wix.CallsTo("GET /site-properties/v4/properties").Select(static call => call.Caller!.Id).ToList();
        Assert.Equal(2, callers.Count);
        Assert.Single(callers.Distinct());
    }

    [Fact]
    public async Task A_page_may_ask_for_a_visitors_session_and_gets_one_once()
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();

        Assert.Equal("true", (await browser.GetAsync("/page")).Body);
        var id = (await browser.WhoAsync()).Id;
        var again = await browser.GetAsync("/page");

        Assert.Equal("true", again.Body);
        Assert.Empty(again.SetCookies);
        Assert.Equal(id, (await browser.WhoAsync()).Id);
        Assert.Equal(1, site.Wix.CountOf(SessionSite.Tokens));
    }

    [Fact]
    public async Task A_page_does_not_fail_because_Wix_is_down()
    {
        await using var site = await SessionSite.StartAsync();
        site.Wix.On(SessionSite.Tokens).Fail(500);
        using var browser = site.NewBrowser();

        var page = await browser.GetAsync("/page");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("false", page.Body);
        Assert.Empty(page.SetCookies);
    }

    [Fact]
    public async Task Once_the_response_has_started_no_session_is_begun()
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();

        var late = await browser.GetAsync("/late");

        Assert.Equal("started False", late.Body);
        Assert.Equal(0, site.Wix.CountOf(SessionSite.Tokens));
    }

    [Fact]
    public async Task S18_An_address_begins_only_so_many_visitor_sessions_in_a_minute()
    {
        await using var site = await SessionSite.StartAsync(options => options.NewVisitorsPerMinute = 5);
        var results = new List<string>();
        for (var visit = 0; visit < 8; visit++)
        {
            using var browser = site.NewBrowser();
            results.Add((await browser.GetAsync("/page", false, ("Accept", "text/html"))).Body);
        }

        Assert.Equal(["true", "true", "true", "true", "true", "false", "false", "false"], results);
        Assert.Equal(5, site.Wix.CountOf(SessionSite.Tokens));

        using var elsewhere = site.NewBrowser();
        Assert.Equal("true", (await elsewhere.GetAsync("/page", false, ("X-Test-Client", "198.51.100.9"))).Body);
        using var api = site.NewBrowser();
        Assert.Equal("wix-unavailable", (await api.GetAsync("/as-caller")).Problem);
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("true", (await api.GetAsync("/page")).Body);
    }

    [Fact]
    public async Task A_caller_with_a_token_of_its_own_gets_no_session()
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();

        var page = await browser.GetAsync("/page", false, ("Authorization", site.Wix.IssueToken(EmulatedIdentity.User())));

        Assert.Equal("true", page.Body);
        Assert.Empty(page.SetCookies);
        Assert.Equal(0, site.Wix.CountOf(SessionSite.Tokens));
    }

    [Fact]
    public async Task Calls_at_the_same_time_in_one_request_make_one_visitor()
    {
        await using var site =
            await SessionSite.StartAsync(map: static app => app.MapGet("/many", static async (SiteProperties properties) =>
        {
            var calls = Enumerable.Range(0, 10).Select(_ => properties.GetSitePropertiesAsync()).ToList();
            await Task.WhenAll(calls.Select(static call => call.ContinueWith(static _ => { }, TaskScheduler.Default)));
            return calls.Count(static call => call.Exception?.InnerException is WixApiException);
        }));
        using var browser = site.NewBrowser();

        var answer = await browser.GetAsync("/many");

        Assert.Equal("10", answer.Body);
        Assert.Single(answer.SetCookies);
        Assert.Equal(1, site.Wix.CountOf(SessionSite.Tokens));
    }
}
