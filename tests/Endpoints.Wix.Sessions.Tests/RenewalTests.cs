using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Sessions.Tests.Hosting;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;

namespace Endpoints.Wix.Sessions.Tests;

/// <summary>Sessions whose access token has expired, or is about to.</summary>
public sealed class RenewalTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(4);

    [Fact]
    public async Task An_expired_session_is_renewed_and_saved_and_stays_the_members()
    {
        await using var site = await StartAsync();
        using var browser = site.OpenMember("member-1");
        var before = browser.AccessToken();
        site.Clock.Advance(Lifetime + TimeSpan.FromHours(1));

        Assert.Equal((Callers.Member, "member-1"), await browser.WhoAsync());

        Assert.NotEqual(before, browser.AccessToken());
        Assert.Equal("member", browser.Read().GetProperty("tokens").GetProperty("refreshToken").GetProperty("role").GetString());
        Assert.Equal((Callers.Member, "member-1"), await browser.WhoAsync());
        Assert.Equal(1, site.Wix.CountOf(SessionSite.Tokens));
    }

    [Fact]
    public async Task A_protected_session_is_renewed_and_saved_just_so()
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();
        await browser.GetAsync("/page");
        var id = (await browser.WhoAsync()).Id;
        var before = browser.Jar["__Host-wixSession"];
        site.Clock.Advance(Lifetime + TimeSpan.FromDays(30));

        Assert.Equal(id, (await browser.WhoAsync()).Id);

        Assert.NotEqual(before, browser.Jar["__Host-wixSession"]);
        Assert.Equal(id, (await browser.WhoAsync()).Id);
        Assert.Equal(2, site.Wix.CountOf(SessionSite.Tokens));
    }

    [Theory]
    [InlineData(300 + 1, 0)]
    [InlineData(300, 1)]
    [InlineData(1, 1)]
    [InlineData(0, 1)]
    [InlineData(-100_000, 1)]
    public async Task It_is_renewed_five_minutes_before_its_end(int secondsLeft, int renewals)
    {
        await using var site = await StartAsync();
        using var browser = site.OpenMember("member-1");
        site.Clock.Advance(Lifetime - TimeSpan.FromSeconds(secondsLeft));

        Assert.Equal((Callers.Member, "member-1"), await browser.WhoAsync());

        Assert.Equal(renewals, site.Wix.CountOf(SessionSite.Tokens));
    }

    [Fact]
    public async Task Tokens_that_live_shorter_than_that_are_not_renewed_with_every_request()
    {
        await using var site = await StartAsync(options => options.AccessTokenLifetime = TimeSpan.FromMinutes(4));
        using var browser = site.OpenMember("member-1");

        for (var second = 0; second < 119; second += 7)
        {
            Assert.Equal((Callers.Member, "member-1"), await browser.WhoAsync());
            site.Clock.Advance(TimeSpan.FromSeconds(7));
        }

        Assert.Equal(1, site.Wix.CountOf(SessionSite.Tokens));
    }

    [Fact]
    public async Task Requests_at_the_same_time_share_one_renewal_and_one_that_leaves_does_not_stop_it()
    {
        await using var site = await StartAsync(options => options.RotateRefreshTokens = true);
        using var browser = site.OpenMember("member-1");
        site.Clock.Advance(Lifetime);
        using var gate = site.Wix.On(SessionSite.Tokens).Hold();
        var tabs = Enumerable.Range(0, 50).Select(_ => browser.Copy()).ToList();

        using var leaving = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/who");
        request.Headers.Add("Cookie", browser.Jar.Header(site.Origin, "GET", false));
        var left = site.Client.SendAsync(request, leaving.Token);
        await gate.WaitForArrivalsAsync(1);
        var asking = tabs.Select(static tab => tab.WhoAsync()).ToList();
        await leaving.CancelAsync();
        gate.Open();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);

        Assert.All(await Task.WhenAll(asking), static who => Assert.Equal((Callers.Member, "member-1"), who));
        Assert.Equal(1, site.Wix.CountOf(SessionSite.Tokens));
        Assert.Single(tabs.Select(static tab => tab.RefreshToken()).Distinct());
        tabs.ForEach(static tab => tab.Dispose());
    }

    [Fact]
    public async Task S07_Sessions_that_are_renewed_at_the_same_time_get_each_its_own_tokens()
    {
        await using var site = await StartAsync();
        var browsers = Enumerable.Range(0, 40).Select(number => site.OpenMember($"member-{number}")).ToList();
        site.Clock.Advance(Lifetime);
        using var gate = site.Wix.On(SessionSite.Tokens).Hold();
        var asking = browsers.Select(static browser => browser.WhoAsync()).ToList();
        await gate.WaitForArrivalsAsync(40);
        gate.Open();

        var who = await Task.WhenAll(asking);

        Assert.Equal(Enumerable.Range(0, 40).Select(static number => (Callers.Member, (string?)$"member-{number}")), who);
        Assert.Equal(who, await Task.WhenAll(browsers.Select(static browser => browser.WhoAsync())));
        Assert.Equal(40, site.Wix.CountOf(SessionSite.Tokens));
        browsers.ForEach(static browser => browser.Dispose());
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(429)]
    [InlineData(404)]
    [InlineData(200)]
    [InlineData(0)]
    [InlineData(400, "invalid_client")]
    [InlineData(401, "invalid_client")]
    [InlineData(400, "unauthorized_client")]
    public async Task When_Wix_is_down_or_refuses_the_application_an_expired_session_is_kept_and_the_answer_is_503(
        int status, string? error = null)
    {
        await using var site = await StartAsync();
        using var browser = site.OpenMember("member-1");
        var before = browser.Jar[CompatibleCookie.Name];
        site.Clock.Advance(Lifetime);
        if (status == 0)
            site.Wix.On(SessionSite.Tokens).Drop();
        else
            site.Wix.On(SessionSite.Tokens).Answer(status, error is null ? "<html>" : $$"""{"error":"{{error}}"}""");

        foreach (var path in new[] { "/who", "/open", "/members", "/as-caller" })
        {
            var answer = await browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
            Assert.Equal("wix-unavailable", answer.Problem);
            Assert.Empty(answer.SetCookies);
        }

        Assert.Equal("false", (await browser.GetAsync("/page")).Body);
        Assert.Equal(before, browser.Jar[CompatibleCookie.Name]);
        Assert.DoesNotContain(site.Wix.CallsTo(SessionSite.Tokens),
            static call => call.Body.Contains("anonymous", StringComparison.Ordinal));

        site.Wix.ClearFaults();
        Assert.Equal((Callers.Member, "member-1"), await browser.WhoAsync());
    }

    [Fact]
    public async Task When_Wix_is_down_a_session_that_is_still_good_goes_on_and_Wix_is_not_pestered()
    {
        await using var site = await StartAsync();
        using var browser = site.OpenMember("member-1");
        site.Clock.Advance(Lifetime - TimeSpan.FromMinutes(2));
        site.Wix.On(SessionSite.Tokens).Fail(500);

        for (var request = 0; request < 10; request++)
            Assert.Equal((Callers.Member, "member-1"), await browser.WhoAsync());

        Assert.Equal(1, site.Wix.CountOf(SessionSite.Tokens));
        site.Wix.ClearFaults();
        site.Clock.Advance(TimeSpan.FromSeconds(6));
        await browser.WhoAsync();
        Assert.Equal(2, site.Wix.CountOf(SessionSite.Tokens));
    }

    [Fact]
    public async Task A_member_whose_session_Wix_has_ended_is_nobody_and_is_told_so()
    {
        await using var site = await StartAsync();
        using var browser = site.OpenMember("member-1");
        using var atMembers = browser.Copy();
        using var atOpen = browser.Copy();
        using var asCaller = browser.Copy();
        site.Wix.RevokeAll(EmulatedIdentityKind.Member);
        site.Clock.Advance(Lifetime);

        Assert.Equal((Callers.Visitor, null), await browser.WhoAsync());
        Assert.Empty(browser.Jar.Names);

        var refused = await atMembers.GetAsync("/members");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.Status);
        Assert.Equal("session-ended", refused.Problem);
        Assert.Equal("Log in again.", refused.Json.GetProperty("detail").GetString());
        Assert.Empty(atMembers.Jar.Names);

        // What is open to anybody is open to them; but nobody acts for them as somebody else.
        Assert.Equal(HttpStatusCode.OK, (await atOpen.GetAsync("/open")).Status);
        Assert.Empty(atOpen.Jar.Names);
        Assert.Equal(HttpStatusCode.Unauthorized, (await asCaller.GetAsync("/as-caller")).Status);
        Assert.Empty(asCaller.Jar.Names);

        Assert.DoesNotContain(site.Wix.CallsTo(SessionSite.Tokens),
            static call => call.Body.Contains("anonymous", StringComparison.Ordinal));
        Assert.Contains(site.Logs.Lines, static line => line.Contains("The session of a member has ended", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_visitor_whose_session_Wix_has_ended_is_any_other_visitor()
    {
        await using var site = await StartAsync();
        using var browser = site.Open(site.Wix.IssueSession(EmulatedIdentity.Visitor("visitor-1")), "visitor");
        site.Wix.RevokeAll(EmulatedIdentityKind.Visitor);
        site.Clock.Advance(Lifetime);

        Assert.Equal((Callers.Visitor, null), await browser.WhoAsync());

        Assert.Empty(browser.Jar.Names);
    }

    [Fact]
    public async Task A_withdrawn_access_token_is_replaced_if_the_refresh_token_is_still_good()
    {
        await using var site = await StartAsync();
        using var browser = site.OpenMember("member-1");
        Assert.Equal((Callers.Member, "member-1"), await browser.WhoAsync());
        site.Wix.Revoke(browser.AccessToken());
        site.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal((Callers.Member, "member-1"), await browser.WhoAsync());

        Assert.Equal(1, site.Wix.CountOf(SessionSite.Tokens));
    }

    [Fact]
    public async Task A_session_without_a_refresh_token_ends_with_its_access_token()
    {
        await using var site = await StartAsync();
        using var browser = site.NewBrowser();
        var token = site.Wix.IssueToken(EmulatedIdentity.Member("member-1"));
        browser.Jar.Plant(site.Origin, CompatibleCookie.Name, CompatibleCookie.Of(
            site.Wix.App.ClientId, token, site.Clock.GetUtcNow().Add(Lifetime).ToUnixTimeSeconds(), "", "none"));
        Assert.Equal((Callers.Member, "member-1"), await browser.WhoAsync());
        site.Clock.Advance(Lifetime);

        Assert.Equal((Callers.Visitor, null), await browser.WhoAsync());
        Assert.Empty(browser.Jar.Names);
    }

    [Fact]
    public async Task S49_A_tab_that_still_has_the_old_cookie_gets_what_its_refresh_token_was_exchanged_for()
    {
        await using var site = await StartAsync(options => options.RotateRefreshTokens = true);
        using var browser = site.OpenMember("member-1");
        using var stale = browser.Copy();

        // Three times over: the old tab has missed it all.
        for (var time = 0; time < 3; time++)
        {
            site.Clock.Advance(Lifetime);
            Assert.Equal((Callers.Member, "member-1"), await browser.WhoAsync());
        }

        Assert.Equal((Callers.Member, "member-1"), await stale.WhoAsync());
        Assert.Equal(browser.RefreshToken(), stale.RefreshToken());
        Assert.Equal(3, site.Wix.CountOf(SessionSite.Tokens));

        using var staler = site.NewBrowser();
        staler.Jar.Plant(site.Origin, CompatibleCookie.Name, browser.Jar[CompatibleCookie.Name]!);
        site.Clock.Advance(Lifetime);
        Assert.Equal((Callers.Member, "member-1"), await staler.WhoAsync());
        Assert.Equal((Callers.Member, "member-1"), await stale.WhoAsync());
        Assert.Equal(4, site.Wix.CountOf(SessionSite.Tokens));
    }

    [Fact]
    public async Task S49_Two_nodes_that_renew_together_log_nobody_out()
    {
        var cache = new MemoryDistributedCache(Microsoft.Extensions.Options.Options.Create(new MemoryDistributedCacheOptions()));
        await using var one = await SessionSite.StartAsync(
            options => options.Session.Cookie = WixSessionCookie.Compatible,
            options => options.RotateRefreshTokens = true,
            builder => builder.Services.AddSingleton<IDistributedCache>(cache));
        await using var two = await SessionSite.StartAsync(options => options.Session.Cookie = WixSessionCookie.Compatible, beside: one);
        using var browser = one.OpenMember("member-1");
        using var atTwo = browser.Copy();
        atTwo.Site = two;
        using var stale = browser.Copy();
        stale.Site = two;
        one.Clock.Advance(Lifetime);
        using var gate = one.Wix.On(SessionSite.Tokens).Hold();
        var first = browser.WhoAsync();
        var second = atTwo.WhoAsync();
        await gate.WaitForArrivalsAsync(2); // both have asked before either is answered
        gate.Open();

        Assert.Equal((Callers.Member, "member-1"), await first);
        Assert.Equal((Callers.Member, "member-1"), await second);
        Assert.Equal(browser.RefreshToken(), atTwo.RefreshToken());
        Assert.Equal([200, 400], one.Wix.CallsTo(SessionSite.Tokens).Select(static call => call.StatusCode!.Value).Order());

        // A request that was on its way all the while costs no further exchange.
        Assert.Equal((Callers.Member, "member-1"), await stale.WhoAsync());
        Assert.Equal(2, one.Wix.CountOf(SessionSite.Tokens));
    }

    [Fact]
    public async Task S49_What_the_nodes_tell_each_other_is_encrypted_and_a_cache_that_is_down_is_a_miss()
    {
        var cache = new RecordingCache();
        await using var site = await SessionSite.StartAsync(
            options => options.Session.Cookie = WixSessionCookie.Compatible,
            build: builder => builder.Services.AddSingleton<IDistributedCache>(cache));
        using var browser = site.OpenMember("member-1");
        var refresh = browser.RefreshToken();
        site.Clock.Advance(Lifetime);
        Assert.Equal((Callers.Member, "member-1"), await browser.WhoAsync());

        var (key, value) = Assert.Single(cache.Entries);
        Assert.DoesNotContain(refresh, key, StringComparison.Ordinal);
        Assert.DoesNotContain("OauthNG.JWS", System.Text.Encoding.Latin1.GetString(value), StringComparison.Ordinal);

        cache.IsDown = true;
        site.Clock.Advance(Lifetime);
        Assert.Equal((Callers.Member, "member-1"), await browser.WhoAsync());
    }

    [Fact]
    public async Task S33_What_the_nodes_tell_each_other_is_no_cookie()
    {
        var cache = new RecordingCache();
        await using var site = await SessionSite.StartAsync(build: builder => builder.Services.AddSingleton<IDistributedCache>(cache));
        using var member = site.NewBrowser();
        await member.LogInAsync();
        site.Clock.Advance(Lifetime);
        Assert.Equal(Callers.Member, (await member.WhoAsync()).Kind);
        using var thief = site.NewBrowser(); // who can read the cache
        thief.Jar.Plant(site.Origin, "__Host-wixSession", System.Buffers.Text.Base64Url.EncodeToString(Assert.Single(cache.Entries).Value));

        Assert.Equal((Callers.Visitor, null), await thief.WhoAsync());
    }

    [Fact]
    public async Task S33_What_the_nodes_tell_each_other_of_one_session_is_nothing_to_another()
    {
        var cache = new RecordingCache();
        await using var one = await SessionSite.StartAsync(
            static options => options.Session.Cookie = WixSessionCookie.Compatible,
            build: builder => builder.Services.AddSingleton<IDistributedCache>(cache));
        await using var two =
            await SessionSite.StartAsync(static options => options.Session.Cookie = WixSessionCookie.Compatible, beside: one);
        using var victim = one.OpenMember("victim");
        using var attacker = one.OpenMember("attacker");
        using var elsewhere = attacker.Copy();
        elsewhere.Site = two;
        one.Clock.Advance(Lifetime);
        await victim.WhoAsync();
        var (_, victims) = Assert.Single(cache.Entries);
        await attacker.WhoAsync();
        foreach (var key in cache.Entries.Keys)
            cache.Entries[key] = victims; // who can write into the cache

        Assert.Equal((Callers.Member, "attacker"), await elsewhere.WhoAsync());
    }

    [Fact]
    public async Task S65_A_refresh_token_that_was_just_refused_is_not_asked_about_again()
    {
        await using var site = await StartAsync();
        using var browser = site.OpenMember("member-1");
        site.Wix.Revoke(browser.RefreshToken());
        site.Clock.Advance(Lifetime);

        for (var i = 0; i < 5; i++)
        {
            using var copy = browser.Copy();
            Assert.Equal((Callers.Visitor, null), await copy.WhoAsync());
        }

        Assert.Equal(1, site.Wix.CountOf(SessionSite.Tokens));
        site.Clock.Advance(TimeSpan.FromSeconds(10)); // as the options have it
        Assert.Equal((Callers.Visitor, null), await browser.WhoAsync());
        Assert.Equal(2, site.Wix.CountOf(SessionSite.Tokens));
    }

    [Fact]
    public async Task A_visitor_whose_session_cant_be_renewed_is_any_other_visitor()
    {
        await using var site = await StartAsync();
        var session = site.Wix.IssueSession(EmulatedIdentity.Visitor("visitor-1"));
        using var browser = site.Open(session, "visitor");
        site.Wix.Revoke(session.RefreshToken);
        site.Clock.Advance(Lifetime);

        Assert.Equal("not-authenticated", (await browser.GetAsync("/members")).Problem); // and not that a session has ended

        Assert.DoesNotContain(CompatibleCookie.Name, browser.Jar.Names);
    }

    [Fact]
    public async Task A_renewed_token_that_Wix_accepts_no_more_is_renewed_again_by_the_same_refresh_token()
    {
        await using var site = await StartAsync(static options => options.RotateRefreshTokens = false);
        using var browser = site.OpenMember("member-1");
        site.Clock.Advance(Lifetime);
        Assert.Equal((Callers.Member, "member-1"), await browser.WhoAsync());
        site.Wix.Revoke(browser.AccessToken());
        site.Clock.Advance(TimeSpan.FromMinutes(1)); // for which Wix's word holds

        Assert.Equal((Callers.Member, "member-1"), await browser.WhoAsync());

        Assert.Equal(2, site.Wix.CountOf(SessionSite.Tokens));
    }

    [Fact]
    public async Task S49_What_another_node_got_is_renewed_when_its_own_time_has_come()
    {
        var cache = new MemoryDistributedCache(Microsoft.Extensions.Options.Options.Create(new MemoryDistributedCacheOptions()));
        await using var one = await SessionSite.StartAsync(
            emulate: static options => options.AccessTokenLifetime = TimeSpan.FromMinutes(4), // renewed at half of it
            build: builder => builder.Services.AddSingleton<IDistributedCache>(cache));
        await using var two = await SessionSite.StartAsync(beside: one);
        using var browser = one.NewBrowser();
        await browser.GetAsync("/page");
        using var elsewhere = browser.Copy();
        elsewhere.Site = two;
        one.Clock.Advance(TimeSpan.FromMinutes(2));
        var (_, id) = await browser.WhoAsync();
        one.Clock.Advance(TimeSpan.FromSeconds(90));
        Assert.Equal((Callers.Visitor, id), await elsewhere.WhoAsync());
        Assert.Equal(2, one.Wix.CountOf(SessionSite.Tokens));

        one.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal((Callers.Visitor, id), await elsewhere.WhoAsync());

        Assert.Equal(3, one.Wix.CountOf(SessionSite.Tokens));
    }

    [Fact]
    public async Task A_session_that_is_renewed_too_late_for_a_cookie_is_remembered_here()
    {
        await using var site = await StartAsync(options => options.RotateRefreshTokens = true);
        using var browser = site.OpenMember("member-1");
        site.Clock.Advance(Lifetime);
        var before = browser.Jar[CompatibleCookie.Name];

        // An exception handler or a status code page may clear the headers; the cookie is set all the same.
        var failed = await browser.GetAsync("/fails");
        Assert.Equal(HttpStatusCode.InternalServerError, failed.Status);
        Assert.NotEqual(before, browser.Jar[CompatibleCookie.Name]);

        browser.Jar.Plant(site.Origin, CompatibleCookie.Name, before!);
        Assert.Equal((Callers.Member, "member-1"), await browser.WhoAsync());
        Assert.Equal(1, site.Wix.CountOf(SessionSite.Tokens));
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(5)]
    public async Task S50_A_clock_that_is_five_minutes_off_uses_no_expired_token_and_renews_no_more_than_others(int minutes)
    {
        await using var reference = await SessionSite.StartAsync(options => options.Session.Cookie = WixSessionCookie.Compatible);
        await using var site = await SessionSite.StartAsync(
            options => options.Session.Cookie = WixSessionCookie.Compatible, beside: reference,
            clock: reference.Clock.Skewed(TimeSpan.FromMinutes(minutes)));
        using var browser = reference.OpenMember("member-1");
        browser.Site = site;

        // Two lifetimes, a request every five minutes, alternating between a node whose clock is right and one whose clock is not.
        for (var minute = 0; minute < 480; minute += 5)
        {
            browser.Site = minute % 10 == 0 ? site : reference;
            Assert.Equal((Callers.Member, "member-1"), await browser.WhoAsync());
            reference.Clock.Advance(TimeSpan.FromMinutes(5));
        }

        Assert.InRange(reference.Wix.CountOf(SessionSite.Tokens), 1, 3);
        Assert.All(reference.Wix.CallsTo(SessionSite.TokenInfo), static call => Assert.Equal(200, call.StatusCode));
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(5)]
    public async Task S50_A_browser_whose_clock_is_off_wrote_a_wrong_expiry_and_keeps_its_session(int minutes)
    {
        await using var site = await StartAsync();
        var session = site.Wix.IssueSession(EmulatedIdentity.Member("member-1"));
        using var browser = site.NewBrowser();
        browser.Jar.Plant(site.Origin, CompatibleCookie.Name, CompatibleCookie.Of(
            site.Wix.App.ClientId, session.AccessToken, session.ExpiresAt.AddMinutes(minutes).ToUnixTimeSeconds(), session.RefreshToken,
            "member"));
        site.Clock.Advance(Lifetime + TimeSpan.FromSeconds(1)); // by the cookie, a little before or long after

        Assert.Equal((Callers.Member, "member-1"), await browser.WhoAsync());

        Assert.Equal(1, site.Wix.CountOf(SessionSite.Tokens));
        Assert.Equal(site.Clock.GetUtcNow().Add(Lifetime).ToUnixTimeSeconds(),
            browser.Read().GetProperty("tokens").GetProperty("accessToken").GetProperty("expiresAt").GetInt64());
    }

    private static Task<SessionSite> StartAsync(Action<WixEmulatorOptions>? emulate = null) => SessionSite.StartAsync(
        static options => options.Session.Cookie = WixSessionCookie.Compatible,
        emulate,
        map: static app =>
        {
            app.UseExceptionHandler(static handler => handler.Run(static context => context.Response.WriteAsync("sorry")));
            app.MapGet("/fails", string (Caller caller) => throw new InvalidOperationException("on purpose"));
        });

    private sealed class RecordingCache : IDistributedCache
    {
        public Dictionary<string, byte[]> Entries { get; } = [];

        public bool IsDown { get; set; }

        public byte[]? Get(string key) => throw new NotSupportedException();

        public Task<byte[]?> GetAsync(string key, CancellationToken token = default) =>
            IsDown ? throw new InvalidOperationException("down") : Task.FromResult(Entries.GetValueOrDefault(key));

        public void Refresh(string key) => throw new NotSupportedException();

        public Task RefreshAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

        public void Remove(string key) => throw new NotSupportedException();

        public Task RemoveAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

        public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
        {
            if (IsDown)
                throw new InvalidOperationException("down");
            Entries[key] = value;
            return Task.CompletedTask;
        }
    }
}
