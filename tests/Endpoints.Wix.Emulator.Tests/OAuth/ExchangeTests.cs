using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Endpoints.Wix.Emulator.Tests.OAuth;

public sealed class ExchangeTests : EmulatorTest
{
    private const string Callback = "https://shop.example/installed";

    [Fact]
    public async Task A_bound_token_becomes_an_unbound_one_of_the_same_identity()
    {
        var user = Wix.IssueToken(EmulatedIdentity.User("u-1"));

        var answer =
            await TokenAsync(new { grant_type = "strip_bound_session", client_secret = Wix.App.ClientSecret, access_token = user });

        Assert.False(answer.TryGetProperty("refresh_token", out _));
        var info = await InfoAsync(answer.Text("access_token")).JsonAsync();
        Assert.Equal(("USER", "u-1", Wix.InstanceId), (info.Text("subjectType"), info.Text("subjectId"), info.Text("instanceId")));
    }

    [Fact]
    public async Task A_bound_token_of_another_client_is_refused()
    {
        var other = Wix.AddApp("Other", Wix.Site);
        var user = Wix.IssueToken(EmulatedIdentity.User(), o => o.For(other, Wix.Site));

        var foreign =
            await TokenAsync(new { grant_type = "strip_bound_session", client_secret = Wix.App.ClientSecret, access_token = user });
        var wrong = await TokenAsync(new { grant_type = "strip_bound_session", client_secret = "wrong", access_token = user });

        Assert.Equal("invalid_grant", foreign.Text("error"));
        Assert.Equal("invalid_client", wrong.Text("error"));
    }

    [Fact]
    public async Task A_server_with_an_API_key_chooses_the_member()
    {
        var member = Wix.Site.Members[0];

        var answer = await AuthorizedAsync($"{Wix.IssueToken(EmulatedIdentity.Visitor())},{Wix.ApiKey.Value}", member.Id);

        var info = await InfoAsync(answer.Text("access_token")).JsonAsync();
        Assert.Equal(("MEMBER", member.Id), (info.Text("subjectType"), info.Text("subjectId")));
        Assert.True(answer.TryGetProperty("refresh_token", out _));
    }

    [Fact]
    public async Task Choosing_a_member_needs_both_credentials_and_a_member_of_the_site()
    {
        var member = Wix.Site.Members[0].Id;
        var visitor = Wix.IssueToken(EmulatedIdentity.Visitor());
        var foreign = Wix.AddApiKey("Foreign", accountId: Guid.NewGuid().ToString());

        Assert.Equal("invalid_client", (await AuthorizedAsync(visitor, member)).Text("error"));
        Assert.Equal("invalid_client", (await AuthorizedAsync(Wix.ApiKey.Value, member)).Text("error"));
        Assert.Equal("invalid_client", (await AuthorizedAsync($"{visitor},wrong", member)).Text("error"));
        Assert.Equal("invalid_client", (await AuthorizedAsync($"{visitor},{foreign.Value}", member)).Text("error"));
        Assert.Equal("invalid_grant", (await AuthorizedAsync($"{visitor},{Wix.ApiKey.Value}", Guid.NewGuid().ToString())).Text("error"));
    }

    [Fact]
    public async Task Installing_an_app_gives_a_code_the_instance_and_the_state_and_then_tokens()
    {
        var site = Wix.AddSite("Second");
        var app = Wix.AddApp("Market app");
        app.AllowRedirectUri(new(Callback));

        var back = await InstallAsync(app, site, "s-1");

        Assert.Equal(app.InstanceIdOn(site), Query(back, "instanceId"));
        Assert.Equal("s-1", Query(back, "state"));
        var tokens =
            await AccessAsync(
                new { grant_type = "authorization_code", client_id = app.ClientId, client_secret = app.ClientSecret, code = Query(
                    back, "code") });
        var info = await InfoAsync(tokens.Text("access_token")).JsonAsync();
        Assert.Equal(("APP", app.InstanceIdOn(site)), (info.Text("subjectType"), info.Text("instanceId")));
        Assert.Equal(300, info.GetProperty("exp").GetInt64() - info.GetProperty("iat").GetInt64());
        var again = await AccessAsync(
            new { grant_type = "refresh_token", client_id = app.ClientId, client_secret = app.ClientSecret, refresh_token = tokens.Text(
                "refresh_token") });
        Assert.True(again.TryGetProperty("access_token", out _));
    }

    [Fact]
    public async Task An_install_code_is_good_once_for_its_app_and_its_secret()
    {
        var app = Wix.AddApp("Market app");
        app.AllowRedirectUri(new(Callback));
        var code = Query(await InstallAsync(app, Wix.Site, null), "code");

        Assert.Equal("invalid_client",
            (await AccessAsync(new { grant_type = "authorization_code", client_id = app.ClientId, client_secret = "wrong", code })).Text(
                "error"));
        Assert.True(
            (await AccessAsync(
                new { grant_type = "authorization_code", client_id = app.ClientId, client_secret = app.ClientSecret, code })).TryGetProperty("access_token", out _));
        Assert.Equal("invalid_grant",
            (await AccessAsync(
                new { grant_type = "authorization_code", client_id = app.ClientId, client_secret = app.ClientSecret, code })).Text(
                    "error"));
        Assert.Equal("unsupported_grant_type",
            (await AccessAsync(new { grant_type = "x", client_id = app.ClientId, client_secret = app.ClientSecret })).Text("error"));
    }

    [Theory]
    [InlineData("https://evil.example/", HttpStatusCode.BadRequest)]
    [InlineData(Callback, HttpStatusCode.OK)]
    public async Task The_install_page_returns_to_allowed_addresses_only(string redirectUrl, HttpStatusCode status)
    {
        Wix.App.AllowRedirectUri(new(Callback));

        using var response =
            await Client.GetAsync(
                new Uri($"/installer/install?appId={Wix.App.ClientId}&redirectUrl={Uri.EscapeDataString(redirectUrl)}", UriKind.Relative));

        Assert.Equal(status, response.StatusCode);
    }

    private static string? Query(Uri address, string name) =>
        QueryHelpers.ParseQuery(address.Query).TryGetValue(name, out var value) ? value.ToString() : null;

    private Task<JsonElement> AccessAsync(object fields) => Client.CallAsync("POST /oauth/access", json: fields).JsonAsync();

    private Task<JsonElement> AuthorizedAsync(string authorization, string memberId) => Client.CallAsync(
        "POST /oauth2/token", authorization, new { grant_type = "authorized_client", member_id = memberId, scope = "offline_access" })
        .JsonAsync();

    private async Task<Uri> InstallAsync(EmulatedApp app, EmulatedSite site, string? state)
    {
        var html = await Client.GetStringAsync(new Uri(
            $"/installer/install?redirectUrl={Uri.EscapeDataString(Callback)}&appId={app.ClientId}"
                + (state is null ? "" : $"&state={state}"), UriKind.Relative));
        var request = System.Text.RegularExpressions.Regex.Match(html, "name=\"request\" value=\"([^\"]+)\"").Groups[1].Value;
        using var form = new FormUrlEncodedContent([new("request", request), new("site", site.Id)]);
        using var response = await Client.PostAsync(new Uri("/installer/install", UriKind.Relative), form);
        return response.Headers.Location!;
    }
}
