using System.Net;
using System.Text.Json;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Sessions.Tests.Hosting;
using Microsoft.AspNetCore.DataProtection;

namespace Endpoints.Wix.Sessions.Tests;

/// <summary>The session cookie in its two modes, and what is made of cookies that the site did not write.</summary>
public sealed class SessionCookieTests
{
    private const string Protected = "__Host-wixSession";

    [Fact]
    public async Task A_protected_session_is_encrypted_and_out_of_reach_of_scripts_other_hosts_and_plain_http()
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();

        var page = await browser.GetAsync("/page");

        var cookie = Assert.Single(page.SetCookies);
        var parts = cookie.Split("; ");
        Assert.StartsWith(Protected + "=", parts[0], StringComparison.Ordinal);
        Assert.Equal(["path=/", "secure", "samesite=lax", "httponly"], parts[1..]);
        Assert.DoesNotContain("JWS.", cookie, StringComparison.Ordinal);
        Assert.Equal("no-store", page.CacheControl);
        var (kind, id) = await browser.WhoAsync();
        Assert.Equal(Callers.Visitor, kind);
        Assert.NotNull(id);
    }

    [Fact]
    public async Task A_compatible_session_is_Wixs_own_cookie_that_scripts_may_read()
    {
        await using var site = await SessionSite.StartAsync(options => options.Session.Cookie = WixSessionCookie.Compatible);
        using var browser = site.NewBrowser();

        var page = await browser.GetAsync("/page");

        var cookie = Assert.Single(page.SetCookies);
        var parts = cookie.Split("; ");
        Assert.StartsWith("wixSession=", parts[0], StringComparison.Ordinal);
        Assert.Equal(["path=/", "secure", "samesite=lax"], parts[1..]);
        var json = browser.Read();
        Assert.Equal(["clientId", "tokens"], json.EnumerateObject().Select(static property => property.Name));
        Assert.Equal(site.Wix.App.ClientId, json.GetProperty("clientId").GetString());
        var access = json.GetProperty("tokens").GetProperty("accessToken");
        Assert.StartsWith("OauthNG.JWS.", access.GetProperty("value").GetString()!, StringComparison.Ordinal);
        Assert.Equal(site.Clock.GetUtcNow().AddHours(4).ToUnixTimeSeconds(), access.GetProperty("expiresAt").GetInt64());
        var refresh = json.GetProperty("tokens").GetProperty("refreshToken");
        Assert.StartsWith("JWS.", refresh.GetProperty("value").GetString()!, StringComparison.Ordinal);
        Assert.Equal("visitor", refresh.GetProperty("role").GetString());
        Assert.NotNull((await browser.WhoAsync()).Id);
    }

    [Fact]
    public async Task A_session_that_Wixs_JavaScript_began_is_the_callers()
    {
        await using var site = await SessionSite.StartAsync(options => options.Session.Cookie = WixSessionCookie.Compatible);
        using var browser = site.OpenMember("member-1");

        Assert.Equal((Callers.Member, "member-1"), await browser.WhoAsync());

        // Numbers with a fraction, as JavaScript may write them.
        var session = site.Wix.IssueSession(EmulatedIdentity.Visitor("visitor-1"));
        browser.Jar.Plant(site.Origin, CompatibleCookie.Name, CompatibleCookie.Of(
            site.Wix.App.ClientId, session.AccessToken, session.ExpiresAt.ToUnixTimeSeconds() + 0.25, session.RefreshToken, "visitor"));
        Assert.Equal((Callers.Visitor, "visitor-1"), await browser.WhoAsync());
    }

    [Fact]
    public async Task S33_No_changed_protected_cookie_is_a_session()
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();
        await browser.GetAsync("/page");
        var good = browser.Jar[Protected]!;
        site.Wix.ClearCalls();

        for (var position = 0; position < good.Length; position += 7)
        {
            var changed = good.ToCharArray();
            changed[position] = changed[position] == 'A' ? 'B' : 'A';
            browser.Jar.Plant(site.Origin, Protected, new(changed));
            Assert.Equal((Callers.Visitor, null), await browser.WhoAsync());
        }

        foreach (var other in new[] { "", "x", good[1..], good[..^1], good + "A", good[..100], good + good, "%00", "%22%22", "\"\"", "null",
            "{}", new string('A', 12000) })
        {
            browser.Jar.Plant(site.Origin, Protected, other);
            Assert.Equal((Callers.Visitor, null), await browser.WhoAsync());
        }

        Assert.Empty(site.Wix.Calls);
    }

    [Fact]
    public async Task S33_A_cookie_of_another_client_or_of_keys_that_are_gone_is_no_session_and_is_left_alone()
    {
        var keys = new EphemeralDataProtectionProvider();
        await using var site = await SessionSite.StartAsync(keys: keys);
        using var browser = site.NewBrowser();
        await browser.GetAsync("/page");
        var id = (await browser.WhoAsync()).Id;

        await using var withOtherKeys = await SessionSite.StartAsync(beside: site, keys: new EphemeralDataProtectionProvider());
        browser.Site = withOtherKeys;
        var answer = await browser.GetAsync("/who");
        Assert.Equal(JsonValueKind.Null, answer.Json.GetProperty("id").ValueKind);
        Assert.Empty(answer.SetCookies);

        var other = site.Wix.AddApp("Other", site.Wix.Site);
        await using var ofOtherClient =
            await SessionSite.StartAsync(options => options.ClientId = other.ClientId, beside: site, keys: keys);
        browser.Site = ofOtherClient;
        Assert.Null((await browser.WhoAsync()).Id);

        browser.Site = site;
        Assert.Equal(id, (await browser.WhoAsync()).Id);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"clientId":1}""")]
    [InlineData("""{"clientId":"CLIENT"}""")]
    [InlineData("""{"clientId":"CLIENT","tokens":null}""")]
    [InlineData("""{"clientId":"CLIENT","tokens":{"accessToken":{"value":5,"expiresAt":"x"},"refreshToken":[]}}""")]
    [InlineData(
        """{"clientId":"CLIENT","tokens":{"accessToken":{"value":"a b","expiresAt":99999999999},"refreshToken":{"value":"\u0000"}}}""")]
    [InlineData("""{"clientId":"CLIENT","tokens":{"accessToken":{"value":"\ud800","expiresAt":99999999999}}}""")]
    [InlineData("""{"clientId":"CLIENT","clientId":"other","tokens":{"accessToken":{"value":"a","expiresAt":99999999999}}}""")]
    [InlineData(
        """{"clientId":"other","tokens":{"accessToken":{"value":"good","expiresAt":99999999999},"refreshToken":{"value":"good","role":"member"}}}""")]
    public async Task S33_A_damaged_compatible_cookie_is_no_session_and_costs_no_call(string json)
    {
        await using var site = await SessionSite.StartAsync(options => options.Session.Cookie = WixSessionCookie.Compatible);
        using var browser = site.NewBrowser();
        browser.Jar.Plant(site.Origin, CompatibleCookie.Name,
            Uri.EscapeDataString(json.Replace("CLIENT", site.Wix.App.ClientId, StringComparison.Ordinal)));

        var answer = await browser.GetAsync("/who");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(JsonValueKind.Null, answer.Json.GetProperty("id").ValueKind);
        Assert.Empty(answer.SetCookies);
        Assert.Empty(site.Wix.Calls);
    }

    [Theory]
    [InlineData("expiresAt\":-1")]
    [InlineData("expiresAt\":1e400")]
    [InlineData("expiresAt\":1e300")]
    [InlineData("expiresAt\":null")]
    public async Task An_expiry_that_makes_no_sense_is_one_that_has_passed(string expiry)
    {
        await using var site = await SessionSite.StartAsync(options => options.Session.Cookie = WixSessionCookie.Compatible);
        var session = site.Wix.IssueSession(EmulatedIdentity.Member("member-1"));
        using var browser = site.NewBrowser();
        var good = CompatibleCookie.Of(site.Wix.App.ClientId, session, "member");
        var json = Uri.UnescapeDataString(good).Replace("expiresAt\":" + session.ExpiresAt.ToUnixTimeSeconds(), expiry,
            StringComparison.Ordinal);
        browser.Jar.Plant(site.Origin, CompatibleCookie.Name, Uri.EscapeDataString(json));

        Assert.Equal((Callers.Member, "member-1"), await browser.WhoAsync());
        Assert.Equal(1, site.Wix.CountOf(SessionSite.Tokens));
    }

    [Theory]
    [InlineData("wixSession={victim}; wixSession={attacker}", null)]
    [InlineData("wixSession={attacker}; a=b;wixSession={victim}", null)]
    [InlineData("wixSession={victim}; wixSession=", null)]
    [InlineData("wixSession={victim}; wixSession={victim}", "victim")]
    [InlineData("wixSessionX={attacker}; wixSession={victim}; xwixSession={attacker}; wixSession", "victim")]
    public async Task S32_Where_another_host_of_the_domain_can_write_the_cookie_two_sessions_are_none(string cookies, string? who)
    {
        await using var site = await SessionSite.StartAsync(options => options.Session.Cookie = WixSessionCookie.Compatible);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/who");
        request.Headers.TryAddWithoutValidation("Cookie", cookies
            .Replace("{victim}",
                CompatibleCookie.Of(site.Wix.App.ClientId, site.Wix.IssueSession(EmulatedIdentity.Member("victim")), "member"),
                StringComparison.Ordinal)
            .Replace("{attacker}",
                CompatibleCookie.Of(site.Wix.App.ClientId, site.Wix.IssueSession(EmulatedIdentity.Member("attacker")), "member"),
                StringComparison.Ordinal));

        using var response = await site.Client.SendAsync(request);

        var answer = await Answer.ReadAsync(response);
        Assert.Equal((who is null ? Callers.Visitor : Callers.Member, who),
            ((Callers)answer.Json.GetProperty("kind").GetInt32(), answer.Json.GetProperty("id").GetString()));
        Assert.Empty(answer.SetCookies);
    }

    [Fact]
    public async Task S33_A_role_written_in_a_cookie_makes_nobody_a_member()
    {
        await using var site = await SessionSite.StartAsync(options => options.Session.Cookie = WixSessionCookie.Compatible);
        using var browser = site.Open(site.Wix.IssueSession(EmulatedIdentity.Visitor("visitor-1")), "member");

        Assert.Equal((Callers.Visitor, "visitor-1"), await browser.WhoAsync());
        Assert.Equal("caller-not-allowed", (await browser.GetAsync("/members")).Problem);
    }

    [Theory]
    [InlineData(EmulatedIdentityKind.App)]
    [InlineData(EmulatedIdentityKind.User)]
    public async Task A_users_or_an_apps_token_in_a_cookie_is_no_session(EmulatedIdentityKind kind)
    {
        await using var site = await SessionSite.StartAsync(options => options.Session.Cookie = WixSessionCookie.Compatible);
        var token = site.Wix.IssueToken(kind == EmulatedIdentityKind.App ? EmulatedIdentity.App() : EmulatedIdentity.User());
        using var browser = site.NewBrowser();
        browser.Jar.Plant(site.Origin, CompatibleCookie.Name, CompatibleCookie.Of(site.Wix.App.ClientId, token, 99999999999, "", "none"));

        Assert.Equal((Callers.Visitor, null), await browser.WhoAsync());
    }

    [Fact]
    public async Task A_session_too_large_for_one_cookie_is_cut_up_and_a_mix_of_parts_is_no_session()
    {
        await using var site = await SessionSite.StartAsync();
        var token = "OauthNG.JWS." + new string('t', 5000);
        site.Wix.On(SessionSite.Tokens)
            .Answer(200, $$"""{"access_token":"{{token}}","token_type":"Bearer","expires_in":14400,"refresh_token":"JWS.r"}""");
        site.Wix.On(SessionSite.TokenInfo).Answer(200, $$"""
            {"active":true,"subjectType":"VISITOR","subjectId":"large","exp":{{site.Clock.GetUtcNow().AddHours(4).ToUnixTimeSeconds()}},"clientId":"{{site.Wix.App.ClientId}}"}
            """);
        using var browser = site.NewBrowser();

        var page = await browser.GetAsync("/page");

        Assert.Equal([Protected, Protected + "C1", Protected + "C2"], page.SetCookies.Select(static cookie => cookie.Split('=')[0]));
        Assert.All(page.SetCookies, static cookie => Assert.InRange(cookie.Length, 1, 4096));
        Assert.All(page.SetCookies,
            static cookie => Assert.Contains("; path=/; secure; samesite=lax; httponly", cookie, StringComparison.Ordinal));
        Assert.Equal("large", (await browser.WhoAsync()).Id);

        using var mixed = browser.Copy();
        mixed.Jar.Plant(site.Origin, Protected + "C1", browser.Jar[Protected + "C2"]!);
        Assert.Null((await mixed.WhoAsync()).Id);
        mixed.Jar.Remove(Protected + "C1");
        Assert.Null((await mixed.WhoAsync()).Id);

        // The parts of a session that is gone do not stay behind.
        site.Wix.ClearFaults();
        var logout = await browser.PostAsync("/api/auth/logout");
        Assert.Equal(HttpStatusCode.Redirect, logout.Status);
        Assert.Empty(browser.Jar.Names);
    }

    [Fact]
    public async Task A_session_that_got_shorter_leaves_no_part_of_the_longer_one_behind()
    {
        await using var site = await SessionSite.StartAsync();
        var tomorrow = site.Clock.GetUtcNow().AddDays(1).ToUnixTimeSeconds();
        site.Wix.On(SessionSite.TokenInfo).Answer(200, $$"""
            {"active":true,"subjectType":"VISITOR","subjectId":"large","exp":{{tomorrow}},"clientId":"{{site.Wix.App.ClientId}}"}
            """);
        using var browser = site.NewBrowser();
        using (site.Wix.On(SessionSite.Tokens).Answer(200, Tokens(new('t', 5000))))
            await browser.GetAsync("/page");
        Assert.Equal([Protected, Protected + "C1", Protected + "C2"], browser.Jar.Names.Order(StringComparer.Ordinal));
        site.Clock.Advance(TimeSpan.FromHours(4));
        using (site.Wix.On(SessionSite.Tokens).Answer(200, Tokens(new('u', 5000)))) // as long as before: all of it stays
            Assert.Equal("large", (await browser.WhoAsync()).Id);
        Assert.Equal([Protected, Protected + "C1", Protected + "C2"], browser.Jar.Names.Order(StringComparer.Ordinal));
        Assert.Equal("large", (await browser.WhoAsync()).Id);
        site.Clock.Advance(TimeSpan.FromHours(4));

        using (site.Wix.On(SessionSite.Tokens).Answer(200, Tokens("short")))
            Assert.Equal("large", (await browser.WhoAsync()).Id);

        Assert.Equal([Protected], browser.Jar.Names);
        Assert.Equal("large", (await browser.WhoAsync()).Id);

        static string Tokens(string token) =>
            $$"""{"access_token":"OauthNG.JWS.{{token}}","token_type":"Bearer","expires_in":14400,"refresh_token":"JWS.r"}""";
    }

    [Fact]
    public async Task A_session_that_no_cookies_can_hold_is_not_set_in_part()
    {
        await using var site = await SessionSite.StartAsync();
        var (access, refresh) = (new string('t', 8192), new string('r', 8192));
        site.Wix.On(SessionSite.Tokens)
            .Answer(200, $$"""{"access_token":"{{access}}","token_type":"Bearer","expires_in":14400,"refresh_token":"{{refresh}}"}""");
        using var browser = site.NewBrowser();

        var page = await browser.GetAsync("/page");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Empty(page.SetCookies);
        Assert.Contains(site.Logs.Lines, static line => line.Contains("too large for its cookie", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(WixSessionCookie.Protected)]
    [InlineData(WixSessionCookie.Compatible)]
    public async Task A_session_needs_no_consent_to_further_cookies(WixSessionCookie mode)
    {
        await using var site = await SessionSite.StartAsync(
            options => options.Session.Cookie = mode,
            map: static app => app.UseCookiePolicy(new() { CheckConsentNeeded = static _ => true }));
        using var browser = site.NewBrowser();

        Assert.Single((await browser.GetAsync("/page")).SetCookies);
    }

    [Theory]
    [InlineData("chunks-2000000000")]
    [InlineData("chunks-99999999999999999999")]
    [InlineData("chunks--1")]
    [InlineData("chunks-0")]
    [InlineData("chunks-")]
    [InlineData("chunks-2")]
    [InlineData("chunks-9")]
    public async Task S33_A_number_of_parts_that_the_browser_made_up_costs_nothing(string count)
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();
        browser.Jar.Plant(site.Origin, Protected, count);
        browser.Jar.Plant(site.Origin, Protected + "C1", "AAAA");

        Assert.Equal((Callers.Visitor, null), await browser.WhoAsync());
        Assert.Equal("True", (await browser.GetAsync("/page")).Body, ignoreCase: true);
        Assert.NotNull((await browser.WhoAsync()).Id);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.PostAsync("/api/auth/logout")).Status);
        Assert.Empty(browser.Jar.Names);
    }

    [Fact]
    public async Task In_Development_plain_http_can_be_allowed_and_nowhere_else()
    {
        await using var site = await SessionSite.StartAsync(options => options.Session.AllowPlainHttp = true, environment: "Development");
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://localhost/page");
        using var response = await site.Client.SendAsync(request);
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("wixSession=", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);

        using var browser = site.NewBrowser();
        Assert.StartsWith(Protected, Assert.Single((await browser.GetAsync("/page")).SetCookies), StringComparison.Ordinal);

        var mend = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(
            () => SessionSite.StartAsync(options => options.Session.AllowPlainHttp = true));
        Assert.Contains("Wix:Session:AllowPlainHttp", mend.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_that_plain_http_gets_the_same_cookies_which_browsers_then_refuse()
    {
        await using var site = await SessionSite.StartAsync(environment: "Development");
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://localhost/page");
        using var response = await site.Client.SendAsync(request);

        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));

        Assert.StartsWith(Protected, cookie, StringComparison.Ordinal);
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
    }
}
