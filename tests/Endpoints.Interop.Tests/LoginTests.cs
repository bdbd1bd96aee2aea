using System.Text.Json;
using Endpoints.Wix.Emulator;

namespace Endpoints.Interop.Tests;

/// <summary>
/// Members log in and out with <c>OAuthStrategy</c>: on the platform's page with PKCE, on a page of one's own, and through a server.
/// </summary>
public sealed class LoginTests : InteropTest, IDisposable
{
    private const string Callback = "https://site.example/api/auth/callback";
    private const string TokenRoute = "POST /oauth2/token";

    private readonly WixPages _pages = new();
    private readonly EmulatedMember _member;

    public LoginTests(WixAndNode fixture)
        : base(fixture)
    {
        Wix.App.AllowRedirectUri(new(Callback));
        _member = Wix.Site.AddMember($"{Guid.NewGuid()}@members.example", "right-password");
    }

    private string ClientId => Wix.App.ClientId;

    public void Dispose() => _pages.Dispose();

    [Theory]
    [InlineData("query")]
    [InlineData("fragment")]
    public async Task A_member_logs_in_on_the_platforms_page(string responseMode)
    {
        var begun = await BeginAsync(responseMode);
        var back = await _pages.LogInAsync(begun.AuthUrl, _member.Email, "right-password");

        Assert.StartsWith($"{Callback}{(responseMode == "query" ? '?' : '#')}", back.OriginalString, StringComparison.Ordinal);
        var session = await Node.RunAsync<WhoAmI>("oauth/finishLogin", new { ClientId, Url = back, responseMode, begun.OauthData });
        AssertIs(_member, session);
        var grant = Wix.CallsTo(TokenRoute)[^1];
        Assert.Equal(ApiHost, grant.Host);
        var sent = JsonDocument.Parse(grant.Body).RootElement;
        Assert.Equal(["clientId", "grantType", "redirectUri", "code", "codeVerifier"], sent.EnumerateObject().Select(field => field.Name));
        Assert.Equal(Callback, sent.GetProperty("redirectUri").GetString());
    }

    [Fact]
    public async Task A_login_is_begun_at_the_API_host_with_the_visitors_token()
    {
        var visitor = EmulatedIdentity.Visitor();

        await BeginAsync("query", SdkTokens.Of(Wix.IssueSession(visitor), "visitor"));

        var call = Call("POST /_api/redirects-api/v1/redirect-session");
        Assert.Equal(visitor.Id, call.Caller!.Id);
        Assert.Equal(ApiHost, call.Host);
        Assert.Empty(Wix.CallsTo(TokenRoute));
    }

