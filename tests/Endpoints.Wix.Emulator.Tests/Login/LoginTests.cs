using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Endpoints.Wix.Emulator.Tests.Login;

public sealed class LoginTests : EmulatorTest
{
    private const string Verifier = "abcdefghijklmnopqrstuvwxyz0123456789-._~abcdefg";
    private const string Callback = "https://shop.example/api/auth/callback";

    private readonly string _challenge =
        Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    [Theory]
    [InlineData("/_api/redirects-api/v1/redirect-session")]
    [InlineData("/redirect-session/v1/redirect-session")]
    [InlineData("/headless/v1/redirect-session")]
    public async Task A_redirect_session_says_where_to_send_the_browser(string path)
    {
        Wix.App.AllowRedirectUri(new(Callback));

        var answer = await Client.CallAsync($"POST {path}", Visitor(), AuthRequest()).JsonAsync();

        var session = answer.GetProperty("redirectSession");
        Assert.StartsWith(Wix.Address.ToString() + "_login?session=", session.Text("fullUrl"), StringComparison.Ordinal);
        Assert.Equal(Wix.Address + "_login", session.Text("urlDetails", "endpoint"));
        Assert.NotEqual("", session.Text("sessionToken"));
    }

    [Fact]
    public async Task A_member_who_is_picked_comes_back_with_code_and_state_and_gets_tokens()
    {
        var ada = Wix.Site.Members[0];

        var back = await LogInAsync(("member", ada.Id));

        Assert.StartsWith(Callback + "?", back.ToString(), StringComparison.Ordinal);
        Assert.Equal("the-state", Query(back, "state"));
        var tokens = await ExchangeAsync(Query(back, "code"));
        var info = await InfoAsync(tokens.Text("access_token")).JsonAsync();
        Assert.Equal("MEMBER", info.Text("subjectType"));
        Assert.Equal(ada.Id, info.Text("subjectId"));
        Assert.True(tokens.TryGetProperty("refresh_token", out _));
    }

    [Fact]
    public async Task A_member_can_log_in_with_a_password()
    {
        var back = await LogInAsync(("email", "ada@members.example"), ("password", "ada-password"));

        Assert.NotNull(Query(back, "code"));
    }

