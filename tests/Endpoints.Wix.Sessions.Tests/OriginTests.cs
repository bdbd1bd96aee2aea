using System.Net;
using System.Text.Json;
using Endpoints.Wix.Sessions.Tests.Hosting;
using Microsoft.AspNetCore.HostFiltering;

namespace Endpoints.Wix.Sessions.Tests;

/// <summary>S34: under which address Wix sends browsers back.</summary>
public sealed class OriginTests
{
    private const string RedirectSession = "POST /_api/redirects-api/v1/redirect-session";

    private static readonly (string Name, string Value)[] Poison =
    [
        ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "http"), ("X-Forwarded-For", "198.51.100.1"),
        ("X-Forwarded-Prefix", "/evil"),
        ("Forwarded", "host=evil.example;proto=http"), ("X-Original-Host", "evil.example"), ("X-Host", "evil.example"),
        ("Referer", "http://evil.example/page"), ("Origin", "https://evil.example"), ("X-Original-URL", "/evil"),
        ("X-Rewrite-URL", "/evil"),
    ];

    public static TheoryData<string> Hosts =>
        ["evil.example", "shop.example", "shop.example:8443", "shop.example@evil.example", "127.0.0.1", "[::1]"];

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task S34_The_callback_is_on_the_configured_origin_whatever_the_request_says(string host)
    {
        await using var site = await SessionSite.StartAsync();

        var (status, redirectUri) = await LoginAsync(site, "http", host, Poison);

        Assert.Contains(status, new[] { HttpStatusCode.Redirect, HttpStatusCode.BadRequest });
        if (status == HttpStatusCode.Redirect)
            Assert.Equal("https://shop.example/api/auth/callback", redirectUri);
    }

    [Fact]
    public async Task S34_The_logout_callback_is_on_the_configured_origin_too()
    {
        await using var site = await SessionSite.StartAsync();
        using var browser = site.NewBrowser();
        await browser.LogInAsync();

        await browser.PostAsync("/api/auth/logout",
            [.. Poison.Where(static header => header.Name != "Origin"), ("Sec-Fetch-Site", "same-origin"), ("Host", "evil.example")]);

        var body = JsonDocument.Parse(site.Wix.CallsTo(RedirectSession)[^1].Body).RootElement;
        Assert.StartsWith("https://shop.example/api/auth/logout-callback?",
            body.GetProperty("callbacks").GetProperty("postFlowUrl").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task S34_Without_a_configured_origin_or_hosts_nobody_logs_in_outside_Development()
    {
        await using var site = await SessionSite.StartAsync(options => options.PublicOrigin = null);
        using var browser = site.NewBrowser();

        var login = await browser.GetAsync("/api/auth/login");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, login.Status);
        Assert.Equal("login-not-configured", login.Problem);
        Assert.Empty(site.Wix.Calls);
        Assert.Contains(site.Logs.Lines,
            static line => line.StartsWith("Warning", StringComparison.Ordinal)
                && line.Contains("Wix:PublicOrigin", StringComparison.Ordinal));
        Assert.Contains(site.Logs.Lines,
            static line => line.StartsWith("Error", StringComparison.Ordinal)
                && line.Contains("Wix:PublicOrigin", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("shop.example", "shop.example", true)]
    [InlineData("shop.example", "SHOP.example:8443", true)]
    [InlineData("shop.example", "evil.example", false)]
    [InlineData("*.shop.example", "www.shop.example", true)]
    [InlineData("*.shop.example", "shop.example.evil.example", false)]
    [InlineData("*", "evil.example", false)]
    public async Task S34_A_host_that_host_filtering_names_is_believed_and_no_other(string allowed, string host, bool believed)
    {
        await using var site = await SessionSite.StartAsync(
            options => options.PublicOrigin = null,
            build: builder => builder.Services.Configure<HostFilteringOptions>(options => options.AllowedHosts = [allowed]));
        site.Wix.App.AllowRedirectUri(new($"https://{host}/api/auth/callback"));

        var (status, redirectUri) = await LoginAsync(site, "https", host, Poison);

        if (believed)
        {
            Assert.Equal(HttpStatusCode.Redirect, status);
            Assert.Equal($"https://{host}/api/auth/callback", redirectUri);
        }
        else
        {
            // 400 where host filtering itself has seen it.
            Assert.Contains(status, new[] { HttpStatusCode.BadRequest, HttpStatusCode.ServiceUnavailable });
            Assert.Empty(site.Wix.Calls);
        }
    }

    [Theory]
    [InlineData("shop.example", HttpStatusCode.Redirect)]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    public async Task S34_A_host_that_takes_the_place_of_a_named_one_is_not_believed(string host, HttpStatusCode answered)
    {
        await using var site = await SessionSite.StartAsync(
            options => options.PublicOrigin = null,
            build: builder => builder.Services.Configure<HostFilteringOptions>(static options => options.AllowedHosts = ["shop.example"]),
            map: app => app.Use((context, next) =>
            {
                context.Request.Host = new(host); // such as what a proxy says, after hosts were filtered
                return next();
            }));
        site.Wix.App.AllowRedirectUri(new($"https://{host}/api/auth/callback"));

        Assert.Equal(answered, (await LoginAsync(site, "https", "shop.example", Poison)).Status);
    }

    [Fact]
    public async Task In_Development_the_requests_own_host_is_enough_but_no_header_besides()
    {
        await using var site = await SessionSite.StartAsync(options => options.PublicOrigin = null, environment: "Development");
        site.Wix.App.AllowRedirectUri(new("http://localhost:5000/api/auth/callback"));

        var (status, redirectUri) = await LoginAsync(site, "http", "localhost:5000", Poison);

        Assert.Equal(HttpStatusCode.Redirect, status);
        Assert.Equal("http://localhost:5000/api/auth/callback", redirectUri);
    }

    [Fact]
    public async Task The_callback_is_the_mapped_path_however_the_request_spells_it_and_below_the_applications_base()
    {
        await using var site = await SessionSite.StartAsync(map: static app =>
        {
            app.UsePathBase("/shop");
            app.UseRouting();
            app.MapGroup("/members").MapWixAuth("/session");
        });
        site.Wix.App.AllowRedirectUri(new("https://shop.example/shop/members/session/callback"));
        using var browser = site.NewBrowser();

        var login = await browser.GetAsync("/shop/MEMBERS/%73ession/Login?returnUrl=/shop/a");

        Assert.Equal(HttpStatusCode.Redirect, login.Status);
        Assert.Equal("https://shop.example/shop/members/session/callback", RedirectUri(site));
        var callback = await browser.LogInAtWixAsync(new(login.Location!));
        Assert.Equal("/shop/a", (await browser.GetAsync(callback.AbsoluteUri, crossSite: true)).Location);
        Assert.Equal("/shop/", (await browser.GetAsync("/shop/members/session/logout-callback")).Location);
    }

    [Theory]
    [InlineData("/{tenant}/auth")]
    [InlineData("/auth?x")]
    public void A_prefix_with_parameters_is_refused(string prefix)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddWix(static options => options.ClientId = "client");
        var app = builder.Build();

        var mend = Assert.Throws<ArgumentException>(() => app.MapWixAuth(prefix));

        Assert.Contains(prefix, mend.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_AddWix_the_message_says_so()
    {
        var app = WebApplication.CreateSlimBuilder().Build();

        Assert.Contains("AddWix", Assert.Throws<InvalidOperationException>(() => app.MapWixAuth()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_conventions_reach_all_four()
    {
        await using var site =
            await SessionSite.StartAsync(
                map: static app => app.MapWixAuth("/other").Add(static endpoint => endpoint.Metadata.Add("marked")));

        var marked = site.Services.GetRequiredService<Microsoft.AspNetCore.Routing.EndpointDataSource>()
            .Endpoints.Count(static endpoint => endpoint.Metadata.Contains("marked"));

        Assert.Equal(4, marked);
    }

    [Fact]
    public async Task A_plain_http_origin_is_refused_outside_Development()
    {
        var mend = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(
            () => SessionSite.StartAsync(options => options.PublicOrigin = new("http://shop.example")));

        Assert.Contains("PublicOrigin", mend.Message, StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, string? RedirectUri)> LoginAsync(SessionSite site, string scheme, string host,
        (string Name, string Value)[] headers)
    {
        var context = await site.Server.SendAsync(context =>
        {
            context.Request.Method = "GET";
            context.Request.Scheme = scheme;
            context.Request.Path = "/api/auth/login";
            foreach (var (name, value) in headers)
                context.Request.Headers[name] = value;
            context.Request.Headers.Host = host;
        });
        return ((HttpStatusCode)context.Response.StatusCode, RedirectUri(site));
    }

    private static string? RedirectUri(SessionSite site) => site.Wix.CallsTo(RedirectSession) is [.., var last]
        ? JsonDocument.Parse(last.Body).RootElement.GetProperty("auth").GetProperty("authRequest").GetProperty("redirectUri").GetString()
        : null;
}