    [Fact]
    public async Task A_code_is_good_once()
    {
        var begun = await BeginAsync("query");
        var back = await _pages.LogInAsync(begun.AuthUrl, _member);
        var finish = new { ClientId, Url = back, ResponseMode = "query", begun.OauthData };
        await Node.RunAsync<WhoAmI>("oauth/finishLogin", finish);

        var error = await Node.FailAsync("oauth/finishLogin", finish);

        Assert.Contains("invalid_grant", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_is_good_for_the_browser_that_began_the_login_alone()
    {
        var mine = await BeginAsync("query");
        var others = await BeginAsync("query");
        var back = await _pages.LogInAsync(mine.AuthUrl, _member);

        var wrongState = await Node.FailAsync("oauth/finishLogin", new { ClientId, Url = back, ResponseMode = "query", others.OauthData });
        var forged = mine.OauthData with { CodeVerifier = others.OauthData.CodeVerifier };
        var wrongVerifier =
            await Node.FailAsync("oauth/finishLogin", new { ClientId, Url = back, ResponseMode = "query", OauthData = forged });

        Assert.Contains("Invalid _state", wrongState.Message, StringComparison.Ordinal);
        Assert.Contains("invalid_grant", wrongVerifier.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_login_comes_back_with_an_error()
    {
        var begun = await BeginAsync("query");
        var back = await _pages.CancelAsync(begun.AuthUrl);

        var finished =
            await Node.RunAsync<JsonElement>("oauth/finishLogin", new { ClientId, Url = back, ResponseMode = "query", begun.OauthData });

        Assert.Equal("access_denied", finished.GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_login_that_would_return_to_another_address_is_not_begun()
    {
        var error = await Node.FailAsync(
            "oauth/beginLogin",
            new { ClientId, CallbackUrl = "https://evil.example/api/auth/callback", ReturnTo = "/", ResponseMode = "query" });

        Assert.Equal(400, error.Status);
    }

    [Fact]
    public async Task A_login_without_a_prompt_fails_when_nobody_is_logged_in_and_needs_no_page_when_somebody_is()
    {
        var silent = await BeginAsync("query", prompt: "none");
        Assert.Contains("error=login_required", (await _pages.FollowAsync(silent.AuthUrl)).Query, StringComparison.Ordinal);

        await _pages.LogInAsync((await BeginAsync("query")).AuthUrl, _member);
        var begun = await BeginAsync("query", prompt: "none");
        var back = await _pages.FollowAsync(begun.AuthUrl);

        var session =
            await Node.RunAsync<WhoAmI>("oauth/finishLogin", new { ClientId, Url = back, ResponseMode = "query", begun.OauthData });
        AssertIs(_member, session);
    }

    [Fact]
    public async Task A_member_logs_out_at_the_platform_and_comes_back_without_tokens()
    {
        var tokens = SdkTokens.Of(Wix.IssueSession(EmulatedIdentity.Member(_member.Id)), "member");

        var answer = await Node.RunAsync<Logout>("oauth/logout", new { ClientId, tokens, ReturnTo = "https://site.example/bye" });

        Assert.Equal(new("https://site.example/bye"), await _pages.FollowAsync(answer.LogoutUrl));
        Assert.Equal(new SdkTokens(new("", 0), new("", "none")), answer.Tokens);
        Assert.Equal(_member.Id, Call("POST /_api/redirects-api/v1/redirect-session").Caller!.Id);
    }

    [Fact]
    public async Task A_member_registers_and_logs_in_on_a_page_of_ones_own()
    {
        var account = new { ClientId, Email = $"{Guid.NewGuid()}@members.example", Password = "their-password" };

        var registered = await Node.RunAsync<LoginState>("oauth/register", account);
        var again = await Node.RunAsync<LoginState>("oauth/register", account);
        var loggedIn = await Node.RunAsync<LoginState>("oauth/login", account);
        var wrong = await Node.RunAsync<LoginState>("oauth/login", account with { Password = "wrong" });

        Assert.Equal("SUCCESS", registered.State);
        Assert.NotEmpty(registered.Data!.SessionToken);
        Assert.Equal("emailAlreadyExists", again.ErrorCode);
        Assert.Equal("SUCCESS", loggedIn.State);
        Assert.Equal("invalidPassword", wrong.ErrorCode);
    }

    [Fact]
    public async Task A_server_logs_a_member_in_with_its_API_key()
    {
        var session =
            await Node.RunAsync<WhoAmI>("oauth/externalLogin", new { ClientId, MemberId = _member.Id, ApiKey = Wix.ApiKey.Value });

        AssertIs(_member, session);
    }

    [Fact]
    public async Task Nobody_is_logged_in_with_a_key_of_another_account()
    {
        var stranger = Wix.AddApiKey(nameof(Nobody_is_logged_in_with_a_key_of_another_account), accountId: Guid.NewGuid().ToString());

        await Node.FailAsync("oauth/externalLogin", new { ClientId, MemberId = _member.Id, ApiKey = stranger.Value });

        Assert.Equal(401, Wix.CallsTo(TokenRoute)[^1].StatusCode);
    }

    private static void AssertIs(EmulatedMember member, WhoAmI session)
    {
        Assert.Equal("MEMBER", session.Info.SubjectType);
        Assert.Equal(member.Id, session.Info.SubjectId);
        Assert.True(session.LoggedIn);
        Assert.Equal("member", session.Tokens.RefreshToken.Role);
    }

    private Task<Begun> BeginAsync(string responseMode, SdkTokens? tokens = null, string prompt = "login") =>
        Node.RunAsync<Begun>("oauth/beginLogin",
            new { ClientId, tokens, CallbackUrl = Callback, ReturnTo = "https://site.example/", responseMode, prompt });

    private sealed record Begun(Uri AuthUrl, OauthData OauthData);

    private sealed record OauthData(string RedirectUri, string OriginalUri, string CodeChallenge, string CodeVerifier, string State);

    private sealed record WhoAmI(SdkTokens Tokens, bool LoggedIn, SdkTokenInfo Info);

    private sealed record Logout(Uri LogoutUrl, SdkTokens Tokens);

    private sealed record LoginState([property: System.Text.Json.Serialization.JsonPropertyName("loginState")] string State,
        SessionData? Data, string? ErrorCode);

    private sealed record SessionData(string SessionToken);
}
