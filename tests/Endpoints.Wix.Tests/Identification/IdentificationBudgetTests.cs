using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.AspNetCore.Authentication;

namespace Endpoints.Wix.Tests.Identification;

/// <summary>Strangers can't make this application ask Wix as often as they like.</summary>
public sealed class IdentificationBudgetTests
{
    private const int Share = 300;
    private const int FirstAtOnce = 64;

    public static TheoryData<string> Roads => ["/elevated", "/caller", "/policy", "/by-name", "/call"];

    [Theory]
    [MemberData(nameof(Roads))]
    public async Task S65_Made_up_tokens_cost_no_more_calls_than_a_networks_share(string road)
    {
        await using var site = await StartAsync();
        var known = site.Wix.IssueToken(EmulatedIdentity.Member());
        Assert.Equal(HttpStatusCode.OK, (await FromAsync(site, road, "192.0.2.1", known)).Status);

        var answers =
            await Task.WhenAll(Enumerable.Range(0, 3000).Select(i => FromAsync(site, road, "192.0.2.1", $"OauthNG.JWS.made-up-{i}")));

        Assert.InRange(site.Wix.CountOf(WixSite.TokenInfo), 1, 1 + Share + FirstAtOnce);
        Assert.All(answers,
            static answer => Assert.True(answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests,
                $"{answer.Status}"));
        var limited = answers.Where(static answer => answer.Status == HttpStatusCode.TooManyRequests).ToList();
        Assert.InRange(limited.Count, 3000 - Share - FirstAtOnce, 3000);
        Assert.All(limited, static answer => Assert.Equal(("rate-limited", "60"), (answer.Problem, answer.Header("Retry-After"))));

        // Who is known, and who comes from elsewhere, is served; also when what is known of them must be asked again.
        Assert.Equal(HttpStatusCode.OK, (await FromAsync(site, road, "192.0.2.1", known)).Status);
        Assert.Equal(HttpStatusCode.OK, (await FromAsync(site, road, "192.0.2.2", site.Wix.IssueToken(EmulatedIdentity.Member()))).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests,
            (await FromAsync(site, road, "192.0.2.1", site.Wix.IssueToken(EmulatedIdentity.Member()))).Status);
        site.Clock.Advance(TimeSpan.FromSeconds(61));
        for (var i = 0; i < 2 * Share; i++)
            await FromAsync(site, road, "192.0.2.1", $"OauthNG.JWS.more-{i}");
        Assert.Equal(HttpStatusCode.OK, (await FromAsync(site, road, "192.0.2.1", known)).Status);
    }

    [Theory]
    [InlineData(429, 1)]
    [InlineData(429, null)]
    [InlineData(500, null)]
    public async Task S65_What_Wix_throttles_is_not_repeated_and_counts(int status, int? retryAfter)
    {
        await using var site = await StartAsync();
        site.Wix.On(WixSite.TokenInfo).Fail(status, retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null);

        await Task.WhenAll(Enumerable.Range(0, 3000).Select(i => FromAsync(site, "/caller", "192.0.2.1", $"OauthNG.JWS.made-up-{i}")));

        Assert.InRange(site.Wix.CountOf(WixSite.TokenInfo), 1, Share + FirstAtOnce);
    }

    [Fact]
    public async Task S65_Throttled_reads_are_repeated_for_a_few_only()
    {
        await using var site = await StartAsync();
        site.Wix.On(WixSite.GetSiteProperties).Fail(429);

        for (var i = 0; i < 60; i++)
            await FromAsync(site, "/read", "192.0.2.1", token: null);

        Assert.InRange(site.Wix.CountOf(WixSite.GetSiteProperties), 60, 60 + 20 + 6);
    }

