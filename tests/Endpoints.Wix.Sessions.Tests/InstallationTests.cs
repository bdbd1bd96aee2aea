using System.Net;
using System.Text.RegularExpressions;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Sessions.Tests.Hosting;
using Microsoft.AspNetCore.WebUtilities;

namespace Endpoints.Wix.Sessions.Tests;

/// <summary>
/// Installing the app on a site: from this site to Wix's page and back, with the state that the JavaScript stack lets go missing.
/// </summary>
public sealed partial class InstallationTests
{
    private const string Callback = "https://shop.example/api/install/callback";
    private const string Access = "POST /oauth/access";

    [Fact]
    public async Task The_browser_goes_to_Wixs_page_and_back_and_the_application_hears_of_the_instance_that_Wix_confirms()
    {
        await using var site = await StartAsync();
        var bakery = site.Wix.AddSite("Hill Bakery");
        using var browser = site.NewBrowser();

        var begun = await browser.GetAsync("/api/install?returnToUrl=/welcome");
        var callback = await InstallAtWixAsync(browser, new(begun.Location!), bakery);
        var answer = await browser.GetAsync(callback.AbsoluteUri, crossSite: true);

        Assert.Equal((HttpStatusCode.Redirect, "/welcome", "no-store"), (answer.Status, answer.Location, answer.CacheControl));
        Assert.Equal([$"{site.Wix.App.InstanceIdOn(bakery)} {bakery.Id} Hill Bakery"], Installed(site));
        // removed, and no session comes of it
        Assert.StartsWith("__Host-wixInstall-", Assert.Single(answer.SetCookies), StringComparison.Ordinal);
        Assert.Equal(Callers.Visitor, (await browser.WhoAsync()).Kind);
        var exchange = Assert.Single(site.Wix.CallsTo(Access));
        Assert.Null(exchange.Header("Authorization"));
        Assert.Contains("\"grant_type\":\"authorization_code\"", exchange.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("?token=JWS.abc%2Bdef", "&token=JWS.abc%2Bdef")]
    public async Task The_installers_address_has_Wixs_parameters_in_Wixs_order(string query, string token)
    {
        await using var site = await StartAsync();
        using var browser = site.NewBrowser();

        var begun = await browser.GetAsync("/api/install" + query);

        Assert.Equal((HttpStatusCode.Redirect, "no-store"), (begun.Status, begun.CacheControl));
        var state = QueryHelpers.ParseQuery(new Uri(begun.Location!).Query)["state"].ToString();
        Assert.Equal(43, state.Length);
        Assert.Equal(
            new Uri(site.Wix.Address,
                $"/installer/install?redirectUrl={Uri.EscapeDataString(Callback)}&appId={site.Wix.App.ClientId}&state={state}{token}").AbsoluteUri, begun.Location);
        var cookie = Assert.Single(begun.SetCookies);
        Assert.Equal("__Host-wixInstall-" + LoginCookies.Name(state)["__Host-wixLogin-".Length..],
            cookie[..cookie.IndexOf('=', StringComparison.Ordinal)]);
        Assert.EndsWith("; max-age=600; path=/; secure; samesite=lax; httponly", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain(state, cookie, StringComparison.Ordinal);
        Assert.Empty(site.Wix.Calls);
    }

    [Fact]
    public async Task Without_an_emulator_the_page_is_Wixs_own()
    {
        await using var site = await StartAsync(static options => options.ApiBaseAddress = new("https://www.wixapis.com"));
        using var browser = site.NewBrowser();

        Assert.StartsWith("https://www.wix.com/installer/install?redirectUrl=https%3A%2F%2Fshop.example%2Fapi%2Finstall%2Fcallback&appId=",
            (await browser.GetAsync("/api/install")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task S31_An_answer_without_its_state_or_with_another_is_refused_and_installs_nothing()
    {
        await using var site = await StartAsync();
        using var browser = site.NewBrowser();
        var callback = await InstallAtWixAsync(browser, await BeginAsync(browser));
        var query = QueryHelpers.ParseQuery(callback.Query);
        var (code, state, instance) = (query["code"].ToString(), query["state"].ToString(), query["instanceId"].ToString());
        var other = state.Replace(state[5], state[5] == 'A' ? 'B' : 'A');

        string[] wrong =
        [
            "", $"?code={code}&instanceId={instance}", $"?code={code}&instanceId={instance}&state=",
            $"?code={code}&instanceId={instance}&state={other}",
            $"?code={code}&instanceId={instance}&state={state}&state={state}", $"?code={code}&instanceId={instance}&state={state}x",
            $"?code={code}&instanceId={instance}&state={state[..42]}",
            $"?code={code}&instanceId={instance}&state={new string('s', 10_000)}", "?error=x", $"?error=x&state={other}",
        ];
        foreach (var each in wrong)
        {
            var answer = await browser.GetAsync("/api/install/callback" + each, crossSite: true);
            Assert.Equal((HttpStatusCode.BadRequest, "installation-state-not-accepted", "no-store"),
                (answer.Status, answer.Problem, answer.CacheControl));
            Assert.Empty(answer.SetCookies);
        }

        Assert.Empty(Installed(site));
        Assert.Equal(0, site.Wix.CountOf(Access));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync(callback.AbsoluteUri, crossSite: true)).Status);
        Assert.Single(Installed(site));
    }

    [Fact]
    public async Task S31_An_answer_in_a_browser_that_did_not_ask_is_refused()
    {
        await using var site = await StartAsync();
        using var attacker = site.NewBrowser();
        using var victim = site.NewBrowser();
        var callback = await InstallAtWixAsync(attacker, await BeginAsync(attacker));

        await BeginAsync(victim); // nor does an installation of its own help
        Assert.Equal("installation-state-not-accepted", (await victim.GetAsync(callback.AbsoluteUri, crossSite: true)).Problem);

        Assert.Empty(Installed(site));
        Assert.Equal(0, site.Wix.CountOf(Access));
    }

    [Fact]
    public async Task S31_A_state_of_a_login_is_none_of_an_installation_and_the_other_way_round()
    {
        await using var site = await StartAsync();
        using var browser = site.NewBrowser();
        var login = QueryHelpers.ParseQuery((await browser.LogInAtWixAsync(await browser.BeginLoginAsync())).Query);
        var installed = QueryHelpers.ParseQuery((await InstallAtWixAsync(browser, await BeginAsync(browser))).Query);
        Move(browser, "__Host-wixLogin-", "__Host-wixInstall-");
        Move(browser, "__Host-wixInstall-", "__Host-wixLogin-");

        var asInstallation =
            await browser.GetAsync($"/api/install/callback?code={login["code"]}&instanceId={site.Wix.InstanceId}&state={login["state"]}",
                crossSite: true);
        var asLogin = await browser.GetAsync($"/api/auth/callback?code={installed["code"]}&state={installed["state"]}", crossSite: true);

        Assert.Equal("installation-state-not-accepted", asInstallation.Problem);
        Assert.Equal("login-state-not-accepted", asLogin.Problem);

        void Move(Browser of, string from, string to)
        {
            foreach (var name in of.Jar.Names.Where(name => name.StartsWith(from, StringComparison.Ordinal)).ToList())
                of.Jar.Plant(site.Origin, to + name[from.Length..], of.Jar[name]!);
        }
    }

    [Fact]
    public async Task S31_An_answer_is_good_once_also_for_copies_of_the_cookie_at_the_same_moment()
    {
        await using var site = await StartAsync();
        using var browser = site.NewBrowser();
        var callback = await InstallAtWixAsync(browser, await BeginAsync(browser));
        var copies = Enumerable.Range(0, 20).Select(_ => browser.Copy()).ToList();

        var answers = await Task.WhenAll(copies.Select(copy => copy.GetAsync(callback.AbsoluteUri, crossSite: true)));
        var again = await browser.GetAsync(callback.AbsoluteUri, crossSite: true);

        Assert.Single(answers, static answer => answer.Status == HttpStatusCode.Redirect);
        Assert.Equal("installation-state-not-accepted", again.Problem);
        Assert.Equal(1, site.Wix.CountOf(Access));
        Assert.Single(Installed(site));
        copies.ForEach(static copy => copy.Dispose());
    }

    [Theory]
    [InlineData(599, true)]
    [InlineData(601, false)]
    public async Task S31_An_installation_may_take_ten_minutes(int seconds, bool good)
    {
        await using var site = await StartAsync();
        using var browser = site.NewBrowser();
        var state = QueryHelpers.ParseQuery((await BeginAsync(browser)).Query)["state"];
        var name = browser.Jar.Names.Single();
        var cookie = browser.Jar[name]!;
        site.Clock.Advance(TimeSpan.FromSeconds(seconds));
        browser.Jar.Plant(site.Origin, name, cookie); // a browser that keeps cookies for ever

        var answer = await browser.GetAsync($"/api/install/callback?error=access_denied&state={state}", crossSite: true);

        Assert.Equal(good ? HttpStatusCode.Redirect : HttpStatusCode.BadRequest, answer.Status);
        Assert.Empty(Installed(site));
    }

    [Fact]
    public async Task S06_The_instance_in_the_address_is_never_believed()
    {
        await using var site = await StartAsync();
        var victim = site.Wix.AddSite("Victim");
        var own = site.Wix.AddSite("Attacker");
        var victims = site.Wix.App.InstallOn(victim);

        foreach (var named in new[] { victims, Guid.NewGuid().ToString(), "", "a%00b", $"{victims}&instanceId={victims}" })
        {
            using var attacker = site.NewBrowser();
            var back = QueryHelpers.ParseQuery((await InstallAtWixAsync(attacker, await BeginAsync(attacker), own)).Query);
            var answer = await attacker.GetAsync($"/api/install/callback?code={back["code"]}&state={back["state"]}&instanceId={named}",
                crossSite: true);
            Assert.Equal((HttpStatusCode.BadRequest, "installation-refused"), (answer.Status, answer.Problem));
        }

        // And without a code there is no installation, whatever instance there is.
        foreach (var code in new[] { "", "&code=", "&code=wrong", "&code=a&code=b", "&code=" + new string('c', 5000) })
        {
            using var attacker = site.NewBrowser();
            var state = QueryHelpers.ParseQuery((await BeginAsync(attacker)).Query)["state"];
            var answer = await attacker.GetAsync($"/api/install/callback?state={state}&instanceId={victims}{code}", crossSite: true);
            Assert.Equal((HttpStatusCode.BadRequest, "installation-refused"), (answer.Status, answer.Problem));
        }

        Assert.Empty(Installed(site));
    }

    [Fact]
    public async Task S06_A_code_whose_token_is_not_this_apps_instance_installs_nothing()
    {
        await using var site = await StartAsync();
        var other = site.Wix.AddApp("Other app", site.Wix.Site);
        string[] tokens =
        [
            site.Wix.IssueToken(EmulatedIdentity.App(), options => options.For(other, site.Wix.Site)),
            site.Wix.IssueToken(EmulatedIdentity.Member()),
            site.Wix.IssueToken(EmulatedIdentity.App(), static options => options.InstanceId = null),
            site.Wix.IssueToken(EmulatedIdentity.App(), static options => options.Expired()), "made-up",
        ];
        foreach (var token in tokens)
        {
            using var browser = site.NewBrowser();
            var callback = await InstallAtWixAsync(browser, await BeginAsync(browser));
            using (site.Wix.On(Access).Answer(200, $$"""{"access_token":"{{token}}"}"""))
                Assert.Equal("installation-refused", (await browser.GetAsync(callback.AbsoluteUri, crossSite: true)).Problem);
        }

        Assert.Empty(Installed(site));
    }

    [Theory]
    [InlineData(500, "")]
    [InlineData(200, "{}")]
    [InlineData(200, "not json")]
    [InlineData(200, """{"access_token":"two words"}""")]
    [InlineData(302, "")]
    public async Task A_Wix_that_gives_no_usable_answer_is_a_503(int status, string body)
    {
        await using var site = await StartAsync();
        using var browser = site.NewBrowser();
        var callback = await InstallAtWixAsync(browser, await BeginAsync(browser));
        site.Wix.On(Access).Answer(status, body);

        Assert.Equal("wix-unavailable", (await browser.GetAsync(callback.AbsoluteUri, crossSite: true)).Problem);
        Assert.Empty(Installed(site));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/%2f/evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/a&returnUrl=/b")]
    public async Task S30_No_address_of_another_site_is_returned_to(string address)
    {
        await using var site = await StartAsync();
        using var browser = site.NewBrowser();

        var answer =
            await browser.GetAsync(
                "/api/install?returnToUrl=" + (address.Contains('&', StringComparison.Ordinal) ? address : Uri.EscapeDataString(address)));

        Assert.Equal((HttpStatusCode.BadRequest, "return-address-not-allowed"), (answer.Status, answer.Problem));
        Assert.Empty(answer.SetCookies);
    }

    [Theory]
    [InlineData("token=")]
    [InlineData("token=a%20b")]
    [InlineData("token=a&token=b")]
    [InlineData("token=a%0d%0ab")]
    public async Task A_token_that_is_none_is_a_400(string query)
    {
        await using var site = await StartAsync();
        using var browser = site.NewBrowser();

        Assert.Equal("installation-parameter-not-allowed", (await browser.GetAsync("/api/install?" + query)).Problem);
    }

    [Fact]
    public async Task S34_The_callback_is_on_the_configured_origin_whatever_the_request_says()
    {
        await using var site = await StartAsync();
        using var browser = site.NewBrowser();

        var answer = await browser.GetAsync(
            "/api/install",
            headers: [("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "http"), ("Referer", "http://evil.example/"),
                ("Host", "evil.example")]);

        Assert.Equal(Callback, QueryHelpers.ParseQuery(new Uri(answer.Location!).Query)["redirectUrl"].ToString());
    }

    [Fact]
    public async Task A_site_whose_address_is_not_known_begins_no_installation()
    {
        await using var site = await StartAsync(static options => options.PublicOrigin = null);
        using var browser = site.NewBrowser();

        Assert.Equal("installation-not-configured", (await browser.GetAsync("/api/install")).Problem);
    }

    [Theory]
    [InlineData("POST", "/api/install")]
    [InlineData("PUT", "/api/install/callback")]
    public async Task Other_methods_are_405(string method, string path)
    {
        await using var site = await StartAsync();
        using var browser = site.NewBrowser();

        var answer = await browser.SendAsync(method, path, false, null);

        Assert.Equal((HttpStatusCode.MethodNotAllowed, "GET"), (answer.Status, answer.Allow));
    }

    [Fact]
    public async Task S08_What_a_handler_may_do_on_the_site_ends_with_the_handlers()
    {
        await using var site = await StartAsync();
        using var browser = site.NewBrowser();
        await browser.GetAsync((await InstallAtWixAsync(browser, await BeginAsync(browser))).AbsoluteUri, crossSite: true);

        var kept = site.Services.GetRequiredService<Heard>().Kept;

        await Assert.ThrowsAsync<ObjectDisposedException>(() => kept!.SiteProperties.GetSitePropertiesAsync());
        Assert.Contains(site.Logs.Lines,
            line => line.Contains("Elevated call: GET callback (Wix installation) for App", StringComparison.Ordinal));
    }

    [Fact]
    public async Task S66_What_a_handler_may_do_on_the_site_ends_with_the_token_that_named_the_instance()
    {
        await using var site = await StartAsync();
        site.Services.GetRequiredService<Heard>().Meanwhile = () => site.Clock.Advance(TimeSpan.FromHours(5));
        using var browser = site.NewBrowser();
        var callback = await InstallAtWixAsync(browser, await BeginAsync(browser));

        var answer = await browser.GetAsync(callback.AbsoluteUri, crossSite: true);

        Assert.Equal((HttpStatusCode.Unauthorized, "wix-unauthorized"), (answer.Status, answer.Problem));
        Assert.Equal(0, site.Wix.CountOf("GET /site-properties/v4/properties"));
    }

    [Fact]
    public async Task A_handler_that_fails_ends_the_request_and_the_next_installation_is_heard_of()
    {
        await using var site = await StartAsync();
        site.Services.GetRequiredService<Heard>().Fails = true;
        using var browser = site.NewBrowser();
        var callback = await InstallAtWixAsync(browser, await BeginAsync(browser));
        // what the application's own handling of exceptions gets
        await Assert.ThrowsAsync<InvalidOperationException>(() => browser.GetAsync(callback.AbsoluteUri, crossSite: true));

        site.Services.GetRequiredService<Heard>().Fails = false;
        Assert.Equal(HttpStatusCode.Redirect,
            (await browser.GetAsync((await InstallAtWixAsync(browser, await BeginAsync(browser))).AbsoluteUri, crossSite: true)).Status);
        Assert.Single(Installed(site));
    }

    [Fact]
    public async Task S17_An_address_that_begins_without_end_is_answered_429_and_others_are_not()
    {
        await using var site = await StartAsync(static options => options.LoginsPerMinute = 5);
        using var robot = site.NewBrowser();
        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.Redirect, (await robot.GetAsync("/api/install")).Status);

        Assert.Equal("rate-limited", (await robot.GetAsync("/api/install")).Problem);
        Assert.Equal(HttpStatusCode.Redirect, (await robot.GetAsync("/api/install", headers: ("X-Test-Client", "198.51.100.1"))).Status);
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Redirect, (await robot.GetAsync("/api/install")).Status);
    }

    [Fact]
    public async Task S02_Whatever_is_in_the_address_the_answer_is_a_redirect_or_a_refusal()
    {
        await using var site = await StartAsync(static options => options.LoginsPerMinute = 1000);
        using var browser = site.NewBrowser();
        var random = new Random(31);
        string[] names = ["state", "code", "instanceId", "error", "token", "returnToUrl", "returnUrl"];
        for (var i = 0; i < 300; i++)
        {
            var query = string.Join('&', Enumerable.Range(0, random.Next(6)).Select(_ => $"{names[random.Next(names.Length)]}={Text()}"));
            foreach (var path in (string[])["/api/install", "/api/install/callback", "/api/auth/login", "/api/auth/callback",
                "/api/auth/logout-callback"])
            {
                var answer = await browser.GetAsync($"{path}?{query}");
                Assert.True(answer.Status is HttpStatusCode.Redirect or HttpStatusCode.BadRequest,
                    $"{(int)answer.Status} for {path}?{query}");
                Assert.Equal("no-store", answer.CacheControl);
            }
        }

        Assert.Empty(Installed(site));

        // Escapes of any byte, halves of escapes, and what has a meaning somewhere.
        string Text() => string.Concat(Enumerable.Range(0, random.Next(1, 50)).Select(_ => random.Next(4) switch
        {
            0 => $"%{random.Next(256):x2}",
            1 => ((string[])["%", "+", "/", "//", "\\", ".", ":", "@", "'", "\"", "<", ";", ",", "="])[random.Next(14)],
            _ => ((char)random.Next('a', 'z' + 1)).ToString(),
        }));
    }

    private static List<string> Installed(SessionSite site) => site.Services.GetRequiredService<Heard>().Installations;

    private static async Task<Uri> BeginAsync(Browser browser) => new((await browser.GetAsync("/api/install")).Location!);

    /// <summary>Agrees to the installation at Wix's page and stops before the callback.</summary>
    private static async Task<Uri> InstallAtWixAsync(Browser browser, Uri page, EmulatedSite? on = null)
    {
        var asked = await browser.GetAsync(page.AbsoluteUri, crossSite: true);
        Assert.Equal(HttpStatusCode.OK, asked.Status);
        using var form =
            new FormUrlEncodedContent(
                [new("request", RequestField().Match(asked.Body).Groups[1].Value), new("site", (on ?? browser.Site.Wix.Site).Id)]);
        var agreed = await browser.SendAsync("POST", new Uri(page, "/installer/install").AbsoluteUri, false, form,
            ("Sec-Fetch-Site", "same-origin"));
        Assert.Equal(HttpStatusCode.Redirect, agreed.Status);
        return new(agreed.Location!);
    }

    private static async Task<SessionSite> StartAsync(Action<WixOptions>? configure = null)
    {
        var site = await SessionSite.StartAsync(
            configure,
            build: static builder =>
            {
                builder.Services.AddSingleton<Heard>();
                builder.Services.AddScoped<IWixInstallationHandler, Handler>();
            },
            map: static app => app.MapWixInstallation());
        site.Wix.App.AllowRedirectUri(new(Callback));
        return site;
    }

    [GeneratedRegex("name=\"request\" value=\"([^\"]+)\"")]
    private static partial Regex RequestField();

    private sealed class Heard
    {
        public List<string> Installations { get; } = [];

        public ElevatedWixClient? Kept { get; set; }

        public bool Fails { get; set; }

        public Action? Meanwhile { get; set; }
    }

    private sealed class Handler(Heard heard) : IWixInstallationHandler
    {
        public async Task OnInstalledAsync(WixInstallation installation, CancellationToken cancellationToken)
        {
            if (heard.Fails)
                throw new InvalidOperationException("The database is full.");
            heard.Kept = installation.Wix;
            heard.Meanwhile?.Invoke();
            var properties = await installation.Wix.SiteProperties.GetSitePropertiesAsync(cancellationToken: cancellationToken);
            heard.Installations.Add($"{installation.InstanceId} {installation.SiteId} {properties.Properties.SiteDisplayName}");
        }
    }
}
