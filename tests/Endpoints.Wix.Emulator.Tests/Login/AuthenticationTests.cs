using System.Net;

namespace Endpoints.Wix.Emulator.Tests.Login;

public sealed class AuthenticationTests : EmulatorTest
{
    private const string Register = "POST /_api/iam/authentication/v2/register";
    private const string Login = "POST /_api/iam/authentication/v2/login";

    [Fact]
    public async Task A_visitor_who_registers_is_a_member_with_a_session_token()
    {
        var answer = await CallAsync(Register, "new@members.example", "secret");

        Assert.Equal("SUCCESS", answer.Text("state"));
        Assert.NotEqual("", answer.Text("sessionToken"));
        Assert.Equal("new@members.example", Wix.Site.Members[^1].Email);
        Assert.Equal(Wix.Site.Members[^1].Id, answer.Text("identity", "id"));
    }

    [Fact]
    public async Task A_member_logs_in_with_the_password()
    {
        Assert.Equal("SUCCESS", (await CallAsync(Login, "ADA@members.example", "ada-password")).Text("state"));
    }

    [Theory]
    [InlineData("ada@members.example", "wrong")]
    [InlineData("nobody@members.example", "ada-password")]
    public async Task A_wrong_password_and_an_unknown_address_are_told_in_the_same_words(string email, string password)
    {
        var answer = await CallAsync(Login, email, password);

        Assert.Equal("-19976", answer.ErrorCode());
        Assert.Equal("The email address or the password is wrong.", answer.Text("message"));
    }

    [Fact]
    public async Task An_address_registers_once()
    {
        Assert.Equal("-19995", (await CallAsync(Register, "Ada@Members.example", "secret")).ErrorCode());
    }

    [Fact]
    public async Task A_wrong_address_is_a_violation_of_type_EMAIL()
    {
        var answer = await CallAsync(Register, "no address", "secret");

        Assert.Equal(
            "EMAIL", answer.GetProperty("details").GetProperty("validationError").GetProperty("fieldViolations")[0].Text("data", "type"));
    }

    [Theory]
    [InlineData(null, "-19971")]
    [InlineData("invalid", "-19970")]
    [InlineData("fine", null)]
    public async Task A_site_can_ask_for_a_captcha(string? token, string? code)
    {
        Wix.Site.RequireCaptcha = true;

        var answer = await Client.CallAsync(
            Login,
            Wix.IssueToken(EmulatedIdentity.Visitor()),
            new { loginId = new { email = "ada@members.example" }, password = "ada-password", captchaTokens = token is null
                ? null : new[] { new { Recaptcha = token } } }).JsonAsync();

        if (code is null)
            Assert.Equal("SUCCESS", answer.Text("state"));
        else
            Assert.Equal(code, answer.ErrorCode());
    }

    [Fact]
    public async Task A_site_can_ask_for_approval()
    {
        Wix.Site.RequireApproval = true;
        var registered = await CallAsync(Register, "new@members.example", "secret");
        var before = await CallAsync(Login, "new@members.example", "secret");
        using var approval = await Client.CallAsync($"POST /members/v1/members/{Wix.Site.Members[^1].Id}/approve", AppToken(), new { });

        var after = await CallAsync(Login, "new@members.example", "secret");

        Assert.Equal("REQUIRE_OWNER_APPROVAL", registered.Text("state"));
        Assert.Equal("REQUIRE_OWNER_APPROVAL", before.Text("state"));
        Assert.False(before.TryGetProperty("sessionToken", out _));
        Assert.Equal(HttpStatusCode.OK, approval.StatusCode);
        Assert.Equal("SUCCESS", after.Text("state"));
    }

    [Fact]
    public async Task A_session_token_logs_in_silently_from_a_frame_on_the_apps_origin()
    {
        Wix.App.AllowRedirectUri(new("https://shop.example/callback"));
        var session = (await CallAsync(Login, "ada@members.example", "ada-password")).Text("sessionToken");

        var page = await SilentAsync(session, "https://shop.example").JsonAsync();
        var html = await Client.GetStringAsync(page.Text("redirectSession", "fullUrl"));

        Assert.Contains("\"code\":", html, StringComparison.Ordinal);
        Assert.Contains("\"https://shop.example\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_frame_on_another_origin_gets_nothing()
    {
        Wix.App.AllowRedirectUri(new("https://shop.example/callback"));
        var session = (await CallAsync(Login, "ada@members.example", "ada-password")).Text("sessionToken");

        using var response = await SilentAsync(session, "https://evil.example");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_session_token_is_no_access_token()
    {
        var session = (await CallAsync(Login, "ada@members.example", "ada-password")).Text("sessionToken");

        using var info = await InfoAsync(session);
        using var call = await PropertiesAsync(session);

        Assert.Equal(HttpStatusCode.Unauthorized, info.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, call.StatusCode);
    }

    private Task<HttpResponseMessage> SilentAsync(string sessionToken, string origin) => Client.CallAsync(
        "POST /_api/redirects-api/v1/redirect-session",
        Wix.IssueToken(EmulatedIdentity.Visitor()),
        new
        {
            auth = new
            {
                prompt = "none",
                authRequest = new
                {
                    clientId = Wix.App.ClientId,
                    codeChallenge = new string('c', 43),
                    codeChallengeMethod = "S256",
                    responseMode = "web_message",
                    responseType = "code",
                    state = "s",
                    sessionToken,
                },
            },
        },
        ("Origin", origin));

    private Task<System.Text.Json.JsonElement> CallAsync(string route, string email, string password) => Client.CallAsync(
        route, Wix.IssueToken(EmulatedIdentity.Visitor()), new { loginId = new { email }, password }).JsonAsync();
}
