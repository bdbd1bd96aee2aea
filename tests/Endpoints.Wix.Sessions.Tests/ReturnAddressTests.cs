using System.Net;
using Endpoints.Wix.Sessions.Tests.Hosting;
using FsCheck;
using FsCheck.Fluent;

namespace Endpoints.Wix.Sessions.Tests;

/// <summary>
/// S30: where a browser may be sent. Seen through the logout callback, which asks Wix nothing, and then at every other door.
/// </summary>
public sealed class ReturnAddressTests(ReturnAddressTests.OneSite one) : IClassFixture<ReturnAddressTests.OneSite>
{
    private readonly SessionSite _site = one.Site;

    public static TheoryData<string> Attacks =>
    [
        "", " ", "https://evil.example", "https:evil.example", "https:/evil.example", "http:\\\\evil.example", "javascript:alert(1)",
        "data:text/html,x", "evil.example", "evil.example/path", "//evil.example", "///evil.example", "////evil.example", "/\\evil.example",
        "\\\\evil.example", "\\/evil.example", "/\\/evil.example", "/\t/evil.example", "\t//evil.example", "/\n/evil.example",
        "/\r/evil.example", "/\r\n/evil.example",
        "/x\r\nSet-Cookie: a=b", "/x\nLocation: https://evil.example", "/x\0", "/\u0000/evil.example", "/\u007f", "/\u0085/evil.example",
        "/%2f/evil.example", "/%2F%2Fevil.example", "/%2fevil.example", "/%5cevil.example", "/%5C%5Cevil.example", "/%09/evil.example",
        "/%0d%0aevil.example",
        "/%252f/evil.example", "/%255cevil.example", "/%25252fevil.example", "/%25255c", "/.//evil.example", "/./\\evil.example",
        "/a/..//evil.example",
        "/%2e//evil.example", "/a/%2e%2e//evil.example", "/a/%2e%2e/%2fevil.example", "/..//evil.example", "/../..//evil.example",
        "//user:password@evil.example", "//evil.example@shop.example", "//shop.example@evil.example", "//bücher.example",
        "//xn--bcher-kva.example",
        "x/y", "?returnTo=/", "#", " /x", "https://shop.example/", "//shop.example/",
    ];

    public static TheoryData<string, string> Paths => new()
    {
        { "/", "/" },
        { "/account", "/account" },
        { "/account/", "/account/" },
        { "/a/b.html?x=1&y=2#part", "/a/b.html?x=1&y=2#part" },
        { "/search?q=https://other.example//x\u00e9", "/search?q=https://other.example//x%C3%A9" },
        { "/a@b", "/a@b" },
        { "/caf\u00e9/\u65e5\u672c", "/caf%C3%A9/%E6%97%A5%E6%9C%AC" },
        { "/caf%C3%A9", "/caf%C3%A9" },
        { "/\ud83d\ude00", "/%F0%9F%98%80" },
        { "/a b", "/a%20b" },
        { "/a\"<>^`{|}", "/a%22%3C%3E%5E%60%7B%7C%7D" },
        { "/100%25", "/100%25" },
        { "/a/../b", "/a/../b" },
        { "/\uff0fevil.example", "/%EF%BC%8Fevil.example" }, // a wide slash is a letter to every browser
        { "/" + new string('a', 1999), "/" + new string('a', 1999) },
    };

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task S30_No_address_of_another_site_is_returned_to(string attack)
    {
        using var browser = _site.NewBrowser();

        var answers = new[]
        {
            await browser.GetAsync("/api/auth/logout-callback?returnTo=" + Escape(attack)),
            await browser.GetAsync("/api/auth/login?returnToUrl=" + Escape(attack)),
            await browser.GetAsync("/api/auth/login?returnUrl=" + Escape(attack)),
            await browser.PostAsync("/api/auth/logout?returnToUrl=" + Escape(attack)),
            await browser.PostAsync("/api/auth/logout?returnUrl=" + Escape(attack)),
        };

        Assert.All(answers, static answer =>
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.Equal("return-address-not-allowed", answer.Problem);
            Assert.Null(answer.Location);
            Assert.Empty(answer.SetCookies);
        });
        Assert.Empty(_site.Wix.Calls);
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task S30_The_callback_looks_at_the_address_again(string attack)
    {
        using var browser = _site.NewBrowser();
        var state = LoginCookies.NewState();
        browser.Jar.Plant(_site.Origin, LoginCookies.Name(state), LoginCookies.Value(_site, state, attack));

        var answer = await browser.GetAsync("/api/auth/callback?error=access_denied&state=" + state, crossSite: true);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Null(answer.Location);
    }

