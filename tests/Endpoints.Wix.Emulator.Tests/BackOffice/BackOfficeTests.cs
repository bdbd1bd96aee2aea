using System.Net;
using System.Text.RegularExpressions;

namespace Endpoints.Wix.Emulator.Tests.BackOffice;

public sealed class BackOfficeTests : EmulatorTest
{
    [Fact]
    public async Task It_is_another_origin_on_loopback()
    {
        Assert.Equal("127.0.0.1", Wix.BackOffice.Origin.Host);
        Assert.NotEqual(Wix.Address.Port, Wix.BackOffice.Origin.Port);
        Assert.Equal(new Uri(Wix.BackOffice.Origin, "/dashboard"), Wix.BackOffice.DashboardAddress);
        using var response = await Client.GetAsync(Wix.BackOffice.Origin);
        Assert.Equal("/dashboard", response.Headers.Location?.ToString());
    }

    [Fact]
    public async Task The_page_names_its_targets_and_may_connect_to_them_and_nothing_else()
    {
        Wix.BackOffice.AddTarget("Who am <I>", new("http://localhost:5001/api/who-am-i?a=1&b=2"));
        Wix.BackOffice.AddTarget("Change", new("http://localhost:5001/api/change"), "post");

        using var response = await Client.GetAsync(Wix.BackOffice.DashboardAddress);

        var html = await response.Content.ReadAsStringAsync();
        Assert.Contains("Who am &lt;I&gt;", html, StringComparison.Ordinal);
        Assert.Contains("data-url=\"http://localhost:5001/api/who-am-i?a=1&amp;b=2\"", html, StringComparison.Ordinal);
        Assert.Contains("data-method=\"POST\"", html, StringComparison.Ordinal);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("connect-src 'self' http://localhost:5001;", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("JWS.", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_script_and_style_are_there()
    {
        var html = await Client.GetStringAsync(Wix.BackOffice.DashboardAddress);
        foreach (Match asset in Regex.Matches(html, "(?:src|href)=\"(/[^\"]+)\""))
        {
            using var response = await Client.GetAsync(new Uri(Wix.BackOffice.Origin, asset.Groups[1].Value));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        }
    }

    [Fact]
    public async Task The_script_gets_a_token_of_the_Wix_user()
    {
        using var response = await TokenAsync(Wix.Site.Id, ("X-Emulator-Dashboard", "1"), ("Sec-Fetch-Site", "same-origin"));

        var info = await InfoAsync((await response.JsonAsync()).Text("token")).JsonAsync();
        Assert.Equal(
            ("USER", Wix.BackOffice.UserId, Wix.App.ClientId, Wix.InstanceId),
            (info.Text("subjectType"), info.Text("subjectId"), info.Text("clientId"), info.Text("instanceId")));
    }

    [Fact]
    public async Task Nobody_else_gets_one()
    {
        using var withoutHeader = await TokenAsync(Wix.Site.Id);
        using var otherOrigin = await TokenAsync(Wix.Site.Id, ("X-Emulator-Dashboard", "1"), ("Sec-Fetch-Site", "same-site"));
        using var otherHost = await TokenAsync(Wix.Site.Id, ("X-Emulator-Dashboard", "1"), ("Host", "evil.example"));
        using var otherSite = await TokenAsync(Wix.AddSite("Without the app").Id, ("X-Emulator-Dashboard", "1"));

        Assert.Equal(HttpStatusCode.Forbidden, withoutHeader.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, otherOrigin.StatusCode);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, otherHost.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, otherSite.StatusCode);
        Assert.False(otherOrigin.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("/relative")]
    [InlineData("javascript:alert(1)")]
    public void A_target_is_an_absolute_http_address(string url) =>
        Assert.Throws<ArgumentException>(() => Wix.BackOffice.AddTarget("x", new(url, UriKind.RelativeOrAbsolute)));

    private Task<HttpResponseMessage> TokenAsync(string siteId, params (string, string)[] headers) =>
        Client.CallAsync($"POST {new Uri(Wix.BackOffice.Origin, $"/dashboard/token?site={siteId}")}", headers: headers);
}
