using System.Text.Json;
using Endpoints.Wix;
using Endpoints.Wix.Emulator;
using Microsoft.AspNetCore.WebUtilities;

namespace Endpoints.Interop.Tests;

/// <summary>The library's requests to Wix, beside those of Wix's own SDK for the same call.</summary>
public sealed class SameOnTheWireTests(WixAndNode fixture) : SiteTest(fixture)
{
    private const string PropertiesRoute = "GET /site-properties/v4/properties";
    private const string ListSitesRoute = "POST /site-list/v2/sites/query";

    [Fact]
    public async Task An_API_key_for_a_site()
    {
        await Node.RunAsync<JsonElement>("apiKey/readSiteProperties",
            new { Credentials = new { ApiKey = Wix.ApiKey.Value, SiteId = Wix.Site.Id } });
        await Services.GetRequiredService<AdminWixClient>().SiteProperties.GetSitePropertiesAsync();

        AssertSame(PropertiesRoute);
    }

    [Fact]
    public async Task An_API_key_for_an_account()
    {
        var theirs =
            await Node.RunAsync<Answer>("apiKey/listSites", new { Credentials = new { ApiKey = Wix.ApiKey.Value, Wix.AccountId } });
        using var body = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        var ours = await Services.GetRequiredService<AdminWixClient>().ForAccount().FetchWithAuthAsync(HttpMethod.Post,
            "/site-list/v2/sites/query", body);

        AssertSame(ListSitesRoute);
        AssertJson(theirs.Body.GetRawText(), System.Text.Encoding.UTF8.GetString(ours.Body.Span));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("JWS.from+market/=")]
    public async Task The_page_to_install_an_app_at_and_the_codes_exchange(string? token)
    {
        var redirectUrl = $"{Origin}/api/install/callback";
        Wix.App.AllowRedirectUri(new(redirectUrl));
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var begun =
            await browser.GetAsync(new Uri($"{Origin}/api/install{(token is null ? "" : $"?token={Uri.EscapeDataString(token)}")}"));
        var ours = begun.Headers.Location!;
        var state = QueryHelpers.ParseQuery(ours.Query)["state"].ToString();
        var credentials = new { AppId = Wix.App.ClientId, AppSecret = Wix.App.ClientSecret };

        var theirs = await Node.RunAsync<Uri>("app/installUrl", new { credentials, redirectUrl, state, token });
        Assert.Equal(QueryHelpers.ParseQuery(theirs.Query).Select(static pair => $"{pair.Key}={pair.Value}"),
            QueryHelpers.ParseQuery(ours.Query).Select(static pair => $"{pair.Key}={pair.Value}"));
        Assert.Equal(("www.wix.com", theirs.AbsolutePath), (theirs.Host, ours.AbsolutePath));

        using var pages = new WixPages();
        using var callback = new HttpRequestMessage(HttpMethod.Get, await pages.InstallAsync(ours, Wix.Site));
        // a client without https keeps no Secure cookie
        callback.Headers.Add("Cookie", begun.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        using var back = await browser.SendAsync(callback);
        Assert.Equal(System.Net.HttpStatusCode.Redirect, back.StatusCode);
        await Node.RunAsync<JsonElement>("app/finishInstallation",
            new { credentials, Url = await pages.InstallAsync(new(Wix.Address, theirs.PathAndQuery), Wix.Site), State = state });
        var bodies = Wix.CallsTo("POST /oauth/access").Select(static call => JsonDocument.Parse(call.Body).RootElement)
            .Where(static body => body.GetProperty("grant_type").GetString() == "authorization_code").ToList();
        Assert.Equal(2, bodies.Count);
        Assert.Equal(Fields(bodies[1]), Fields(bodies[0]));

        static IEnumerable<string> Fields(JsonElement body) =>
            body.EnumerateObject().Select(static field => field.Name == "code" ? "code" : $"{field.Name}={field.Value}").Order();
    }

    /// <summary>Holds the two calls to a route against each other.</summary>
    private void AssertSame(string route)
    {
        var calls = Wix.CallsTo(route);
        Assert.Equal(2, calls.Count);
        foreach (var name in (string[])["Authorization", "wix-site-id", "wix-account-id", "Content-Type"])
            Assert.Equal(calls[0].Header(name)?.Split(';')[0], calls[1].Header(name)?.Split(';')[0]);
        Assert.All(calls, static call => Assert.Equal(EmulatedIdentityKind.ApiKey, call.Caller!.Kind));
    }
}
