using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Sessions.Tests.Hosting;
using Microsoft.AspNetCore.WebUtilities;

namespace Endpoints.Wix.Sessions.Tests;

/// <summary>Logging in, from the site's login address over Wix's page to the callback and back.</summary>
public sealed class LoginTests
{
    private const string RedirectSession = "POST /_api/redirects-api/v1/redirect-session";
    private const string SessionCookie = "__Host-wixSession";

    [Theory]
    [InlineData(WixSessionCookie.Protected)]
    [InlineData(WixSessionCookie.Compatible)]
    public async Task A_member_logs_in_and_comes_back_to_where_they_were(WixSessionCookie mode)
    {
        await using var site = await SessionSite.StartAsync(options => options.Session.Cookie = mode);
        using var browser = site.NewBrowser();

        var callback = await browser.LogInAsync("?returnToUrl=" + Uri.EscapeDataString("/account?tab=1#x"));

        Assert.Equal("/account?tab=1#x", callback.Location);
        Assert.Equal("no-store", callback.CacheControl);
        var (kind, id) = await browser.WhoAsync();
        Assert.Equal(Callers.Member, kind);
        Assert.NotNull(id);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/members")).Status);
        Assert.DoesNotContain(browser.Jar.Names, static name => name.Contains("wixLogin", StringComparison.Ordinal));
        if (mode == WixSessionCookie.Compatible)
            Assert.Equal("member", browser.Read().GetProperty("tokens").GetProperty("refreshToken").GetProperty("role").GetString());
    }

    [Fact]
    public async Task Wix_is_asked_for_a_login_with_proof_and_state_of_which_the_browser_sees_only_what_it_must()
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();

        var login = await browser.GetAsync("/api/auth/login?returnToUrl=/account&prompt=login&idp=google");

        Assert.Equal(HttpStatusCode.Redirect, login.Status);
        Assert.Equal("no-store", login.CacheControl);
        var call = Assert.Single(site.Wix.CallsTo(RedirectSession));
        var auth = JsonDocument.Parse(call.Body).RootElement.GetProperty("auth");
        Assert.Equal("login", auth.GetProperty("prompt").GetString());
        var request = auth.GetProperty("authRequest");
        Assert.Equal("https://shop.example/api/auth/callback", request.GetProperty("redirectUri").GetString());
        Assert.Equal(site.Wix.App.ClientId, request.GetProperty("clientId").GetString());
        Assert.Equal("S256", request.GetProperty("codeChallengeMethod").GetString());
        Assert.Equal(43, request.GetProperty("codeChallenge").GetString()!.Length);
        Assert.Equal(43, request.GetProperty("state").GetString()!.Length);
        Assert.Equal("query", request.GetProperty("responseMode").GetString());
        Assert.Equal("code", request.GetProperty("responseType").GetString());
        Assert.Equal("offline_access", request.GetProperty("scope").GetString());
        Assert.Equal("0e6a50f5-b523-4e29-990d-f37fa2ffdd69", request.GetProperty("idp").GetString());

        var cookie = login.SetCookies.Single(static cookie => cookie.Contains("wixLogin", StringComparison.Ordinal));
        Assert.StartsWith("__Host-wixLogin-", cookie, StringComparison.Ordinal);
        Assert.EndsWith("; max-age=600; path=/; secure; samesite=lax; httponly", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain(request.GetProperty("state").GetString()!, cookie, StringComparison.Ordinal);
        Assert.Null(call.Header("Cookie"));
    }