    [Fact]
    public async Task The_planted_login_of_the_test_above_is_one_that_would_be_accepted()
    {
        using var browser = _site.NewBrowser();
        var state = LoginCookies.NewState();
        browser.Jar.Plant(_site.Origin, LoginCookies.Name(state), LoginCookies.Value(_site, state, "/account"));

        var answer = await browser.GetAsync("/api/auth/callback?error=access_denied&state=" + state, crossSite: true);

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.Equal("/account", answer.Location);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_path_of_the_site_is_returned_to(string path, string location)
    {
        using var browser = _site.NewBrowser();

        var answer = await browser.GetAsync("/api/auth/logout-callback?returnTo=" + Escape(path));
        var logout = await browser.PostAsync("/api/auth/logout?returnToUrl=" + Escape(path));

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.Equal(location, answer.Location);
        Assert.Equal("no-store", answer.CacheControl);
        Assert.Equal(location, logout.Location);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?other=1")]
    public async Task Without_an_address_it_is_the_start_page(string query)
    {
        using var browser = _site.NewBrowser();

        Assert.Equal("/", (await browser.GetAsync("/api/auth/logout-callback" + query)).Location);
    }

    [Theory]
    [InlineData("/api/auth/logout-callback?returnTo=/a&returnTo=/b")]
    [InlineData("/api/auth/login?returnToUrl=/a&returnToUrl=/b")]
    [InlineData("/api/auth/login?returnToUrl=/a&returnUrl=/b")]
    [InlineData("/api/auth/login?returnToUrl")]
    public async Task Two_addresses_or_an_empty_one_are_none(string address)
    {
        using var browser = _site.NewBrowser();

        Assert.Equal("return-address-not-allowed", (await browser.GetAsync(address)).Problem);
    }

    [Fact]
    public async Task An_address_too_long_for_a_cookie_is_refused()
    {
        using var browser = _site.NewBrowser();

        var answer = await browser.GetAsync("/api/auth/logout-callback?returnTo=/" + new string('a', 2000));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    [Fact]
    public void S30_Whatever_the_text_a_browser_stays_on_the_site()
    {
        using var browser = _site.NewBrowser();
        string[] pieces =
        [
            "/", "/", "/", "\\", ".", "..", "\t", "\r\n", " ", "%2f", "%5C", "%2e", "%25", "%252F", "%09", "%00", "%", "?", "#", "@", ":",
            ";", "evil.example", "https:",
            "javascript:", "a", "é", "\u3002", "\uff0f", "\0", "[", "]", "&", "=", "//", "/.", "/..",
        ];
        var texts = Gen.Elements(pieces).ListOf().Select(static parts => string.Concat(parts));
        var begun = Gen.Elements(pieces).ListOf().Select(static parts => "/" + string.Concat(parts));
        var accepted = 0;

        Prop.ForAll(Gen.OneOf(texts, begun, ArbMap.Default.GeneratorFor<string>().Select(static text => "/" + text)).ToArbitrary(), text =>
        {
            var answer = browser.GetAsync("/api/auth/logout-callback?returnTo=" + Escape(text)).GetAwaiter().GetResult();
            if (answer.Status == HttpStatusCode.BadRequest)
                return;
            Assert.Equal(HttpStatusCode.Redirect, answer.Status);
            accepted++;
            var location = answer.Location!;
            Assert.All(location, static character => Assert.InRange(character, '!', '~'));
            Assert.True(BrowserAddress.StaysOnSite(location), location);
            Assert.Equal("shop.example", new Uri(new Uri("https://shop.example/api/auth/callback"), location).Host);
            Assert.Equal(Uri.UriSchemeHttps, new Uri(new Uri("https://shop.example/api/auth/callback"), location).Scheme);

            // Whoever reads it again, after decoding or resolving its dots, is still here.
            Assert.True(BrowserAddress.StaysOnSite(Uri.UnescapeDataString(location.Split('?', '#')[0])), location);
            Assert.True(BrowserAddress.StaysOnSite(new Uri(new Uri("https://shop.example/"), location).AbsolutePath), location);

            // What was accepted is accepted again, and does not change.
            Assert.Equal(location,
                browser.GetAsync("/api/auth/logout-callback?returnTo=" + Uri.EscapeDataString(location)).GetAwaiter().GetResult().Location);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1500).WithEndSize(12));

        Assert.InRange(accepted, 100, 1500);
    }

    private static string Escape(string text) => Uri.EscapeDataString(text);

    /// <summary>One site for all: nothing here changes it.</summary>
    public sealed class OneSite : IAsyncLifetime
    {
        internal SessionSite Site { get; private set; } = null!;

        public async Task InitializeAsync() => Site = await SessionSite.StartAsync();

        public async Task DisposeAsync() => await Site.DisposeAsync();
    }
}
