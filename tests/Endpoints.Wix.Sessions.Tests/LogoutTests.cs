using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Sessions.Tests.Hosting;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Hosting;

namespace Endpoints.Wix.Sessions.Tests;

/// <summary>Logging out: here at once, and at Wix if it can be had.</summary>
public sealed class LogoutTests
{
    private const string RedirectSession = "POST /_api/redirects-api/v1/redirect-session";

    [Theory]
    [InlineData(WixSessionCookie.Protected)]
    [InlineData(WixSessionCookie.Compatible)]
    public async Task A_logout_ends_the_session_here_and_at_Wix_and_comes_back(WixSessionCookie mode)
    {
        await using var site = await SessionSite.StartAsync(options => options.Session.Cookie = mode);
        using var browser = site.NewBrowser();
        await browser.LogInAsync();
        site.Wix.ClearCalls();

        var logout = await browser.PostAsync("/api/auth/logout?returnToUrl=" + Uri.EscapeDataString("/bye?a=1&b=2"));

        Assert.Equal(HttpStatusCode.Redirect, logout.Status);
        Assert.Equal("no-store", logout.CacheControl);
        Assert.Equal((Callers.Visitor, null), await browser.WhoAsync()); // before Wix has seen the browser

        var call = Assert.Single(site.Wix.CallsTo(RedirectSession));
        Assert.Equal(EmulatedIdentityKind.Member, call.Caller!.Kind);
        var body = JsonDocument.Parse(call.Body).RootElement;
        Assert.Equal(site.Wix.App.ClientId, body.GetProperty("logout").GetProperty("clientId").GetString());
        Assert.Equal("https://shop.example/api/auth/logout-callback?returnTo=%2Fbye%3Fa%3D1%26b%3D2",
            body.GetProperty("callbacks").GetProperty("postFlowUrl").GetString());
        Assert.Equal(0, site.Wix.CountOf(SessionSite.Tokens));

        var atWix = await browser.GetAsync(logout.Location!, crossSite: true);
        var back = await browser.GetAsync(atWix.Location!, crossSite: true);
        Assert.Equal("/bye?a=1&b=2", back.Location);
        Assert.Empty(back.SetCookies);

        // Logged out at Wix too: the next login asks.
        Assert.Equal("/account", (await browser.LogInAsync("?prompt=none&returnToUrl=/account")).Location);
        Assert.Equal(Callers.Visitor, (await browser.WhoAsync()).Kind);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task S32_With_a_session_end_its_copies_from_before_and_after_a_renewal(bool byTheOldOne)
    {
        await using var site = await SessionSite.StartAsync(
            static options => options.Session.Cookie = WixSessionCookie.Compatible, static options => options.RotateRefreshTokens = true);
        using var browser = site.OpenMember("member-1");
        using var before = browser.Copy();
        site.Clock.Advance(TimeSpan.FromHours(5));
        Assert.Equal((Callers.Member, "member-1"), await browser.WhoAsync());
        using var after = browser.Copy();

        using var leaving = (byTheOldOne ? before : after).Copy();
        await leaving.PostAsync("/api/auth/logout");

        Assert.Equal((Callers.Visitor, null), await before.WhoAsync());
        Assert.Equal((Callers.Visitor, null), await after.WhoAsync());
    }

    [Fact]
    public async Task S32_A_session_without_a_refresh_token_has_ended_in_every_copy_too()
    {
        await using var site = await SessionSite.StartAsync(static options => options.Session.Cookie = WixSessionCookie.Compatible);
        var session = site.Wix.IssueSession(EmulatedIdentity.Member("member-1"));
        using var browser = site.NewBrowser();
        browser.Jar.Plant(site.Origin, CompatibleCookie.Name, CompatibleCookie.Of(
            site.Wix.App.ClientId, session.AccessToken, session.ExpiresAt.ToUnixTimeSeconds(), "", "member"));
        using var copy = browser.Copy();
        Assert.Equal((Callers.Member, "member-1"), await copy.WhoAsync());

        await browser.PostAsync("/api/auth/logout");

        Assert.Equal((Callers.Visitor, null), await copy.WhoAsync());
    }

    [Theory]
    [InlineData(500)]
    [InlineData(401)]
    [InlineData(403)]
    public async Task When_Wix_can_not_be_asked_the_session_has_ended_all_the_same(int status)
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();
        await browser.LogInAsync();
        site.Wix.On(RedirectSession).Fail(status);

        var logout = await browser.PostAsync("/api/auth/logout?returnToUrl=/bye");

        Assert.Equal(HttpStatusCode.Redirect, logout.Status);
        Assert.Equal("/bye", logout.Location);
        Assert.Equal((Callers.Visitor, null), await browser.WhoAsync());
    }

