using System.Text.Json;

namespace Endpoints.Interop.Tests;

/// <summary>
/// A site's Astro front end and its .NET endpoints on one host: Wix's Astro middleware and this library read each other's sessions.
/// </summary>
public sealed class AstroSharedSessionTests(WixAndNode fixture) : SiteTest(fixture)
{
    [Fact]
    public async Task A_member_who_logged_in_at_the_NET_server_is_the_member_to_Astro()
    {
        var member = Wix.Site.AddMember($"{Guid.NewGuid()}@members.example");
        using var login = new MemberLogin(Origin);

        var who = await AstroAsync("/api/who-am-i", await login.LogInAsync(member));

        Assert.Equal(("MEMBER", member.Id), (who.GetProperty("subjectType").GetString(), who.GetProperty("subjectId").GetString()));
    }

    [Fact]
    public async Task A_visitor_whom_Astro_gave_a_session_is_the_visitor_to_the_NET_server()
    {
        var astro = await Node.RunAsync<Page>(
            "astro/request", new { Url = $"{Origin}/api/who-am-i", Headers = new Dictionary<string, string> { ["Accept"] = "text/html" } });

        using var client = new HttpClient { BaseAddress = new(Origin) };
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/who-am-i", UriKind.Relative));
        request.Headers.Add("Cookie", Assert.Single(astro.SetCookies));
        using var answer = await client.SendAsync(request);
        var who = JsonSerializer.Deserialize<Who>(await answer.Content.ReadAsStringAsync(), JsonSerializerOptions.Web)!;

        Assert.Equal(("Visitor", astro.Body.GetProperty("subjectId").GetString()), (who.Kind, who.Id));
    }

    private async Task<JsonElement> AstroAsync(string path, string cookie) => (await Node.RunAsync<Page>(
        "astro/request", new { Url = Origin + path, Headers = new Dictionary<string, string> { ["Cookie"] = cookie } })).Body;

    private sealed record Page(JsonElement Body, string[] SetCookies);
}
