using Endpoints.Wix.Emulator;

namespace Endpoints.Interop.Tests;

/// <summary>Wix's session code for pages, against the emulator: the session is the cookie <c>wixSession</c>.</summary>
public sealed class PageSessionTests(WixAndNode fixture) : InteropTest(fixture)
{
    private string ClientId => Wix.App.ClientId;

    [Fact]
    public async Task A_first_visit_leaves_a_visitors_session_in_the_cookie()
    {
        var page = await WhoAmIAsync();

        Assert.Equal("VISITOR", page.Result.Info.SubjectType);
        var (clientId, tokens) = WixSessionCookie.Read(page.Cookies["wixSession"]);
        Assert.Equal(ClientId, clientId);
        Assert.Equal(page.Result.Tokens, tokens);
    }

    [Fact]
    public async Task A_members_session_in_the_cookie_is_used_as_it_is()
    {
        var tokens = SdkTokens.Of(Wix.IssueSession(EmulatedIdentity.Member("member-1")), "member");
        var cookie = WixSessionCookie.Write(ClientId, tokens);

        var page = await WhoAmIAsync(cookie);

        Assert.Equal("member-1", page.Result.Info.SubjectId);
        Assert.True(page.Result.LoggedIn);
        Assert.Equal(tokens, page.Result.Tokens);
        Assert.Empty(Wix.CallsTo("POST /oauth2/token"));
    }

    [Fact]
    public async Task An_expired_members_session_is_renewed_in_the_cookie()
    {
        var expired = SdkTokens.Of(Wix.IssueSession(EmulatedIdentity.Member("member-1"), token => token.Expired()), "member");

        var page = await WhoAmIAsync(WixSessionCookie.Write(ClientId, expired));

        Assert.Equal("member-1", page.Result.Info.SubjectId);
        var (_, tokens) = WixSessionCookie.Read(page.Cookies["wixSession"]);
        Assert.Equal(expired.RefreshToken, tokens.RefreshToken);
        Assert.NotEqual(expired.AccessToken, tokens.AccessToken);
    }

    private Task<Page<WhoAmI>> WhoAmIAsync(params string[] cookies) =>
        Node.RunAsync<Page<WhoAmI>>("page/whoAmI", new { ClientId, Url = "https://site.example/", cookies });

    private sealed record WhoAmI(SdkTokens Tokens, bool LoggedIn, SdkTokenInfo Info);
}