    [Fact]
    public async Task S18_Copies_of_a_visitors_cookie_make_Wix_work_for_no_more_logouts_than_their_share_and_all_end_here()
    {
        await using var site = await SessionSite.StartAsync(static options => options.LoginsPerMinute = 5);
        using var visitor = site.NewBrowser();
        await visitor.GetAsync("/page");

        for (var copy = 0; copy < 20; copy++)
        {
            using var robot = visitor.Copy();
            Assert.Equal(HttpStatusCode.Redirect, (await robot.PostAsync("/api/auth/logout")).Status);
            Assert.DoesNotContain(robot.Jar.Names, static name => name.StartsWith("__Host-wixSession", StringComparison.Ordinal));
        }

        Assert.Equal(5, site.Wix.CountOf(RedirectSession));
    }

    [Fact]
    public async Task S19_Logouts_of_made_up_sessions_fill_no_cache_beyond_the_share_of_their_address()
    {
        var cache = new CountingCache();
        await using var site = await SessionSite.StartAsync(
            static options => (options.Session.Cookie, options.LoginsPerMinute) = (WixSessionCookie.Compatible, 5),
            build: builder => builder.Services.AddSingleton<IDistributedCache>(cache));

        for (var i = 0; i < 50; i++)
        {
            using var robot = site.NewBrowser();
            robot.Jar.Plant(site.Origin, CompatibleCookie.Name,
                CompatibleCookie.Of(site.Wix.App.ClientId, "access" + i, 0, "refresh" + i, "member"));
            Assert.Equal(HttpStatusCode.Redirect, (await robot.PostAsync("/api/auth/logout")).Status);
            Assert.DoesNotContain(CompatibleCookie.Name, robot.Jar.Names);
        }

        Assert.Equal(5, cache.Keys.Count);
    }

    [Theory]
    [InlineData(WixSessionCookie.Protected)]
    [InlineData(WixSessionCookie.Compatible)]
    public async Task S32_A_copy_of_the_cookie_is_worth_nothing_after_the_logout(WixSessionCookie mode)
    {
        await using var site = await SessionSite.StartAsync(options => options.Session.Cookie = mode);
        using var browser = site.NewBrowser();
        await browser.LogInAsync();
        using var copy = browser.Copy();
        Assert.Equal(Callers.Member, (await copy.WhoAsync()).Kind);

        await browser.PostAsync("/api/auth/logout");

        var refused = await copy.GetAsync("/members");
        Assert.Equal("session-ended", refused.Problem);
        Assert.Empty(refused.SetCookies);
        Assert.Equal((Callers.Visitor, null), await copy.WhoAsync());
    }

    [Fact]
    public async Task S32_A_copy_from_before_a_renewal_is_worth_nothing_either()
    {
        await using var site = await SessionSite.StartAsync(emulate: options => options.RotateRefreshTokens = true);
        using var browser = site.NewBrowser();
        await browser.LogInAsync();
        using var copy = browser.Copy();
        site.Clock.Advance(TimeSpan.FromHours(5));
        Assert.Equal(Callers.Member, (await browser.WhoAsync()).Kind);

        await browser.PostAsync("/api/auth/logout");

        Assert.Equal((Callers.Visitor, null), await copy.WhoAsync());
    }

    [Fact]
    public async Task A_request_that_is_under_way_does_not_bring_the_session_back()
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();
        await browser.LogInAsync();
        site.Clock.Advance(TimeSpan.FromHours(5));
        using var slow = browser.Copy();
        using var gate = site.Wix.On(SessionSite.TokenInfo).Hold();
        var asking = slow.GetAsync("/who"); // renews, and stops at who it is
        await gate.WaitForArrivalsAsync(1);