    [Theory]
    [InlineData("ada@members.example", "wrong")]
    [InlineData("nobody@members.example", "ada-password")]
    public async Task A_wrong_password_shows_the_page_again_and_says_so(string email, string password)
    {
        var page = await BeginAsync();

        using var response = await SubmitAsync(page, ("email", email), ("password", password));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        var html = await response.Content.ReadAsStringAsync();
        Assert.Contains("role=\"alert\"", html, StringComparison.Ordinal);
        Assert.Contains($"value=\"{email}\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_typed_into_the_page_comes_back_escaped()
    {
        Wix.Site.AddMember("x@y.example", nickname: "<script>alert(1)</script>");
        var page = await BeginAsync();

        using var response = await SubmitAsync(page, ("email", "\"><img src=x>"), ("password", "x"));

        var html = await response.Content.ReadAsStringAsync();
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_allows_no_scripts_and_no_frames_and_is_not_stored()
    {
        using var response = await Client.GetAsync(await BeginAsync());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("form-action 'self' https://shop.example", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task A_cancelled_login_comes_back_as_an_error()
    {
        var back = await LogInAsync(("cancel", "1"));

        Assert.Equal("access_denied", Query(back, "error"));
        Assert.Equal("the-state", Query(back, "state"));
    }

    [Fact]
    public async Task A_code_is_good_for_one_use()
    {
        var code = Query(await LogInAsync(("member", Wix.Site.Members[0].Id)), "code");

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ExchangeAsync(code)));

        Assert.Single(answers, a => a.TryGetProperty("access_token", out _));
        Assert.All(answers.Where(a => !a.TryGetProperty("access_token", out _)), a => Assert.Equal("invalid_grant", a.Text("error")));
    }

    [Theory]
    [InlineData(599, true)]
    [InlineData(600, false)]
    public async Task A_code_is_good_for_ten_minutes(int seconds, bool good)
    {
        var code = Query(await LogInAsync(("member", Wix.Site.Members[0].Id)), "code");
        Time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(good, (await ExchangeAsync(code)).TryGetProperty("access_token", out _));
    }

    [Theory]
    [InlineData("another-verifier-another-verifier-another-verif")]
    [InlineData("short")]
    [InlineData(null)]
    public async Task A_code_is_refused_without_its_verifier_and_is_gone_then(string? verifier)
    {
        var code = Query(await LogInAsync(("member", Wix.Site.Members[0].Id)), "code");

        Assert.Equal("invalid_grant", (await ExchangeAsync(code, verifier)).Text("error"));
        Assert.Equal("invalid_grant", (await ExchangeAsync(code)).Text("error"));
    }

    [Fact]
    public async Task A_code_is_refused_with_another_redirect_address()
    {
        var code = Query(await LogInAsync(("member", Wix.Site.Members[0].Id)), "code");

        Assert.Equal("invalid_grant", (await ExchangeAsync(code, redirectUri: "https://shop.example/other")).Text("error"));
    }

    [Fact]
    public async Task A_code_is_refused_to_another_client()
    {
        var other = Wix.AddApp("Other", Wix.Site);
        var code = Query(await LogInAsync(("member", Wix.Site.Members[0].Id)), "code");

        Assert.Equal("invalid_grant", (await ExchangeAsync(code, clientId: other.ClientId)).Text("error"));
    }

    [Theory]
    [InlineData("https://shop.example/api/auth/callback/")]
    [InlineData("https://shop.example/api/auth/callback?x=1")]
    [InlineData("https://shop.example.evil.example/api/auth/callback")]
    [InlineData("http://shop.example/api/auth/callback")]
    [InlineData("https://shop.example@evil.example/api/auth/callback")]
    [InlineData("//shop.example/api/auth/callback")]
    [InlineData("javascript:alert(1)")]
    [InlineData("http://localhost:5000/callback")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_login_returns_to_no_address_that_is_not_allowed(string? redirectUri)
    {
        Wix.App.AllowRedirectUri(new(Callback));

        using var response = await Client.CallAsync("POST /redirect-session/v1/redirect-session", Visitor(), AuthRequest(redirectUri));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("http://localhost:5000/callback", HttpStatusCode.OK)]
    [InlineData("http://127.0.0.1:81/x", HttpStatusCode.OK)]
    [InlineData("http://[::1]/x", HttpStatusCode.OK)]
    [InlineData("http://localhost.evil.example/x", HttpStatusCode.BadRequest)]
    [InlineData("http://localhost@evil.example/x", HttpStatusCode.BadRequest)]
    public async Task Loopback_addresses_can_all_be_allowed(string redirectUri, HttpStatusCode status)
    {
        await using var wix = await WixEmulator.StartAsync(o => o.AllowLoopbackRedirects = true);
        using var client = wix.Client();

        using var response = await client.CallAsync(
            "POST /redirect-session/v1/redirect-session", wix.IssueToken(EmulatedIdentity.Visitor()),
            AuthRequest(redirectUri, clientId: wix.App.ClientId));

        Assert.Equal(status, response.StatusCode);
    }

    [Theory]
    [InlineData("code", "plain", "query")]
    [InlineData("token", "S256", "query")]
    [InlineData("code", "S256", "form_post")]
    public async Task Only_codes_with_S256_and_known_response_modes_are_given(string responseType, string method, string responseMode)
    {
        Wix.App.AllowRedirectUri(new(Callback));
        var request = new
        {
            auth = new
            {
                authRequest = new { clientId = Wix.App.ClientId, redirectUri = Callback, codeChallenge = _challenge, codeChallengeMethod = method, responseMode, responseType, state = "s" },
            },
        };

        using var response = await Client.CallAsync("POST /redirect-session/v1/redirect-session", Visitor(), request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_token_of_another_client_can_not_begin_a_login()
    {
        Wix.App.AllowRedirectUri(new(Callback));
        var other = Wix.AddApp("Other", Wix.Site);

        using var response = await Client.CallAsync(
            "POST /redirect-session/v1/redirect-session", Wix.IssueToken(EmulatedIdentity.Visitor(), o => o.For(other, Wix.Site)),
            AuthRequest());

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task With_prompt_none_nobody_is_asked_and_a_stranger_is_an_error()
    {
        using var response = await Client.GetAsync(await BeginAsync(prompt: "none"));

        Assert.Equal("login_required", Query(response.Headers.Location!, "error"));
        Assert.Equal("the-state", Query(response.Headers.Location!, "state"));
    }

    [Fact]
    public async Task With_prompt_none_a_member_who_is_known_comes_back_at_once()
    {
        using var first = await SubmitAsync(await BeginAsync(), ("member", Wix.Site.Members[1].Id));
        var cookie = first.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);

        using var response = await Client.CallAsync($"GET {await BeginAsync(prompt: "none")}", headers: ("Cookie", cookie.Split(';')[0]));

        var tokens = await ExchangeAsync(Query(response.Headers.Location!, "code"));
        Assert.Equal(Wix.Site.Members[1].Id, (await InfoAsync(tokens.Text("access_token")).JsonAsync()).Text("subjectId"));
    }

    [Fact]
    public async Task With_prompt_login_a_member_who_is_known_is_asked_again()
    {
        using var first = await SubmitAsync(await BeginAsync(), ("member", Wix.Site.Members[1].Id));
        var cookie = first.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

        using var response = await Client.CallAsync($"GET {await BeginAsync(prompt: "login")}", headers: ("Cookie", cookie));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task The_fragment_mode_puts_code_and_state_behind_the_hash()
    {
        using var response = await SubmitAsync(await BeginAsync(responseMode: "fragment"), ("member", Wix.Site.Members[0].Id));

        var location = response.Headers.Location!;
        Assert.Equal("", location.Query);
        Assert.Contains("state=the-state", location.Fragment, StringComparison.Ordinal);
        Assert.StartsWith("#code=", location.Fragment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_message_mode_posts_to_the_apps_own_origin_only()
    {
        using var response = await Client.GetAsync(await BeginAsync(prompt: "none", responseMode: "web_message", state: "</script><b>"));

        var html = await response.Content.ReadAsStringAsync();
        Assert.Contains("\"login_required\"", html, StringComparison.Ordinal);
        Assert.Contains("postMessage(", html, StringComparison.Ordinal);
        Assert.Contains("\"https://shop.example\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("frame-ancestors https://shop.example", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'sha256-", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_is_finished_once_and_expires_after_ten_minutes()
    {
        var page = await BeginAsync();
        using var first = await SubmitAsync(page, ("member", Wix.Site.Members[0].Id));
        using var second = await SubmitAsync(page, ("member", Wix.Site.Members[0].Id));
        var late = await BeginAsync();
        Time.Advance(TimeSpan.FromMinutes(10));
        using var third = await Client.GetAsync(late);

        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, second.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, third.StatusCode);
    }

    [Fact]
    public async Task Another_site_can_not_send_the_form()
    {
        var page = await BeginAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_login") { Content = Form(page, ("member", Wix.Site.Members[0].Id)) };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var response = await Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task A_member_who_is_not_approved_can_not_log_in()
    {
        Wix.Site.RequireApproval = true;
        await Client.CallAsync(
            "POST /_api/iam/authentication/v2/register", Visitor(),
            new { loginId = new { email = "new@members.example" }, password = "secret" }).JsonAsync();
        var member = Wix.Site.Members[^1];

        using var picked = await SubmitAsync(await BeginAsync(), ("member", member.Id));
        using var typed = await SubmitAsync(await BeginAsync(), ("email", member.Email), ("password", "secret"));

        Assert.Equal(HttpStatusCode.Unauthorized, picked.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, typed.StatusCode);
    }

    [Fact]
    public async Task Logging_out_forgets_the_member_and_goes_on_to_the_app()
    {
        using var login = await SubmitAsync(await BeginAsync(), ("member", Wix.Site.Members[0].Id));
        var cookie = login.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        var session = await Client.CallAsync(
            "POST /_api/redirects-api/v1/redirect-session",
            Visitor(),
            new { logout = new { clientId = Wix.App.ClientId }, callbacks = new { postFlowUrl = "https://shop.example/bye?x=1" } })
            .JsonAsync();

        using var response = await Client.CallAsync($"GET {session.Text("redirectSession", "fullUrl")}", headers: ("Cookie", cookie));

        Assert.Equal("https://shop.example/bye?x=1", response.Headers.Location?.ToString());
        Assert.Contains("expires=Thu, 01 Jan 1970", response.Headers.GetValues("Set-Cookie").Single(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("https://evil.example/bye")]
    [InlineData("https://shop.example@evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("")]
    public async Task A_logout_goes_on_to_the_apps_domains_only(string postFlowUrl)
    {
        Wix.App.AllowRedirectUri(new(Callback));

        using var response = await Client.CallAsync(
            "POST /redirect-session/v1/redirect-session", Visitor(),
            new { logout = new { clientId = Wix.App.ClientId }, callbacks = new { postFlowUrl } });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Other_pages_of_Wix_have_a_stand_in_with_the_ways_on()
    {
        Wix.App.AllowRedirectUri(new(Callback));
        var session = await Client.CallAsync(
            "POST /redirect-session/v1/redirect-session",
            Visitor(),
            new { ecomCheckout = new { checkoutId = "c" }, callbacks = new { thankYouPageUrl = "https://shop.example/thanks?a=1&b=2" } })
            .JsonAsync();

        var html = await Client.GetStringAsync(session.Text("redirectSession", "fullUrl"));

        Assert.Contains("ecomCheckout", html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://shop.example/thanks?a=1&amp;b=2\"", html, StringComparison.Ordinal);
    }

    private static string? Query(Uri address, string name) =>
        QueryHelpers.ParseQuery(address.Query).TryGetValue(name, out var value) ? value.ToString() : null;

    private static FormUrlEncodedContent Form(string page, params (string Name, string Value)[] fields) =>
        new([new("session", Query(new(page), "session")), .. fields.Select(f => KeyValuePair.Create(f.Name, (string?)f.Value))]);

    private string Visitor() => Wix.IssueToken(EmulatedIdentity.Visitor());

    private object AuthRequest(string? redirectUri = Callback, string? prompt = null, string responseMode = "query",
        string? clientId = null, string state = "the-state") => new
    {
        auth = new
        {
            prompt,
            authRequest = new
            {
                redirectUri,
                clientId = clientId ?? Wix.App.ClientId,
                codeChallenge = _challenge,
                codeChallengeMethod = "S256",
                responseMode,
                responseType = "code",
                scope = "offline_access",
                state,
            },
        },
    };

    private async Task<string> BeginAsync(string? prompt = null, string responseMode = "query", string state = "the-state")
    {
        Wix.App.AllowRedirectUri(new(Callback));
        var answer =
            await Client.CallAsync("POST /redirect-session/v1/redirect-session", Visitor(),
                AuthRequest(Callback, prompt, responseMode, state: state)).JsonAsync();
        return answer.Text("redirectSession", "fullUrl");
    }

    private async Task<HttpResponseMessage> SubmitAsync(string page, params (string, string)[] fields)
    {
        using var form = Form(page, fields);
        return await Client.PostAsync(new Uri("/_login", UriKind.Relative), form);
    }

    private async Task<Uri> LogInAsync(params (string, string)[] fields)
    {
        using var response = await SubmitAsync(await BeginAsync(), fields);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        return response.Headers.Location!;
    }

    private Task<JsonElement> ExchangeAsync(string? code, string? verifier = Verifier, string? redirectUri = Callback,
        string? clientId = null) =>
        TokenAsync(new { clientId = clientId
            ?? Wix.App.ClientId, grantType = "authorization_code", redirectUri, code, codeVerifier = verifier });
}
