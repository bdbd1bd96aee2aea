using System.Net;
using System.Text.Json;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.AspNetCore.WebUtilities;

namespace Endpoints.Wix.Tests.Apps;

/// <summary>What browsers begin with one app is nothing at another.</summary>
public sealed class AppFlowTests
{
    [Fact]
    public async Task A_login_or_an_installation_that_was_begun_with_one_app_is_not_ended_with_another()
    {
        await using var site = await StartAsync();

        foreach (var (begin, shop, main) in new[]
        {
            ("/shop/auth/login", "/shop/auth/callback", "/api/auth/callback"),
            ("/shop/install", "/shop/install/callback", "/api/install/callback"),
        })
        {
            var begun = await site.GetAsync(begin);
            Assert.Equal(HttpStatusCode.Found, begun.Status);
            var cookie = Cookie(begun, "Login-", "Install-");
            Assert.StartsWith("__Host-shop.wix", cookie, StringComparison.Ordinal);
            var state = State(site, begun);
            var before = site.Wix.Calls.Count;

            foreach (var sent in (string[])[cookie, cookie.Replace("__Host-shop.", "__Host-", StringComparison.Ordinal)])
            {
                var refused = await site.GetAsync($"{main}?code=code&instanceId=x&state={state}", cookie: sent);
                Assert.Equal(400, (int)refused.Status);
            }

            Assert.Equal(before, site.Wix.Calls.Count);
            // Where it was begun, the state is accepted, and Wix is asked about the code.
            await site.GetAsync($"{shop}?code=code&instanceId=x&state={state}", cookie: cookie);
            Assert.True(site.Wix.Calls.Count > before);
        }
    }

    [Fact]
    public async Task A_login_is_for_the_app_of_the_endpoint_or_of_the_host()
    {
        await using var site = await StartAsync(shop: static options => options.Hosts.Add("shop.example"));

        foreach (var (path, host, app) in new[]
        {
            ("/shop/auth/login", "localhost", site.Shop), ("/shop/auth/login", "shop.example", site.Shop),
            ("/api/auth/login", "shop.example", site.Shop), ("/api/auth/login", "localhost", site.Main),
        })
        {
            var begun = await site.GetAsync(path, host: host);
            Assert.Equal(HttpStatusCode.Found, begun.Status);
            Assert.Equal(app.ClientId, site.Wix.CallsTo("POST /_api/redirects-api/v1/redirect-session")[^1].Caller!.ClientId);
        }
    }

    [Fact]
    public async Task Logins_of_one_app_are_not_counted_against_anothers()
    {
        await using var site = await StartAsync(shop: static options => options.LoginsPerMinute = 1);

        Assert.Equal(HttpStatusCode.Found, (await site.GetAsync("/shop/auth/login")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await site.GetAsync("/shop/auth/login")).Status);
        Assert.Equal(HttpStatusCode.Found, (await site.GetAsync("/api/auth/login")).Status);
    }

    [Fact]
    public async Task A_logout_ends_the_session_of_its_app_only()
    {
        await using var site = await StartAsync();
        var (shop, main) = (site.Cookies(site.Shop, "ada"), site.Cookies(site.Main, "ada"));
        var both = $"{shop}; {main}";

        var ended = await site.SendAsync("POST", "/shop/auth/logout", cookie: both, headers: [("Sec-Fetch-Site", "same-origin")]);
        Assert.Equal(HttpStatusCode.Found, ended.Status);

        Assert.Contains("__Host-shop.wixSession=;", ended.Headers, StringComparison.Ordinal);
        Assert.DoesNotContain("__Host-wixSession=;", ended.Headers, StringComparison.Ordinal);
        Assert.NotEqual(200, (int)(await site.GetAsync("/shop", cookie: both)).Status);
        Assert.Equal(200, (int)(await site.GetAsync("/main", cookie: both)).Status);
    }

    private static Task<AppsSite> StartAsync(Action<WixOptions>? shop = null) => AppsSite.StartAsync(
        static app =>
        {
            app.MapWixAuth();
            app.MapWixAuth("/shop/auth", "shop");
            app.MapWixInstallation();
            app.MapWixInstallation("/shop/install", "shop");
            app.MapGet("/shop", AppEndpoints.AnswerAsync).Elevate(Callers.Member, static options => options.App = "shop");
            app.MapGet("/main", AppEndpoints.AnswerAsync).Elevate(Callers.Member);
        },
        main: static options => options.PublicOrigin = new("https://localhost"),
        shop: options =>
        {
            options.PublicOrigin = new("https://localhost");
            shop?.Invoke(options);
        });

    private static string Cookie(Answer answer, params string[] names) => answer.Headers.Split('\n')
        .Where(static line => line.StartsWith("Set-Cookie: ", StringComparison.OrdinalIgnoreCase))
        .SelectMany(static line => line["Set-Cookie: ".Length..].Split(", ").Select(static cookie => cookie.Split(';')[0].Trim()))
        .First(cookie => names.Any(name => cookie.Contains("wix" + name, StringComparison.Ordinal)));

    // An installation's state is in the address of the page, a login's in what was asked of Wix.
    private static string State(AppsSite site, Answer begun)
    {
        var page = new Uri(begun.Header("Location")!);
        if (QueryHelpers.ParseQuery(page.Query).TryGetValue("state", out var state))
            return state.ToString();
        var asked = site.Wix.CallsTo("POST /_api/redirects-api/v1/redirect-session")[^1];
        return JsonDocument.Parse(asked.Body).RootElement.GetProperty("auth").GetProperty("authRequest")
            .GetProperty("state").GetString()!;
    }
}
