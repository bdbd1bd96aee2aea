using System.Net;
using Endpoints.Wix.Sessions.Tests.Hosting;

namespace Endpoints.Wix.Sessions.Tests;

/// <summary>Entries that strangers make up never evict those that Wix has confirmed.</summary>
public sealed class EndedSessionTests
{
    [Theory]
    [InlineData(WixSessionCookie.Compatible, true, false, 50_500)]
    [InlineData(WixSessionCookie.Compatible, false, false, 8_000)]
    [InlineData(WixSessionCookie.Compatible, false, true, 8_000)]
    [InlineData(WixSessionCookie.Protected, true, false, 8_000)]
    public async Task S63_Logouts_with_made_up_cookies_make_a_node_forget_no_real_one(WixSessionCookie mode, bool elsewhere, bool unexpired,
        int many)
    {
        await using var site =
            await SessionSite.StartAsync(options => (options.Session.Cookie, options.LoginsPerMinute) = (mode, 1_000_000));
        using var browser = site.NewBrowser();
        await browser.LogInAsync();
        using var copy = browser.Copy();
        await browser.PostAsync("/api/auth/logout");

        var end = unexpired ? site.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds() : 0;
        for (var i = 0; i < many; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/logout");
            request.Headers.Add("Origin", "https://shop.example");
            request.Headers.Add("X-Test-Client", elsewhere ? $"10.{i >> 16}.{(i >> 8) & 0xFF}.{i & 0xFF}" : "203.0.113.7");
            request.Headers.Add("Cookie",
                $"{CompatibleCookie.Name}={CompatibleCookie.Of(site.Wix.App.ClientId, "access" + i, end, "refresh" + i, "member")}");
            using var answer = await site.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        }

        Assert.Equal((Callers.Visitor, null), await copy.WhoAsync());
        Assert.Equal("session-ended", (await copy.GetAsync("/members")).Problem);
    }

    [Theory]
    [InlineData(WixSessionCookie.Compatible, 0)]
    [InlineData(WixSessionCookie.Protected, 2)]
    public async Task S63_Only_a_cookie_that_anybody_can_write_waits_for_Wixs_word(WixSessionCookie mode, int confirmed)
    {
        await using var site = await SessionSite.StartAsync(options => options.Session.Cookie = mode);
        using var measured = new Measured(site);
        using var browser = site.NewBrowser();
        await browser.LogInAsync();
        site.Clock.Advance(TimeSpan.FromHours(5)); // what Wix would say of its token is that it has expired

        await browser.PostAsync("/api/auth/logout");

        Assert.Equal(confirmed, measured.Of("ended_sessions True"));
        Assert.NotEqual(0, measured.Of("ended_sessions False"));
    }
}