    [Fact]
    public async Task Each_login_has_its_own_proof_and_the_grant_repeats_what_the_login_said()
    {
        await using var site = await SessionSite.StartAsync();
        for (var time = 0; time < 2; time++)
        {
            using var browser = site.NewBrowser();
            await browser.LogInAsync();
        }

        var logins = site.Wix.CallsTo(RedirectSession)
            .Select(static call => JsonDocument.Parse(call.Body).RootElement.GetProperty("auth").GetProperty("authRequest")).ToList();
        var grants = site.Wix.CallsTo(SessionSite.Tokens)
            .Where(static call => call.Body.Contains("authorization_code", StringComparison.Ordinal))
            .Select(static call => JsonDocument.Parse(call.Body).RootElement).ToList();
        Assert.Equal(2, logins.Select(static login => login.GetProperty("state").GetString()).Distinct().Count());
        Assert.Equal(2, grants.Select(static grant => grant.GetProperty("codeVerifier").GetString()).Distinct().Count());
        foreach (var (login, grant) in logins.Zip(grants))
        {
            var verifier = grant.GetProperty("codeVerifier").GetString()!;
            Assert.InRange(verifier.Length, 43, 128);
            Assert.Matches("^[A-Za-z0-9._~-]+$", verifier);
            Assert.Equal(login.GetProperty("codeChallenge").GetString(),
                WebEncoders.Base64UrlEncode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(verifier))));
            Assert.Equal(login.GetProperty("redirectUri").GetString(), grant.GetProperty("redirectUri").GetString());
            Assert.NotEqual(login.GetProperty("state").GetString(), verifier);
        }
    }

    [Theory]
    [InlineData("prompt=consent")]
    [InlineData("prompt=")]
    [InlineData("prompt=login&prompt=none")]
    [InlineData("idp=evil")]
    [InlineData("idp=GOOGLE")]
    [InlineData("idp=google&idp=facebook")]
    public async Task A_parameter_that_is_not_allowed_is_a_400(string query)
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();

        var answer = await browser.GetAsync("/api/auth/login?" + query);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("login-parameter-not-allowed", answer.Problem);
        Assert.Empty(site.Wix.Calls);
    }

    [Fact]
    public async Task A_visitor_logs_in_as_the_visitor_they_are_and_a_new_one_keeps_the_session_it_was_given()
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();
        await browser.GetAsync("/page");
        var visitor = (await browser.WhoAsync()).Id;

        await browser.BeginLoginAsync();

        Assert.Equal(visitor, site.Wix.CallsTo(RedirectSession)[0].Caller!.Id);
        Assert.Equal(1, site.Wix.CountOf(SessionSite.Tokens));

        using var other = site.NewBrowser();
        await other.BeginLoginAsync();
        await other.BeginLoginAsync();
        Assert.Equal(2, site.Wix.CountOf(SessionSite.Tokens));
        Assert.Equal((await other.WhoAsync()).Id, site.Wix.CallsTo(RedirectSession)[2].Caller!.Id);
    }

    [Theory]
    [InlineData("good", 1)]
    [InlineData("revoked", 2)]
    [InlineData("none", 1)]
    public async Task A_visitor_whose_token_has_expired_logs_in_with_the_next_one_or_as_a_new_visitor(string refreshToken, int asked)
    {
        await using var site = await SessionSite.StartAsync(static options => options.Session.Cookie = WixSessionCookie.Compatible);
        var session = site.Wix.IssueSession(EmulatedIdentity.Visitor("visitor-1"));
        using var browser = site.NewBrowser();
        browser.Jar.Plant(site.Origin, CompatibleCookie.Name, CompatibleCookie.Of(
            site.Wix.App.ClientId, session.AccessToken, session.ExpiresAt.ToUnixTimeSeconds(),
            refreshToken == "none" ? "" : session.RefreshToken, "visitor"));
        if (refreshToken == "revoked")
            site.Wix.Revoke(session.RefreshToken);
        site.Clock.Advance(TimeSpan.FromHours(5));

        await browser.BeginLoginAsync();

        Assert.Equal(refreshToken == "good", site.Wix.CallsTo(RedirectSession)[0].Caller!.Id == "visitor-1");
        Assert.Equal(asked, site.Wix.CountOf(SessionSite.Tokens));
        Assert.NotEqual(session.AccessToken, browser.AccessToken());
        Assert.Equal(site.Wix.CallsTo(RedirectSession)[0].Caller!.Id, (await browser.WhoAsync()).Id);
    }

    [Theory]
    [InlineData(EmulatedIdentityKind.User)]
    [InlineData(EmulatedIdentityKind.App)]
    public async Task S32_A_users_or_an_apps_token_in_a_cookie_begins_no_login(EmulatedIdentityKind kind)
    {
        await using var site = await SessionSite.StartAsync(static options => options.Session.Cookie = WixSessionCookie.Compatible);
        var token = site.Wix.IssueToken(kind == EmulatedIdentityKind.User ? EmulatedIdentity.User() : EmulatedIdentity.App());
        using var browser = site.NewBrowser();
        browser.Jar.Plant(site.Origin, CompatibleCookie.Name, CompatibleCookie.Of(
            site.Wix.App.ClientId, token, site.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds(), "", "visitor"));

        await browser.BeginLoginAsync();

        Assert.All(site.Wix.CallsTo(RedirectSession), static call => Assert.Equal(EmulatedIdentityKind.Visitor, call.Caller!.Kind));
        Assert.NotEqual(token, browser.AccessToken());
    }

    [Fact]
    public async Task A_session_that_Wix_does_not_take_any_more_does_not_stop_a_login()
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();
        await browser.LogInAsync();
        site.Wix.RevokeAll(EmulatedIdentityKind.Member);

        await browser.LogInAsync();

        Assert.Equal(Callers.Member, (await browser.WhoAsync()).Kind);
    }

    [Fact]
    public async Task A_login_with_prompt_none_that_finds_nobody_comes_back_without_a_session()
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();

        var callback = await browser.LogInAsync("?prompt=none&returnToUrl=/account");

        Assert.Equal("/account", callback.Location);
        Assert.Equal(Callers.Visitor, (await browser.WhoAsync()).Kind);
        Assert.DoesNotContain(browser.Jar.Names, static name => name.Contains("wixLogin", StringComparison.Ordinal));
        Assert.Contains(site.Logs.Lines, static line => line.Contains("login_required", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_Authorization_header_does_not_hinder_a_login()
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();

        var login = await browser.GetAsync("/api/auth/login", false, ("Authorization", "Basic Zm9v"));

        Assert.Equal(HttpStatusCode.Redirect, login.Status);
    }

    /// <summary>Browsers can be given any cookie, and Wix's refusal of what is in it is no fault of the site.</summary>
    [Theory]
    [InlineData("site")]
    [InlineData("client")]
    public async Task S04_A_cookie_with_the_token_of_another_site_or_client_begins_and_ends_sessions_as_one_without_any(string others)
    {
        await using var site = await SessionSite.StartAsync(static options => options.Session.Cookie = WixSessionCookie.Compatible);
        var second = site.Wix.AddSite("Second shop");
        var other = site.Wix.AddApp("Another app", site.Wix.Site);
        var foreign = site.Wix.IssueSession(EmulatedIdentity.Member(Guid.NewGuid().ToString()), token =>
        {
            if (others == "site")
                (token.SiteId, token.InstanceId) = (second.Id, null);
            else
                token.For(other, site.Wix.Site);
        });
        using var browser = site.Open(foreign, "member");
        using var leaving = site.Open(foreign, "member");

        var login = await browser.GetAsync("/api/auth/login");
        var logout = await leaving.PostAsync("/api/auth/logout", ("Origin", "https://shop.example"));

        Assert.Equal(HttpStatusCode.Redirect, login.Status);
        Assert.InRange((int)logout.Status, 200, 399);
        Assert.DoesNotContain(site.Logs.Lines, static line => line.Contains("refused a redirect session", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(500, HttpStatusCode.ServiceUnavailable, "wix-unavailable")]
    [InlineData(429, HttpStatusCode.ServiceUnavailable, "wix-unavailable")]
    [InlineData(403, HttpStatusCode.BadGateway, "login-failed")]
    [InlineData(400, HttpStatusCode.BadGateway, "login-failed")]
    public async Task What_Wix_can_not_do_is_said_and_leaves_no_login_behind(int status, HttpStatusCode answered, string problem)
    {
        await using var site = await SessionSite.StartAsync();
        site.Wix.On(RedirectSession).Fail(status);
        using var browser = site.NewBrowser();

        var answer = await browser.GetAsync("/api/auth/login");

        Assert.Equal(answered, answer.Status);
        Assert.Equal(problem, answer.Problem);
        Assert.DoesNotContain(answer.SetCookies, static cookie => cookie.Contains("wixLogin", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    [InlineData("""{"redirectSession":{"fullUrl":5}}""")]
    [InlineData("""{"redirectSession":{"fullUrl":"/relative"}}""")]
    [InlineData("""{"redirectSession":{"fullUrl":"javascript:alert(1)"}}""")]
    [InlineData("""{"redirectSession":{"fullUrl":"http://wix.example/plain"}}""")]
    [InlineData("""{"redirectSession":{"fullUrl":"https://user:password@wix.example/"}}""")]
    public async Task The_browser_is_sent_only_to_a_page_of_the_web(string body)
    {
        await using var site = await SessionSite.StartAsync();
        site.Wix.On(RedirectSession).Answer(200, body);
        using var browser = site.NewBrowser();

        Assert.Equal("wix-unavailable", (await browser.GetAsync("/api/auth/login")).Problem);
    }

    [Fact]
    public async Task The_rule_of_logins_answers_as_it_says_hooks_hear_of_it_and_an_address_can_be_reset()
    {
        var heard = new List<string>();
        await using var site = await SessionSite.StartAsync(build: builder => builder.Services.AddRateLimits(options =>
        {
            options.AddRule("wix-login", "1/1m", static rule =>
                (rule.StatusCode, rule.ProblemType, rule.QueueLimit) = (503, "busy", 5)); // no login waits
            options.OnRejected = (request, _) => Hear($"rejected {request.Rule}");
            options.OnAdmitted = (request, _) => Hear($"admitted {request.Rule}");
        }));
        using var robot = site.NewBrowser();
        Task<Answer> BeginAsync() => robot.GetAsync("/api/auth/login", headers: ("X-Test-Client", "198.51.100.7"));
        Assert.Equal(HttpStatusCode.Redirect, (await BeginAsync()).Status);

        var answer = await BeginAsync();

        Assert.Equal((503, "busy", "60", "\"wix-login\";r=0;t=60"),
            ((int)answer.Status, answer.Problem, answer.RetryAfter, answer.RateLimit));
        await site.Services.GetRequiredService<RateLimits>().ResetAsync("wix-login", new() { Address = IPAddress.Parse("198.51.100.7") });
        Assert.Equal(HttpStatusCode.Redirect, (await BeginAsync()).Status);
        Assert.Equal(["admitted wix-login", "admitted wix-new-visitors", "rejected wix-login", "admitted wix-login"], heard);

        ValueTask Hear(string what)
        {
            heard.Add(what);
            return default;
        }
    }

    [Fact]
    public async Task S18_A_robot_that_has_a_session_makes_Wix_work_for_no_more_logins_than_its_share()
    {
        await using var site = await SessionSite.StartAsync(static options => options.LoginsPerMinute = 5);
        using var robot = site.NewBrowser();
        await robot.GetAsync("/page"); // no login needs a new visitor
        for (var login = 0; login < 5; login++)
            await robot.BeginLoginAsync();

        for (var more = 0; more < 50; more++)
            Assert.Equal("rate-limited", (await robot.GetAsync("/api/auth/login")).Problem);

        Assert.Equal(5, site.Wix.CountOf(RedirectSession));
        Assert.Equal(1, site.Wix.CountOf(SessionSite.Tokens));
        Assert.Equal(HttpStatusCode.Redirect, (await robot.GetAsync("/api/auth/login", headers: ("X-Test-Client", "198.51.100.1"))).Status);
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await robot.BeginLoginAsync();
    }

    [Fact]
    public async Task S31_An_answer_without_its_state_or_with_another_is_refused()
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();
        var callback = await browser.LogInAtWixAsync(await browser.BeginLoginAsync());
        var query = QueryHelpers.ParseQuery(callback.Query);
        var (code, state) = (query["code"].ToString(), query["state"].ToString());
        var other = state.Replace(state[5], state[5] == 'A' ? 'B' : 'A');
        var tokensBefore = site.Wix.CountOf(SessionSite.Tokens);

        string[] wrong =
        [
            "", $"?code={code}", $"?code={code}&state=", $"?code={code}&state={other}", $"?code={code}&state={state}&state={state}",
            $"?code={code}&state={state}x", $"?code={code}&state={state[..42]}", $"?code={code}&state={new string('s', 10_000)}",
            $"?error=access_denied", $"?error=access_denied&state={other}", "?code=x&state=%00", $"?code={code}&State={other}",
        ];
        foreach (var each in wrong)
        {
            var answer = await browser.GetAsync("/api/auth/callback" + each, crossSite: true);
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.Equal("login-state-not-accepted", answer.Problem);
            Assert.Empty(answer.SetCookies); // the login that is under way is not disturbed
        }

        Assert.Equal(tokensBefore, site.Wix.CountOf(SessionSite.Tokens));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync(callback.AbsoluteUri, crossSite: true)).Status);
        Assert.Equal(Callers.Member, (await browser.WhoAsync()).Kind);
    }

    [Fact]
    public async Task S31_An_answer_in_a_browser_that_did_not_ask_is_refused()
    {
        await using var site = await SessionSite.StartAsync();
        using var attacker = site.NewBrowser();
        using var victim = site.NewBrowser();
        var callback = await attacker.LogInAtWixAsync(await attacker.BeginLoginAsync());

        Assert.Equal("login-state-not-accepted", (await victim.GetAsync(callback.AbsoluteUri, crossSite: true)).Problem);

        // Nor does it help the victim to have a login of its own under way.
        await victim.BeginLoginAsync();
        Assert.Equal("login-state-not-accepted", (await victim.GetAsync(callback.AbsoluteUri, crossSite: true)).Problem);
        Assert.Equal(Callers.Visitor, (await victim.WhoAsync()).Kind);
    }

    [Fact]
    public async Task S31_A_code_of_another_browser_is_refused_even_with_the_own_state()
    {
        await using var site = await SessionSite.StartAsync();
        using var attacker = site.NewBrowser();
        using var victim = site.NewBrowser();
        var stolen = QueryHelpers.ParseQuery((await attacker.LogInAtWixAsync(await attacker.BeginLoginAsync())).Query)["code"];
        var own = QueryHelpers.ParseQuery((await victim.LogInAtWixAsync(await victim.BeginLoginAsync())).Query)["state"];

        var answer = await victim.GetAsync($"/api/auth/callback?code={stolen}&state={own}", crossSite: true);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("login-refused", answer.Problem);
        Assert.StartsWith("__Host-wixLogin-", Assert.Single(answer.SetCookies), StringComparison.Ordinal);
        Assert.Equal(Callers.Visitor, (await victim.WhoAsync()).Kind);
    }

    [Fact]
    public async Task S31_An_answer_is_good_once_and_so_is_a_copy_of_the_cookie()
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();
        var callback = await browser.LogInAtWixAsync(await browser.BeginLoginAsync());
        using var copy = browser.Copy();
        var first = await browser.GetAsync(callback.AbsoluteUri, crossSite: true);
        var tokens = site.Wix.CountOf(SessionSite.Tokens);

        var again = await browser.GetAsync(callback.AbsoluteUri, crossSite: true);
        var copied = await copy.GetAsync(callback.AbsoluteUri, crossSite: true);

        Assert.Equal(HttpStatusCode.Redirect, first.Status);
        Assert.Equal("login-state-not-accepted", again.Problem);
        Assert.Empty(again.SetCookies);
        Assert.Equal("login-state-not-accepted", copied.Problem);
        Assert.StartsWith("__Host-wixLogin-", Assert.Single(copied.SetCookies), StringComparison.Ordinal); // cleared
        Assert.Equal(tokens, site.Wix.CountOf(SessionSite.Tokens));
        Assert.Equal(Callers.Member, (await browser.WhoAsync()).Kind);
    }

    [Fact]
    public async Task S31_Two_answers_at_once_with_copies_of_one_cookie_are_exchanged_once()
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();
        var callback = await browser.LogInAtWixAsync(await browser.BeginLoginAsync());
        site.Wix.ClearCalls();
        var copies = Enumerable.Range(0, 20).Select(_ => browser.Copy()).ToList();

        var answers = await Task.WhenAll(copies.Select(copy => copy.GetAsync(callback.AbsoluteUri, crossSite: true)));

        Assert.Single(answers, static answer => answer.Status == HttpStatusCode.Redirect);
        Assert.Equal(1, site.Wix.CountOf(SessionSite.Tokens));
        copies.ForEach(static copy => copy.Dispose());
    }

    [Theory]
    [InlineData(599, true)]
    [InlineData(601, false)]
    [InlineData(100_000, false)]
    public async Task S31_A_login_may_take_ten_minutes(int seconds, bool good)
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();
        await browser.BeginLoginAsync();
        var name = browser.Jar.Names.Single(static name => name.Contains("wixLogin", StringComparison.Ordinal));
        var cookie = browser.Jar[name]!;
        var state = JsonDocument.Parse(site.Wix.CallsTo(RedirectSession)[0].Body).RootElement.GetProperty("auth").GetProperty("authRequest")
            .GetProperty("state");
        site.Clock.Advance(TimeSpan.FromSeconds(seconds));
        browser.Jar.Plant(site.Origin, name, cookie); // a browser that keeps cookies for ever

        var answer = await browser.GetAsync($"/api/auth/callback?error=access_denied&state={state}", crossSite: true);

        Assert.Equal(good ? HttpStatusCode.Redirect : HttpStatusCode.BadRequest, answer.Status);
        Assert.StartsWith(name + "=;", Assert.Single(answer.SetCookies), StringComparison.Ordinal);
    }

    [Fact]
    public async Task S31_A_login_cookie_that_was_changed_or_moved_is_refused()
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();
        var callback = await browser.LogInAtWixAsync(await browser.BeginLoginAsync());
        using var other = site.NewBrowser();
        await other.BeginLoginAsync();
        var name = browser.Jar.Names.Single(static name => name.Contains("wixLogin", StringComparison.Ordinal));
        var good = browser.Jar[name]!;
        var foreign = other.Jar[other.Jar.Names.Single(static name => name.Contains("wixLogin", StringComparison.Ordinal))]!;
        var session = other.Jar[SessionCookie]!;

        foreach (var wrong in new[] { "", "x", good[1..], good[..^2], good.Replace(good[20], good[20] == 'A' ? 'B' : 'A'), foreign, session,
            new string('A', 8000) })
        {
            using var copy = browser.Copy();
            copy.Jar.Plant(site.Origin, name, wrong);
            var answer = await copy.GetAsync(callback.AbsoluteUri, crossSite: true);
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.Equal("login-state-not-accepted", answer.Problem);
        }

        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync(callback.AbsoluteUri, crossSite: true)).Status);
    }

    [Fact]
    public async Task S31_Two_tabs_log_in_side_by_side()
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();
        var one = await browser.BeginLoginAsync("?returnToUrl=/one");
        var two = await browser.BeginLoginAsync("?returnToUrl=/two");

        var first = await browser.LogInAtWixAsync(one);
        var second = await browser.LogInAtWixAsync(two);

        Assert.Equal("/two", (await browser.GetAsync(second.AbsoluteUri, crossSite: true)).Location);
        Assert.Equal("/one", (await browser.GetAsync(first.AbsoluteUri, crossSite: true)).Location);
        Assert.Equal(Callers.Member, (await browser.WhoAsync()).Kind);
    }

    [Fact]
    public async Task However_many_logins_a_page_makes_a_browser_begin_its_headers_stay_small()
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();
        for (var login = 0; login < 20; login++)
        {
            await browser.BeginLoginAsync("?returnToUrl=/" + new string('a', 1500));
            site.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(browser.Jar.Names.Count(static name => name.Contains("wixLogin", StringComparison.Ordinal)), 1, 5);
        Assert.InRange(browser.Jar.Header(site.Origin, "GET", false)!.Length, 1, 10_000);

        var last = await browser.BeginLoginAsync("?returnToUrl=/last");
        Assert.Equal("/last", (await browser.GetAsync((await browser.LogInAtWixAsync(last)).AbsoluteUri, crossSite: true)).Location);
    }

    [Theory]
    [InlineData("")]
    [InlineData("&code=")]
    [InlineData("&code=a&code=b")]
    [InlineData("&code=wrong")]
    public async Task S31_A_code_that_is_none_is_refused(string code)
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();
        var state = QueryHelpers.ParseQuery((await browser.LogInAtWixAsync(await browser.BeginLoginAsync())).Query)["state"];

        var answer = await browser.GetAsync($"/api/auth/callback?state={state}{code}", crossSite: true);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("login-refused", answer.Problem);
        Assert.Equal(Callers.Visitor, (await browser.WhoAsync()).Kind);
    }

    [Fact]
    public async Task When_Wix_is_down_at_the_callback_the_answer_is_503_and_the_old_session_stays()
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();
        await browser.GetAsync("/page");
        var visitor = (await browser.WhoAsync()).Id;
        var callback = await browser.LogInAtWixAsync(await browser.BeginLoginAsync());
        site.Wix.On(SessionSite.Tokens).Fail(500);

        Assert.Equal("wix-unavailable", (await browser.GetAsync(callback.AbsoluteUri, crossSite: true)).Problem);

        site.Wix.ClearFaults();
        Assert.Equal((Callers.Visitor, visitor), await browser.WhoAsync());
    }

    [Theory]
    [InlineData(WixSessionCookie.Protected)]
    [InlineData(WixSessionCookie.Compatible)]
    public async Task S32_A_cookie_from_before_the_login_is_worth_nothing_after_it(WixSessionCookie mode)
    {
        await using var site = await SessionSite.StartAsync(options => options.Session.Cookie = mode);
        using var attacker = site.NewBrowser();
        await attacker.GetAsync("/page");
        var attackersId = (await attacker.WhoAsync()).Id;

        // The attacker's session in the victim's browser.
        using var victim = attacker.Copy();
        await victim.LogInAsync();

        Assert.Equal(Callers.Member, (await victim.WhoAsync()).Kind);
        var name = mode == WixSessionCookie.Protected ? SessionCookie : CompatibleCookie.Name;
        Assert.NotEqual(attacker.Jar[name], victim.Jar[name]);
        Assert.Equal((Callers.Visitor, null), await attacker.WhoAsync());
        Assert.Equal("not-authenticated", (await attacker.GetAsync("/members")).Problem); // as any other visitor
        Assert.NotNull(attackersId);
    }

    [Fact]
    public async Task S32_A_second_login_gives_a_new_session_and_ends_the_first()
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();
        await browser.LogInAsync();
        using var before = browser.Copy();
        Assert.Equal(Callers.Member, (await before.WhoAsync()).Kind);

        await browser.LogInAsync();

        Assert.NotEqual(before.Jar[SessionCookie], browser.Jar[SessionCookie]);
        Assert.Equal(Callers.Member, (await browser.WhoAsync()).Kind);
        Assert.Equal(Callers.Visitor, (await before.WhoAsync()).Kind);
    }

    [Theory]
    [InlineData("/who")]
    [InlineData("/page")]
    [InlineData("/open")]
    [InlineData("/members")]
    [InlineData("/as-caller")]
    public async Task A_request_that_has_not_heard_of_the_login_does_not_undo_it(string path)
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();
        await browser.GetAsync("/page");
        using var otherTab = browser.Copy();
        await browser.LogInAsync();

        var late = await otherTab.GetAsync(path);

        Assert.Empty(late.SetCookies);
    }

    [Fact]
    public async Task S32_Another_host_can_not_write_the_session_cookies()
    {
        await using var site = await SessionSite.StartAsync();
        var jar = new CookieJar(site.Clock);

        // The rule is the browser's; the name is what calls for it.
        jar.Receive(new("https://shop.example"), "__Host-wixSession=x; path=/; secure; domain=shop.example");
        jar.Receive(new("http://shop.example"), "__Host-wixSession=x; path=/; secure");
        jar.Receive(new("https://shop.example"), "__Host-wixSession=x; path=/sub; secure");

        Assert.Empty(jar.Names);
    }

    [Theory]
    [InlineData("/api/auth/login", "POST", "GET")]
    [InlineData("/api/auth/login", "HEAD", "GET")]
    [InlineData("/api/auth/callback", "POST", "GET")]
    [InlineData("/api/auth/logout", "GET", "POST")]
    [InlineData("/api/auth/logout", "DELETE", "POST")]
    [InlineData("/api/auth/logout-callback", "PUT", "GET")]
    public async Task Another_method_is_405_even_where_the_site_has_a_catch_all(string path, string method, string allow)
    {
        await using var site = await SessionSite.StartAsync(map: static app => app.MapFallback("/{**rest}", static () => "everything"));
        using var browser = site.NewBrowser();

        var answer = await browser.SendAsync(method, path, false, null, ("Origin", "https://shop.example"));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.Status);
        Assert.Equal(allow, answer.Allow);
        Assert.Empty(site.Wix.Calls);
    }

    [Fact]
    public async Task The_secrets_of_a_login_are_in_no_log_and_no_answer()
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();
        await browser.LogInAsync();
        await browser.PostAsync("/api/auth/logout");
        var secrets = site.Wix.CallsTo(SessionSite.Tokens)
            .Select(static call => JsonDocument.Parse(call.Body).RootElement)
            .SelectMany(
                static body => body.EnumerateObject().Where(static field => field.Name is "code" or "codeVerifier" or "refreshToken"))
            .Select(static field => field.Value.GetString()!)
            .Concat(site.Wix.CallsTo(RedirectSession).Select(static call => call.Header("Authorization")!))
            .ToList();

        Assert.True(secrets.Count >= 4);
        Assert.All(secrets, secret => Assert.DoesNotContain(site.Logs.Lines, line => line.Contains(secret, StringComparison.Ordinal)));
    }
}