    [Theory]
    [InlineData("anonymous")]
    [InlineData("refresh_token")]
    public async Task S65_A_visitors_session_and_a_renewal_are_not_asked_for_again_when_Wix_throttles(string grant)
    {
        await using var site = await StartAsync();
        site.Wix.On(WixSite.Tokens).Fail(429, TimeSpan.FromSeconds(1));

        var answer = grant == "anonymous"
            ? await FromAsync(site, "/call", "192.0.2.1", token: null)
            : await site.GetAsync("/caller", cookie: Cookie(site, "made-up"), headers: ("X-Test-From", "192.0.2.1"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Equal(1, site.Wix.CountOf(WixSite.Tokens));
    }

    [Fact]
    public async Task S65_Made_up_session_cookies_have_the_same_share()
    {
        await using var site = await StartAsync();

        await Task.WhenAll(
            Enumerable.Range(0, 2000)
                .Select(i => site.GetAsync("/caller", cookie: Cookie(site, $"JWS.made-up-{i}"), headers: ("X-Test-From", "192.0.2.1"))));

        Assert.InRange(site.Wix.CountOf(WixSite.Tokens) + site.Wix.CountOf(WixSite.TokenInfo), 1, Share + FirstAtOnce);
        Assert.Equal(HttpStatusCode.OK,
            (await FromAsync(site, "/caller", "192.0.2.2", site.Wix.IssueToken(EmulatedIdentity.Member()))).Status);
    }

    [Fact]
    public async Task S65_Good_tokens_cost_one_call_each_however_many_come_from_one_address()
    {
        await using var site = await StartAsync();
        var tokens = Enumerable.Range(0, 3000).Select(_ => site.Wix.IssueToken(EmulatedIdentity.Visitor())).ToList();

        var answers = await Task.WhenAll(tokens.Select(token => FromAsync(site, "/caller", "192.0.2.1", token)));

        Assert.All(answers, static answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(3000, site.Wix.CountOf(WixSite.TokenInfo));
    }

    [Fact]
    public async Task S65_Many_networks_together_have_a_share_and_lock_no_new_one_out()
    {
        await using var site = await StartAsync(static options => options.RefusedTokensPerMinuteInAll = 200);
        for (var round = 0; round < 20; round++)
        {
            for (var network = 0; network < 100; network++)
                await FromAsync(site, "/caller", $"10.{network}.0.1", $"OauthNG.JWS.made-up-{round}-{network}");
        }

        // 200 in all; beyond them nobody who has sent one may send another.
        Assert.Equal(200, site.Wix.CountOf(WixSite.TokenInfo));
        for (var i = 0; i < 50; i++)
            Assert.Equal(HttpStatusCode.OK,
                (await FromAsync(site, "/caller", $"198.51.100.{i}", site.Wix.IssueToken(EmulatedIdentity.Member()))).Status);
    }

    [Fact]
    public async Task S65_A_slow_token_info_is_asked_by_so_many_at_once_and_by_turns()
    {
        await using var site = await StartAsync(static options => options.MaxIdentificationsAtOnce = 20);
        using var gate = site.Wix.On(WixSite.TokenInfo).Hold();
        var flood = Enumerable.Range(0, 300).Select(i => FromAsync(site, "/caller", $"10.0.0.{i % 10}", $"OauthNG.JWS.made-up-{i}"))
            .ToList();
        await gate.WaitForArrivalsAsync(20);
        var honest = FromAsync(site, "/caller", "192.0.2.1", site.Wix.IssueToken(EmulatedIdentity.Member()));
        Assert.Equal(20, site.Wix.CountOf(WixSite.TokenInfo));

        gate.Open();

        Assert.Equal(HttpStatusCode.OK, (await honest).Status);
        Assert.All(await Task.WhenAll(flood), static answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.Status));
    }

    [Fact]
    public async Task S65_Whoever_leaves_at_once_has_spent_its_share_all_the_same()
    {
        await using var site = await StartAsync();
        for (var i = 0; i < 300; i++)
        {
            using var leaves = new CancellationTokenSource();
            using var request = new HttpRequestMessage(HttpMethod.Get, "/caller");
            request.Headers.TryAddWithoutValidation("Authorization", $"OauthNG.JWS.made-up-{i}");
            request.Headers.Add("X-Test-From", "192.0.2.1");
            var sent = site.Client.SendAsync(request, leaves.Token);
            await leaves.CancelAsync();
            try
            {
                await sent;
            }
            catch (OperationCanceledException)
            {
            }
        }

        Assert.InRange(site.Wix.CountOf(WixSite.TokenInfo), 0, Share + FirstAtOnce);
    }

    private static string Cookie(WixSite site, string refreshToken) =>
        SessionCookie.Of(site.Wix.App.ClientId, "OauthNG.JWS.expired", site.Clock.GetUtcNow().AddHours(-1), refreshToken, "member");

    private static Task<Answer> FromAsync(WixSite site, string path, string address, string? token) =>
        site.GetAsync(path, token, headers: ("X-Test-From", address));

    private static Task<WixSite> StartAsync(Action<WixOptions>? configure = null) => WixSite.StartAsync(
        static app =>
        {
            app.Use(static (context, next) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(context.Request.Headers["X-Test-From"].ToString());
                return next();
            });
            app.UseRouting();
            app.UseAuthentication();
            app.UseAuthorization();
            app.MapGet("/elevated", static () => "ok").Elevate(Callers.Member | Callers.Visitor);
            app.MapGet("/caller", static (Caller caller) => caller.Id ?? "nobody");
            app.MapGet("/policy", static () => "ok").RequireAuthorization();
            app.MapGet("/by-name", static async (HttpContext context) =>
            {
                if (!(await context.AuthenticateAsync("Wix")).Succeeded)
                    await context.ChallengeAsync("Wix");
            });
            app.MapGet("/call", static async (WixClient wix) => (await wix.Products.QueryAsync()).Items.Count);
            app.MapGet("/read",
                static async (ElevatedWixClient wix) => (await wix.SiteProperties.GetSitePropertiesAsync()).Properties.SiteDisplayName)
                .Elevate(Callers.Visitor);
        },
        configure);
}
