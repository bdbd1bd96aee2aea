using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Tests.Origins;

/// <summary>A policy whose own scheme goes by a cookie of the application.</summary>
public sealed class OtherSchemeTests
{
    private const string Cookie = "staff=1";

    [Theory]
    [InlineData("cross-site", "https://evil.example", false)]
    [InlineData("same-site", null, false)]
    [InlineData(null, null, false)]
    [InlineData("same-origin", null, true)]
    [InlineData(null, "http://localhost", true)]
    public async Task S28_A_policy_by_another_schemes_cookie_is_met_from_the_sites_own_pages_only(string? fetchSite, string? origin,
        bool passes)
    {
        await using var site = await StartAsync("Staff");
        List<(string, string)> headers = [];
        if (fetchSite is not null)
            headers.Add(("Sec-Fetch-Site", fetchSite));
        if (origin is not null)
            headers.Add(("Origin", origin));

        var answer = await site.SendAsync("POST", "/", cookie: Cookie, headers: [.. headers]);

        Assert.Equal(passes ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.Status);
        if (!passes)
            Assert.Equal("cross-site-session", answer.Problem);
        Assert.Equal(HttpStatusCode.OK, (await site.SendAsync("GET", "/", cookie: Cookie, headers: [.. headers])).Status);
    }

    [Fact]
    public async Task A_caller_with_a_token_of_its_own_comes_from_no_page()
    {
        await using var site = await StartAsync("Staff");

        Assert.Equal(HttpStatusCode.OK,
            (await site.SendAsync("POST", "/", site.Wix.IssueToken(EmulatedIdentity.Visitor()), Cookie)).Status);
    }

    [Theory]
    [InlineData("WixOnly")]
    [InlineData("NoScheme")]
    public async Task A_policy_of_the_wix_caller_asks_a_visitor_without_a_session_for_no_page(string policy)
    {
        await using var site = await StartAsync(policy);

        Assert.Equal(HttpStatusCode.OK, (await site.SendAsync("POST", "/")).Status);
    }

    private static Task<WixSite> StartAsync(string policy) => WixSite.StartAsync(
        app => app.MapMethods("/", ["GET", "POST"], () => "in").Elevate(Callers.Visitor, options => options.Policy = policy),
        build: static builder =>
        {
            builder.Services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, StaffHandler>("StaffCookie", null);
            builder.Services.AddAuthorizationBuilder()
                .AddPolicy("Staff", static policy => policy.AddAuthenticationSchemes("StaffCookie").RequireAuthenticatedUser())
                .AddPolicy("WixOnly",
                    static policy => policy.AddAuthenticationSchemes(WixDefaults.AuthenticationScheme).RequireAssertion(static _ => true))
                .AddPolicy("NoScheme", static policy => policy.RequireAssertion(static _ => true));
        });

    private sealed class StaffHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Request.Cookies.ContainsKey("staff")
            ? AuthenticateResult.Success(new(new(new ClaimsIdentity([new(ClaimTypes.Name, "staff")], Scheme.Name)), Scheme.Name))
            : AuthenticateResult.NoResult());
    }
}