        var logout = await browser.PostAsync("/api/auth/logout");
        gate.Open();
        var late = await asking;

        Assert.Equal(HttpStatusCode.Redirect, logout.Status);
        Assert.Empty(late.SetCookies);
    }

    [Fact]
    public async Task Another_node_hears_of_the_logout_when_it_has_to_renew()
    {
        var cache = new MemoryDistributedCache(Microsoft.Extensions.Options.Options.Create(new MemoryDistributedCacheOptions()));
        await using var one = await SessionSite.StartAsync(build: builder => builder.Services.AddSingleton<IDistributedCache>(cache));
        await using var two = await SessionSite.StartAsync(beside: one);
        using var browser = one.NewBrowser();
        await browser.LogInAsync();
        using var copy = browser.Copy();
        copy.Site = two;

        await browser.PostAsync("/api/auth/logout");
        one.Clock.Advance(TimeSpan.FromHours(4));

        Assert.Equal("session-ended", (await copy.GetAsync("/members")).Problem);
    }

    [Theory]
    [InlineData(WixSessionCookie.Protected, false)]
    [InlineData(WixSessionCookie.Protected, true)]
    [InlineData(WixSessionCookie.Compatible, false)]
    [InlineData(WixSessionCookie.Compatible, true)]
    public async Task S66_A_stream_that_is_open_when_its_session_is_logged_out_calls_no_more(WixSessionCookie mode, bool renewed)
    {
        var calls = Channel.CreateUnbounded<TaskCompletionSource<(Exception?, Exception?)>>();
        await using var site = await SessionSite.StartAsync(
            options => options.Session.Cookie = mode,
            emulate: static options => options.RotateRefreshTokens = true,
            map: app => MapStream(app, calls.Reader));
        using var browser = site.NewBrowser();
        await browser.LogInAsync();
        using var open = await OpenAsync(site, browser);
        Assert.Equal((null, null), await CallAsync(calls));
        if (renewed)
        {
            // By another request of the browser; the stream has the token from before.
            site.Clock.Advance(TimeSpan.FromHours(4) - TimeSpan.FromMinutes(1));
            await browser.WhoAsync();
            Assert.Equal((null, null), await CallAsync(calls));
        }

        await browser.PostAsync("/api/auth/logout");
        site.Wix.ClearCalls();
        var (asApp, asCaller) = await CallAsync(calls);

        Assert.Equal(HttpStatusCode.Unauthorized, Assert.IsType<WixApiException>(asApp).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, Assert.IsType<WixApiException>(asCaller).Status);
        Assert.Empty(site.Wix.Calls);
        calls.Writer.Complete();
    }

    [Fact]
    public async Task S66_A_stream_on_another_node_hears_of_the_logout_when_Wix_is_to_be_asked_again()
    {
        var calls = Channel.CreateUnbounded<TaskCompletionSource<(Exception?, Exception?)>>();
        var cache = new MemoryDistributedCache(Microsoft.Extensions.Options.Options.Create(new MemoryDistributedCacheOptions()));
        await using var one = await SessionSite.StartAsync(build: builder => builder.Services.AddSingleton<IDistributedCache>(cache));
        await using var two = await SessionSite.StartAsync(beside: one, map: app => MapStream(app, calls.Reader));
        using var browser = one.NewBrowser();
        await browser.LogInAsync();
        using var open = await OpenAsync(two, browser);
        Assert.Equal((null, null), await CallAsync(calls));

        await browser.PostAsync("/api/auth/logout");
        one.Clock.Advance(TimeSpan.FromMinutes(1));
        one.Wix.ClearCalls();

        Assert.Equal(HttpStatusCode.Unauthorized, Assert.IsType<WixApiException>((await CallAsync(calls)).Item1).Status);
        calls.Writer.Complete();
    }

    [Fact]
    public async Task S66_A_renewal_by_the_browser_does_not_prolong_a_stream_that_is_open()
    {
        var calls = Channel.CreateUnbounded<TaskCompletionSource<(Exception?, Exception?)>>();
        await using var site = await SessionSite.StartAsync(map: app => MapStream(app, calls.Reader));
        using var browser = site.NewBrowser();
        await browser.LogInAsync();
        using var open = await OpenAsync(site, browser);
        site.Clock.Advance(TimeSpan.FromHours(4) - TimeSpan.FromMinutes(1));
        await browser.WhoAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Callers.Member, (await browser.WhoAsync()).Kind);

        Assert.Equal(HttpStatusCode.Unauthorized, Assert.IsType<WixApiException>((await CallAsync(calls)).Item1).Status);
        calls.Writer.Complete();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task S49_A_renewal_on_another_node_does_not_undo_a_logout(bool endsFirst)
    {
        var cache = new MemoryDistributedCache(Microsoft.Extensions.Options.Options.Create(new MemoryDistributedCacheOptions()));
        await using var one = await SessionSite.StartAsync(
            emulate: static options => options.RotateRefreshTokens = true,
            build: builder => builder.Services.AddSingleton<IDistributedCache>(cache));
        await using var two = await SessionSite.StartAsync(beside: one);
        await using var three = await SessionSite.StartAsync(beside: one);
        using var browser = one.NewBrowser();
        await browser.LogInAsync();
        using var atTwo = browser.Copy();
        atTwo.Site = two;
        using var before = browser.Copy();
        one.Clock.Advance(TimeSpan.FromHours(5));
        using var gate = one.Wix.On(SessionSite.Tokens).Hold();
        var renewing = atTwo.WhoAsync();
        await gate.WaitForArrivalsAsync(1);

        if (!endsFirst)
        {
            gate.Open();
            await renewing;
        }

        await browser.PostAsync("/api/auth/logout");
        gate.Open();
        await renewing;
        one.Clock.Advance(TimeSpan.FromHours(5));

        // Neither the cookie from before nor, where there is one, the renewed one is worth anything, wherever it is shown.
        foreach (var copy in (Browser[])[before.Copy(), atTwo.Copy()])
        {
            copy.Site = three;
            Assert.Equal((Callers.Visitor, null), await copy.WhoAsync());
            copy.Dispose();
        }

        Assert.Equal((Callers.Visitor, null), await atTwo.WhoAsync());
    }

    [Fact]
    public async Task Without_a_session_there_is_nothing_to_end_and_Wix_is_not_asked()
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();

        var logout = await browser.PostAsync("/api/auth/logout?returnUrl=/bye");

        Assert.Equal("/bye", logout.Location);
        Assert.Empty(logout.SetCookies);
        Assert.Empty(site.Wix.Calls);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("https://evil.example", null)]
    [InlineData("null", null)]
    [InlineData("http://shop.example", null)]
    [InlineData("https://shop.example.evil.example", null)]
    [InlineData("https://sub.shop.example", null)]
    [InlineData("https://shop.example:8443", null)]
    [InlineData("https://shop.example", "cross-site")]
    [InlineData("https://shop.example", "same-site")]
    [InlineData("https://sub.shop.example", "same-site")]
    [InlineData(null, "cross-site")]
    [InlineData(null, "same-site")]
    [InlineData(null, "none")]
    public async Task S28_Another_site_can_log_nobody_out(string? origin, string? site)
    {
        await using var shop = await SessionSite.StartAsync();
        using var browser = shop.NewBrowser();
        await browser.LogInAsync();
        List<(string, string)> headers = [("X-Requested-With", "x")];
        if (origin is not null)
            headers.Add(("Origin", origin));
        if (site is not null)
            headers.Add(("Sec-Fetch-Site", site));

        foreach (var type in new[] { null, "application/x-www-form-urlencoded", "text/plain", "application/json",
            "multipart/form-data; boundary=x" })
        {
            using var content = type is null ? null : new StringContent("a=b");
            if (content is not null)
                content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type!);
            // Without SameSite: as if the browser knew nothing of it.
            var answer = await browser.SendAsync("POST", "/api/auth/logout", false, content, [.. headers]);
            Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
            Assert.Equal("cross-site-session", answer.Problem);
            Assert.Empty(answer.SetCookies);
        }

        Assert.Equal(Callers.Member, (await browser.WhoAsync()).Kind);
    }

    [Theory]
    [InlineData("https://shop.example", null)]
    [InlineData("https://shop.example", "same-origin")]
    [InlineData(null, "same-origin")]
    public async Task The_sites_own_pages_can(string? origin, string? site)
    {
        await using var shop = await SessionSite.StartAsync();
        using var browser = shop.NewBrowser();
        await browser.LogInAsync();
        List<(string, string)> headers = [];
        if (origin is not null)
            headers.Add(("Origin", origin));
        if (site is not null)
            headers.Add(("Sec-Fetch-Site", site));

        Assert.Equal(HttpStatusCode.Redirect, (await browser.PostAsync("/api/auth/logout", [.. headers])).Status);
        Assert.Equal((Callers.Visitor, null), await browser.WhoAsync());
    }

    [Fact]
    public async Task The_logout_callback_alone_logs_nobody_out()
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();
        await browser.LogInAsync();

        var answer = await browser.GetAsync("/api/auth/logout-callback?returnTo=/x", crossSite: true);

        Assert.Equal("/x", answer.Location);
        Assert.Equal(Callers.Member, (await browser.WhoAsync()).Kind);
    }

    [Theory]
    [InlineData("POST", "/open", null, HttpStatusCode.Forbidden)]
    [InlineData("POST", "/open", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("POST", "/open", "https://shop.example", HttpStatusCode.OK)]
    [InlineData("GET", "/open", "https://evil.example", HttpStatusCode.OK)]
    public async Task S28_A_session_changes_something_only_from_the_sites_own_pages(string method, string path, string? origin,
        HttpStatusCode status)
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();
        await browser.LogInAsync();

        var answer = await browser.SendAsync(method, path, false, null, origin is null ? [] : [("Origin", origin)]);

        Assert.Equal(status, answer.Status);
    }

    private static void MapStream(WebApplication app, ChannelReader<TaskCompletionSource<(Exception?, Exception?)>> calls) =>
        app.MapGet("/stream", async (HttpContext context, ElevatedWixClient wix, WixClient own) =>
        {
            await context.Response.WriteAsync("open");
            await context.Response.Body.FlushAsync();
            await foreach (var call in calls.ReadAllAsync(
                context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping))
            {
                call.SetResult((
                    await Record.ExceptionAsync(() => wix.SiteProperties.GetSitePropertiesAsync()),
                    await Record.ExceptionAsync(() => own.FetchWithAuthAsync(HttpMethod.Get, "/site-properties/v4/properties"))));
            }
        }).Elevate(Callers.Member);

    private static async Task<HttpResponseMessage> OpenAsync(SessionSite site, Browser browser)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(site.Origin, "/stream"));
        request.Headers.TryAddWithoutValidation("Cookie", browser.Jar.Header(request.RequestUri!, "GET", crossSite: false));
        var response = await site.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response;
    }

    /// <summary>The exceptions of a call as the app in the stream, and of one as the caller after it.</summary>
    private static Task<(Exception?, Exception?)> CallAsync(Channel<TaskCompletionSource<(Exception?, Exception?)>> calls)
    {
        var done = new TaskCompletionSource<(Exception?, Exception?)>(TaskCreationOptions.RunContinuationsAsynchronously);
        Assert.True(calls.Writer.TryWrite(done));
        return done.Task;
    }

    private sealed class CountingCache : IDistributedCache
    {
        private readonly MemoryDistributedCache _cache =
            new(Microsoft.Extensions.Options.Options.Create(new MemoryDistributedCacheOptions()));

        public HashSet<string> Keys { get; } = [];

        public byte[]? Get(string key) => _cache.Get(key);

        public Task<byte[]?> GetAsync(string key, CancellationToken token = default) => _cache.GetAsync(key, token);

        public void Refresh(string key) => _cache.Refresh(key);

        public Task RefreshAsync(string key, CancellationToken token = default) => _cache.RefreshAsync(key, token);

        public void Remove(string key) => _cache.Remove(key);

        public Task RemoveAsync(string key, CancellationToken token = default) => _cache.RemoveAsync(key, token);

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

        public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
        {
            lock (Keys)
                Keys.Add(key);
            return _cache.SetAsync(key, value, options, token);
        }
    }
}
