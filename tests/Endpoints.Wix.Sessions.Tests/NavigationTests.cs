using System.Net;
using Endpoints.Wix.Sessions.Tests.Hosting;

namespace Endpoints.Wix.Sessions.Tests;

/// <summary>A foreign page uses up nobody's logins.</summary>
public sealed class NavigationTests
{
    public static TheoryData<string, string, string?, string> Background
    {
        get
        {
            var data = new TheoryData<string, string, string?, string>();
            foreach (var dest in new[] { "image", "script", "style", "font", "audio", "video", "track", "iframe", "frame", "embed",
                "object", "empty", "worker", "manifest", "report", "" })
            {
                foreach (var mode in new[] { "no-cors", "cors", "same-origin", "websocket" })
                    data.Add(dest, mode, null, "");
            }

            foreach (var dest in new[] { "iframe", "frame", "embed", "object", "fencedframe" })
                data.Add(dest, "navigate", null, "");
            data.Add("document", "no-cors", null, "");
            foreach (var purpose in new[] { "prefetch", "prefetch;prerender", "prefetch;anonymous-client-ip" })
                data.Add("document", "navigate", purpose, "Sec-Purpose");
            data.Add("document", "navigate", "preview", "X-Purpose");
            data.Add("document", "navigate", "Prefetch", "Purpose");
            data.Add("document", "navigate", "prefetch", "X-Moz");
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Background))]
    public async Task S70_What_no_user_opens_begins_nothing_and_counts_for_nothing(string dest, string mode, string? purpose,
        string purposeHeader)
    {
        await using var site =
            await SessionSite.StartAsync(static options => options.LoginsPerMinute = 5, map: static app => app.MapWixInstallation());
        using var browser = site.NewBrowser();
        List<(string, string)> headers = [("Sec-Fetch-Dest", dest), ("Sec-Fetch-Mode", mode), ("Sec-Fetch-Site", "cross-site")];
        if (purpose is not null)
            headers.Add((purposeHeader, purpose));

        foreach (var path in new[] { "/api/auth/login", "/api/install" })
        {
            for (var i = 0; i < 12; i++)
            {
                var answer = await browser.SendAsync("GET", path, true, null, [.. headers]);
                Assert.Equal((HttpStatusCode.Forbidden, "not-opened-by-user"), (answer.Status, answer.Problem));
                Assert.Empty(answer.SetCookies);
            }

            Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync(path)).Status);
        }
    }

    [Fact]
    public async Task A_user_who_opens_the_page_for_a_purpose_of_their_own_begins_a_login()
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();

        var answer = await browser.SendAsync("GET", "/api/auth/login", true, null, ("Sec-Fetch-Dest", "document"),
            ("Sec-Fetch-Mode", "navigate"), ("Sec-Purpose", "another"));

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
    }

    [Fact]
    public async Task S70_Pages_that_a_foreign_page_opens_take_nothing_from_the_users_own()
    {
        await using var site =
            await SessionSite.StartAsync(static options => options.LoginsPerMinute = 5, map: static app => app.MapWixInstallation());
        using var browser = site.NewBrowser();
        await browser.LogInAsync();

        foreach (var path in new[] { "/api/auth/login", "/api/install" })
        {
            for (var i = 0; i < 61; i++)
            {
                using var victim = browser.Copy();
                await victim.SendAsync("GET", path, true, null, ("Sec-Fetch-Dest", "document"), ("Sec-Fetch-Mode", "navigate"),
                    ("Sec-Fetch-Site", "cross-site"));
            }

            foreach (var sent in new[] { "same-origin", "none" })
            {
                Assert.Equal(
                    HttpStatusCode.Redirect,
                    (await browser.SendAsync("GET", path, false, null, ("Sec-Fetch-Dest", "document"), ("Sec-Fetch-Mode", "navigate"),
                        ("Sec-Fetch-Site", sent))).Status);
            }

            Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync(path)).Status); // a browser that does not say
        }

        var logout = await browser.PostAsync("/api/auth/logout");
        Assert.Equal(HttpStatusCode.Redirect, logout.Status);
        Assert.StartsWith(site.Wix.Address.AbsoluteUri, logout.Location!, StringComparison.Ordinal);
    }
}
