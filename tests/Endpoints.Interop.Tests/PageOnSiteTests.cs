using System.Text.Json;
using Endpoints.Wix.Emulator;

namespace Endpoints.Interop.Tests;

/// <summary>
/// Scripts on a page of the site, whose session is in <c>wixSession</c> as Wix's JavaScript writes it: the site's endpoints read it.
/// </summary>
public sealed class PageOnSiteTests(WixAndNode fixture) : SiteTest(fixture)
{
    private string ClientId => Wix.App.ClientId;

    [Theory]
    [InlineData("plainFetch")]
    [InlineData("fetchWithAuth")]
    public async Task A_member_is_recognised_by_the_session(string function)
    {
        var cookie = Cookie(Wix.IssueSession(EmulatedIdentity.Member("member-1")));

        var page = await OnPageAsync(function, "/api/who-am-i", cookie);

        var who = page.Result.As<Who>();
        Assert.Equal(("Member", "member-1"), (who.Kind, who.Id));
    }

    [Fact]
    public async Task A_visitor_keeps_the_session_that_a_script_began()
    {
        var first = await OnPageAsync("fetchWithAuth", "/api/who-am-i");
        var second = await OnPageAsync("plainFetch", "/api/who-am-i", $"wixSession={first.Cookies["wixSession"]}");

        Assert.Equal("Visitor", first.Result.As<Who>().Kind);
        Assert.NotNull(first.Result.As<Who>().Id);
        Assert.Equal(first.Result.As<Who>(), second.Result.As<Who>());
    }

    [Theory]
    [InlineData("plainFetch")]
    [InlineData("fetchWithAuth")]
    public async Task A_member_whose_access_token_has_expired_is_still_the_member(string function)
    {
        var cookie = Cookie(Wix.IssueSession(EmulatedIdentity.Member("member-1"), token => token.Expired()));

        var page = await OnPageAsync(function, "/api/who-am-i", cookie);

        Assert.Equal("member-1", page.Result.As<Who>().Id);
    }

    [Fact]
    public async Task A_member_changes_something_from_a_page_of_the_site()
    {
        var cookie = Cookie(Wix.IssueSession(EmulatedIdentity.Member()));
        var init = new { Method = "POST", Headers = new Dictionary<string, string> { ["Content-Type"] =
            "application/json" }, Body = """{"text":"By the water."}""" };

        var page = await Node.RunAsync<Page<Answer>>(
            "page/plainFetch", new { ClientId, Url = $"{Origin}/page", Path = "/api/my-api", Cookies = new[] { cookie }, init });

        page.Result.As<JsonElement>();
        Assert.Equal("By the water.", Wix.Site.Properties["description"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_session_of_another_client_is_nobodys()
    {
        var cookie = WixSessionCookie.Write(Guid.NewGuid().ToString(), SdkTokens.Of(Wix.IssueSession(EmulatedIdentity.Member()), "member"));

        var who = (await OnPageAsync("plainFetch", "/api/who-am-i", cookie)).Result.As<Who>();

        Assert.Equal(("Visitor", null), (who.Kind, who.Id));
    }

    private string Cookie(EmulatedSession session) => WixSessionCookie.Write(ClientId, SdkTokens.Of(session, "member"));

    private Task<Page<Answer>> OnPageAsync(string function, string path, params string[] cookies) =>
        Node.RunAsync<Page<Answer>>($"page/{function}", new { ClientId, Url = $"{Origin}/page", path, cookies });
}
