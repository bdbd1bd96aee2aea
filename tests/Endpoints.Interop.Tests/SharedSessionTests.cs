using Endpoints.Wix.Emulator;

namespace Endpoints.Interop.Tests;

/// <summary>
/// One session for the site's server and its scripts: what the server writes to <c>wixSession</c>, Wix's JavaScript reads, and the other
/// way round.
/// </summary>
public sealed class SharedSessionTests(WixAndNode fixture) : SiteTest(fixture)
{
    private const string TokenRoute = "POST /oauth2/token";

    private string ClientId => Wix.App.ClientId;

    [Fact]
    public async Task A_visitors_session_that_the_server_began_is_the_scripts_session()
    {
        var visit = await OnPageAsync<Answer>("plainFetch", "/api/visit");
        var server = await OnPageAsync<Answer>("plainFetch", "/api/who-am-i", visit.Cookies);
        var script = await OnPageAsync<WhoAmI>("whoAmI", cookies: visit.Cookies);

        Assert.Equal("VISITOR", script.Result.Info.SubjectType);
        Assert.Equal(server.Result.As<Who>().Id, script.Result.Info.SubjectId);
        Assert.False(script.Result.LoggedIn);
        Assert.Single(Wix.CallsTo(TokenRoute));
    }

    [Fact]
    public async Task A_member_who_logged_in_at_the_server_is_logged_in_to_scripts()
    {
        var member = NewMember();
        using var login = new MemberLogin(Origin);

        var script = await OnPageAsync<WhoAmI>("whoAmI", cookies: Cookies(await login.LogInAsync(member)));

        Assert.True(script.Result.LoggedIn);
        Assert.Equal("member", script.Result.Tokens.RefreshToken.Role);
        Assert.Equal(("MEMBER", member.Id), (script.Result.Info.SubjectType, script.Result.Info.SubjectId));
    }

    [Fact]
    public async Task The_server_writes_what_a_script_would_write()
    {
        using var login = new MemberLogin(Origin);
        var written = Cookies(await login.LogInAsync(NewMember()));

        var again = await OnPageAsync<object>("writeAgain", cookies: written);

        Assert.Equal(written["wixSession"], again.Cookies["wixSession"]);
    }

    [Fact]
    public async Task A_session_that_the_server_renewed_is_good_to_scripts()
    {
        var member = NewMember();

        var server = await OnPageAsync<Answer>("plainFetch", "/api/who-am-i", Expired(member));
        var script = await OnPageAsync<WhoAmI>("whoAmI", cookies: server.Cookies);

        Assert.Equal(member.Id, server.Result.As<Who>().Id);
        Assert.Equal(member.Id, script.Result.Info.SubjectId);
        Assert.True(script.Result.LoggedIn);
        Assert.Single(Wix.CallsTo(TokenRoute));
    }

    [Fact]
    public async Task A_session_that_a_script_renewed_is_good_to_the_server()
    {
        var member = NewMember();

        var script = await OnPageAsync<WhoAmI>("whoAmI", cookies: Expired(member));
        var server = await OnPageAsync<Answer>("plainFetch", "/api/who-am-i", script.Cookies);

        Assert.Equal(member.Id, script.Result.Info.SubjectId);
        Assert.Equal(("Member", member.Id), (server.Result.As<Who>().Kind, server.Result.As<Who>().Id));
        Assert.Equal(script.Cookies, server.Cookies);
        Assert.Single(Wix.CallsTo(TokenRoute));
    }

    [Fact]
    public async Task A_session_that_a_script_ended_is_ended_at_the_server()
    {
        using var login = new MemberLogin(Origin);
        var session = Cookies(await login.LogInAsync(NewMember()));

        var script = await OnPageAsync<Uri>("logout", cookies: session);
        var server = await OnPageAsync<Answer>("plainFetch", "/api/who-am-i", script.Cookies);

        Assert.Equal("", WixSessionCookie.Read(script.Cookies["wixSession"]).Tokens.AccessToken.Value);
        Assert.Equal(("Visitor", null), (server.Result.As<Who>().Kind, server.Result.As<Who>().Id));
    }

    [Fact]
    public async Task A_session_that_the_server_ended_is_ended_for_scripts()
    {
        using var login = new MemberLogin(Origin);
        var session = await login.LogInAsync(NewMember());

        var left = await login.LogOutAsync(session);
        var script = await OnPageAsync<WhoAmI>("whoAmI");

        Assert.Equal("wixSession=", left);
        Assert.Equal("VISITOR", script.Result.Info.SubjectType);
        Assert.False(script.Result.LoggedIn);
    }

    [Fact]
    public async Task A_session_that_was_ended_at_the_server_is_not_begun_again_by_a_page_that_was_open()
    {
        using var login = new MemberLogin(Origin);
        var session = await login.LogInAsync(NewMember());
        await login.LogOutAsync(session);

        var open = await OnPageAsync<Answer>("plainFetch", "/api/who-am-i", Cookies(session));

        Assert.Equal(("Visitor", null), (open.Result.As<Who>().Kind, open.Result.As<Who>().Id));
        // Logging out has removed the cookie from the browser. A late request's answer writes none: it could undo a login made meanwhile.
        Assert.Equal(Cookies(session)["wixSession"], open.Cookies["wixSession"]);
    }

    private static Dictionary<string, string> Cookies(string cookie) => new() { ["wixSession"] = cookie["wixSession=".Length..] };

    private EmulatedMember NewMember() => Wix.Site.AddMember($"{Guid.NewGuid()}@members.example");

    private Dictionary<string, string> Expired(EmulatedMember member) =>
        Cookies(WixSessionCookie.Write(
            ClientId, SdkTokens.Of(Wix.IssueSession(EmulatedIdentity.Member(member.Id), token => token.Expired()), "member")));

    private Task<Page<T>> OnPageAsync<T>(string scenario, string? path = null, Dictionary<string, string>? cookies = null) =>
        Node.RunAsync<Page<T>>(
        $"page/{scenario}",
        new { ClientId, Url = $"{Origin}/page", path, Cookies = (cookies ?? []).Select(cookie => $"{cookie.Key}={cookie.Value}") });

    private sealed record WhoAmI(SdkTokens Tokens, bool LoggedIn, SdkTokenInfo Info);
}
