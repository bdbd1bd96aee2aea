using System.Text.Json;
using Endpoints.Wix.Emulator;

namespace Endpoints.Interop.Tests;

/// <summary>Wix's own server stack, its Astro middleware, against the emulator: what .NET endpoints do is measured by this.</summary>
public sealed class AstroTests(WixAndNode fixture) : InteropTest(fixture)
{
    private const string Site = "https://site.example";
    private const string PropertiesRoute = "GET /site-properties/v4/properties";

    [Fact]
    public async Task An_anonymous_request_reads_site_properties_through_an_elevated_endpoint()
    {
        var answer = await RequestAsync("/api/my-api");

        Assert.Equal(Wix.Site.Properties["businessName"]!.GetValue<string>(), answer.Body.GetProperty("businessName").GetString());
        Assert.Equal(EmulatedIdentityKind.App, Call(PropertiesRoute).Caller!.Kind);
        Assert.Empty(answer.SetCookies);
    }

    [Fact]
    public async Task A_request_for_a_page_gets_a_session_that_scripts_on_the_page_can_use()
    {
        var answer = await RequestAsync("/api/who-am-i", ("Accept", "text/html"));

        var cookie = Assert.Single(answer.SetCookies);
        var (clientId, tokens) = WixSessionCookie.Read(cookie["wixSession=".Length..]);
        Assert.Equal(Wix.App.ClientId, clientId);
        Assert.Equal("visitor", tokens.RefreshToken.Role);
        var again = await RequestAsync("/api/who-am-i", ("Cookie", cookie));
        Assert.Equal(answer.Body.GetProperty("subjectId").GetString(), again.Body.GetProperty("subjectId").GetString());
    }

    [Theory]
    [InlineData("VISITOR")]
    [InlineData("MEMBER")]
    [InlineData("USER")]
    [InlineData("APP")]
    public async Task A_caller_with_a_token_is_who_the_token_says(string subjectType)
    {
        var identity = subjectType switch
        {
            "VISITOR" => EmulatedIdentity.Visitor(),
            "MEMBER" => EmulatedIdentity.Member(),
            "USER" => EmulatedIdentity.User(),
            _ => EmulatedIdentity.App(),
        };

        var answer = await RequestAsync("/api/who-am-i", ("Authorization", Wix.IssueToken(identity)));

        Assert.Equal(subjectType, answer.Body.GetProperty("subjectType").GetString());
        Assert.Equal(identity.Id ?? Wix.App.ClientId, answer.Body.GetProperty("subjectId").GetString());
    }

    [Fact]
    public async Task A_caller_with_a_token_of_another_site_reads_its_own_site()
    {
        var site = Wix.AddSite(nameof(A_caller_with_a_token_of_another_site_reads_its_own_site));
        Wix.App.InstallOn(site);
        var token = Wix.IssueToken(EmulatedIdentity.User(), options => options.For(Wix.App, site));

        var answer = await RequestAsync("/api/my-api", ("Authorization", token));

        Assert.Equal(site.Properties["businessName"]!.GetValue<string>(), answer.Body.GetProperty("businessName").GetString());
    }

    [Fact]
    public async Task A_caller_with_a_token_of_another_app_gets_nothing()
    {
        var other = Wix.AddApp(nameof(A_caller_with_a_token_of_another_app_gets_nothing));
        other.InstallOn(Wix.Site);
        var token = Wix.IssueToken(EmulatedIdentity.User(), options => options.For(other, Wix.Site));

        await Node.FailAsync("astro/request", Request("/api/my-api", "GET", ("Authorization", token)));

        Assert.Empty(Wix.CallsTo(PropertiesRoute));
    }

    [Fact]
    public async Task A_member_logs_in_and_out_with_Wixs_own_routes()
    {
        Wix.App.AllowRedirectUri(new($"{Site}/api/auth/callback"));
        var member = Wix.Site.AddMember("astro@members.example");
        using var pages = new WixPages();

        var login = await RequestAsync("/api/auth/login?returnToUrl=/shop");
        var back = await pages.LogInAsync(new(login.Location!), member);
        var callback = await RequestAsync(back.PathAndQuery, ("Cookie", login.Cookie("oAuthState")));
        Assert.Equal("/shop", callback.Location);

        var session = callback.Cookie("wixSession");
        var who = await RequestAsync("/api/who-am-i", ("Cookie", session));
        Assert.Equal(("MEMBER", member.Id),
            (who.Body.GetProperty("subjectType").GetString(), who.Body.GetProperty("subjectId").GetString()));

        var logout =
            await Node.RunAsync<Answer>("astro/request", Request("/api/auth/logout?returnToUrl=/bye", "POST", ("Cookie", session)));
        var left = await pages.FollowAsync(new(logout.Location!));
        var goodbye = await RequestAsync(left.PathAndQuery, ("Cookie", session));
        Assert.Equal("/bye", goodbye.Location);
        Assert.Equal("visitor", WixSessionCookie.Read(goodbye.Cookie("wixSession")["wixSession=".Length..]).Tokens.RefreshToken.Role);
    }

    private Task<Answer> RequestAsync(string path, params (string, string)[] headers) =>
        Node.RunAsync<Answer>("astro/request", Request(path, "GET", headers));

    private static object Request(string path, string method, params (string Name, string Value)[] headers) =>
        new { Url = Site + path, method, Headers = headers.ToDictionary(header => header.Name, header => header.Value) };

    private sealed record Answer(int Status, JsonElement Body, string? Location, string[] SetCookies)
    {
        /// <summary>A cookie that the answer sets, as the browser sends it back.</summary>
        public string Cookie(string name) =>
            Assert.Single(SetCookies, cookie => cookie.StartsWith($"{name}=", StringComparison.Ordinal)).Split("; ")[0];
    }
}
