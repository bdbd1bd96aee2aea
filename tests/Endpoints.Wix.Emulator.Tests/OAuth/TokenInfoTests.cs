using System.Net;
using System.Text.Json;

namespace Endpoints.Wix.Emulator.Tests.OAuth;

public sealed class TokenInfoTests : EmulatorTest
{
    private bool _inactive;
    private bool _strings;

    private protected override void Configure(WixEmulatorOptions options)
    {
        options.UnusableTokenInfo = _inactive ? UnusableTokenInfo.Inactive : UnusableTokenInfo.Refused;
        options.TokenInfoAsStrings = _strings;
    }

    [Theory]
    [InlineData("VISITOR")]
    [InlineData("MEMBER")]
    [InlineData("USER")]
    [InlineData("APP")]
    public async Task It_says_whose_a_token_is(string type)
    {
        var info = await InfoAsync(Wix.IssueToken(Identity(type, "5f0c"))).JsonAsync();

        Assert.Equal(JsonValueKind.True, info.GetProperty("active").ValueKind);
        Assert.Equal(type, info.Text("subjectType"));
        Assert.Equal(type == "APP" ? Wix.App.ClientId : "5f0c", info.Text("subjectId"));
        Assert.Equal(Wix.App.ClientId, info.Text("clientId"));
        Assert.Equal(Wix.AccountId, info.Text("accountId"));
        Assert.Equal(Wix.Site.Id, info.Text("siteId"));
        Assert.Equal(Wix.InstanceId, info.Text("instanceId"));
        Assert.Equal(Time.GetUtcNow().ToUnixTimeSeconds(), info.GetProperty("iat").GetInt64());
        Assert.Equal(Time.GetUtcNow().ToUnixTimeSeconds() + 14400, info.GetProperty("exp").GetInt64());
    }

    [Theory]
    [InlineData("rubbish")]
    [InlineData("OauthNG.JWS.a.b.c")]
    [InlineData("OauthNG.JWS.")]
    [InlineData("OauthNG.JWS...")]
    [InlineData("OauthNG.JWS.💥")]
    public async Task A_token_that_nobody_issued_is_refused(string token)
    {
        using var response = await InfoAsync(token);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_token_changed_in_any_character_is_refused()
    {
        var token = AppToken();
        for (var i = 0; i < token.Length; i++)
        {
            var changed = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
            using var response = await InfoAsync(changed);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_token_of_another_platform_is_refused()
    {
        await using var elsewhere = await WixEmulator.StartAsync();

        using var response = await InfoAsync(elsewhere.IssueToken(EmulatedIdentity.App()));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData(14399, HttpStatusCode.OK)]
    [InlineData(14400, HttpStatusCode.Unauthorized)]
    public async Task A_token_is_good_until_it_expires(int secondsLater, HttpStatusCode status)
    {
        var token = AppToken();
        Time.Advance(TimeSpan.FromSeconds(secondsLater));

        using var response = await InfoAsync(token);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task A_token_of_another_client_is_described_with_that_client()
    {
        var info = await InfoAsync(Wix.IssueToken(EmulatedIdentity.User(), o => o.ClientId = "somebody-else")).JsonAsync();

        Assert.Equal("somebody-else", info.Text("clientId"));
    }

    [Fact]
    public async Task Client_and_instance_can_be_left_out()
    {
        var info = await InfoAsync(Wix.IssueToken(EmulatedIdentity.User(), o => (o.ClientId, o.InstanceId) = (null, null))).JsonAsync();

        Assert.False(info.TryGetProperty("clientId", out _));
        Assert.False(info.TryGetProperty("instanceId", out _));
    }

    [Fact]
    public async Task An_inactive_token_is_described_as_inactive()
    {
        var info = await InfoAsync(Wix.IssueToken(EmulatedIdentity.User(), o => o.Inactive = true)).JsonAsync();

        Assert.False(info.GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task A_revoked_token_is_refused()
    {
        var token = AppToken();
        var other = AppToken();
        Wix.Revoke(token);

        using var revoked = await InfoAsync(token);
        using var good = await InfoAsync(other);

        Assert.Equal(HttpStatusCode.Unauthorized, revoked.StatusCode);
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
    }

    [Fact]
    public async Task All_tokens_of_one_kind_can_be_revoked()
    {
        var app = AppToken();
        var member = Wix.IssueToken(EmulatedIdentity.Member());
        Wix.RevokeAll(EmulatedIdentityKind.App);

        using var revoked = await InfoAsync(app);
        using var good = await InfoAsync(member);
        using var later = await InfoAsync(AppToken());

        Assert.Equal(HttpStatusCode.Unauthorized, revoked.StatusCode);
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task Unusable_tokens_can_be_described_as_inactive_instead()
    {
        _inactive = true;
        await DisposeAsync();
        await InitializeAsync();

        var expired = await InfoAsync(Wix.IssueToken(EmulatedIdentity.User("u"), o => o.Expired())).JsonAsync();
        var unknown = await InfoAsync("rubbish").JsonAsync();

        Assert.False(expired.GetProperty("active").GetBoolean());
        Assert.Equal("u", expired.Text("subjectId"));
        Assert.False(unknown.GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task Everything_can_be_a_string_as_in_the_documentation()
    {
        _strings = true;
        await DisposeAsync();
        await InitializeAsync();

        var info = await InfoAsync(AppToken()).JsonAsync();

        Assert.Equal("true", info.GetProperty("active").GetString());
        Assert.Equal(JsonValueKind.String, info.GetProperty("exp").ValueKind);
        Assert.Equal(JsonValueKind.String, info.GetProperty("iat").ValueKind);
    }

    private static EmulatedIdentity Identity(string type, string id) => type switch
    {
        "VISITOR" => EmulatedIdentity.Visitor(id),
        "MEMBER" => EmulatedIdentity.Member(id),
        "USER" => EmulatedIdentity.User(id),
        _ => EmulatedIdentity.App(),
    };
}
