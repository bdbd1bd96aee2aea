using Endpoints.Wix.Emulator;

namespace Endpoints.Interop.Tests;

/// <summary><c>createClient({ auth: OAuthStrategy(...) })</c>: visitors and members.</summary>
public sealed class OAuthStrategyTests(WixAndNode fixture) : InteropTest(fixture)
{
    private const string TokenRoute = "POST /oauth2/token";
    private const string PropertiesRoute = "GET /site-properties/v4/properties";

    private string ClientId => Wix.App.ClientId;

    [Fact]
    public async Task A_client_without_tokens_becomes_a_visitor()
    {
        var answer = await WhoAmIAsync(tokens: null);

        Assert.Equal("VISITOR", answer.Info!.SubjectType);
        Assert.Equal(ClientId, answer.Info.ClientId);
        Assert.Equal(Wix.Site.Id, answer.Info.SiteId);
        Assert.Equal(Wix.InstanceId, answer.Info.InstanceId);
        Assert.False(answer.LoggedIn);
        var grant = Call(TokenRoute);
        Assert.Equal(ApiHost, grant.Host);
        AssertJson($$"""{"clientId":"{{ClientId}}","grantType":"anonymous"}""", grant.Body);
    }

    [Fact]
    public async Task A_visitor_may_not_read_site_properties()
    {
        var error = await Node.FailAsync("oauth/readSiteProperties", new { ClientId });

        Assert.Equal(403, error.Status);
        Assert.Equal("PERMISSION_DENIED", error.Code);
        var call = Call(PropertiesRoute);
        Assert.Equal(EmulatedIdentityKind.Visitor, call.Caller!.Kind);
        Assert.Equal(call.RequestId, error.RequestId);
        Assert.Equal(EdgeHost, call.Host);
    }

    [Fact]
    public async Task A_member_may_not_read_site_properties_either()
    {
        var member = Wix.IssueSession(EmulatedIdentity.Member("member-1"));

        var error = await Node.FailAsync("oauth/readSiteProperties", new { ClientId, Tokens = SdkTokens.Of(member, "member") });

        Assert.Equal(403, error.Status);
        Assert.Equal("member-1", Call(PropertiesRoute).Caller!.Id);
    }

    [Fact]
    public async Task Generated_visitor_tokens_last_as_long_as_the_platform_says()
    {
        var before = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var tokens = await Node.RunAsync<SdkTokens>("oauth/generateVisitorTokens", new { ClientId });

        Assert.StartsWith("OauthNG.JWS.", tokens.AccessToken.Value, StringComparison.Ordinal);
        Assert.StartsWith("JWS.", tokens.RefreshToken.Value, StringComparison.Ordinal);
        Assert.Equal("visitor", tokens.RefreshToken.Role);
        Assert.InRange(tokens.AccessToken.ExpiresAt, before + 14400, DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 14400);
    }

    [Theory]
    [InlineData("visitor", "VISITOR")]
    [InlineData("member", "MEMBER")]
    public async Task An_expired_session_is_renewed_as_who_it_was(string role, string subjectType)
    {
        var identity = role == "member" ? EmulatedIdentity.Member() : EmulatedIdentity.Visitor();
        var tokens = SdkTokens.Of(Wix.IssueSession(identity, token => token.Expired()), role);

        var answer = await WhoAmIAsync(tokens);

        Assert.Equal(subjectType, answer.Info!.SubjectType);
        Assert.Equal(identity.Id, answer.Info.SubjectId);
        Assert.Equal(tokens.RefreshToken, answer.Tokens.RefreshToken);
        Assert.NotEqual(tokens.AccessToken.Value, answer.Tokens.AccessToken.Value);
        AssertJson(
            $$"""{"clientId":"{{ClientId}}","refreshToken":"{{tokens.RefreshToken.Value}}","grantType":"refresh_token"}""",
            Call(TokenRoute).Body);
    }

    [Fact]
    public async Task A_session_is_renewed_again_with_the_refresh_token_it_began_with()
    {
        var first = SdkTokens.Of(Wix.IssueSession(EmulatedIdentity.Member("member-2")), "member").Expired();

        var second = (await WhoAmIAsync(first)).Tokens.Expired();
        var third = await WhoAmIAsync(second);

        Assert.Equal("member-2", third.Info!.SubjectId);
        Assert.Equal(first.RefreshToken, third.Tokens.RefreshToken);
    }

    [Fact]
    public async Task A_session_whose_refresh_token_was_taken_back_starts_over_as_a_visitor()
    {
        var session = Wix.IssueSession(EmulatedIdentity.Member());
        Wix.Revoke(session.RefreshToken);

        var answer = await WhoAmIAsync(SdkTokens.Of(session, "member").Expired());

        Assert.Equal("VISITOR", answer.Info!.SubjectType);
        Assert.Equal([400, 200], Wix.CallsTo(TokenRoute).Select(call => call.StatusCode));
    }

    [Fact]
    public async Task A_wrong_client_id_gets_no_tokens()
    {
        var error = await Node.FailAsync("oauth/generateVisitorTokens", new { ClientId = Guid.NewGuid() });

        Assert.Contains("invalid_client", error.Message, StringComparison.Ordinal);
        Assert.Contains(Call(TokenRoute).RequestId, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_session_is_renewed_although_it_does_not_send_its_client_id()
    {
        var tokens = SdkTokens.Of(Wix.IssueSession(EmulatedIdentity.Member()), "member").Expired();

        var answer = await WhoAmIAsync(tokens, site: true);

        Assert.True(answer.LoggedIn);
        Assert.Equal(tokens.RefreshToken, answer.Tokens.RefreshToken);
        AssertJson($$"""{"refreshToken":"{{tokens.RefreshToken.Value}}","grantType":"refresh_token"}""", Call(TokenRoute).Body);
    }

    private Task<WhoAmI> WhoAmIAsync(SdkTokens? tokens, bool site = false) =>
        Node.RunAsync<WhoAmI>("oauth/whoAmI", new { ClientId, tokens, site });

    private sealed record WhoAmI(SdkTokens Tokens, bool LoggedIn, SdkTokenInfo? Info);
}
