using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Encodings.Web;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Tests.Origins;

/// <summary>Whoever a browser says by itself that somebody is, a change is asked of the site's own pages.</summary>
public sealed class AmbientIdentityTests
{
    private const string Own = "http://localhost";
    private const string Further = "https://www.shop.example";
    private const string Friend = "https://friend.example";
    private const string Evil = "https://evil.example";

    // What the browser says, and how the three kinds of proof are answered: ambient, both or nothing, a token alone.
    private static readonly (string? Site, string? Origin, bool Ambient, bool Other)[] Senders =
    [
        (null, null, false, true),
        ("none", null, false, true),
        ("same-origin", null, true, true),
        ("same-origin", Own, true, true),
        (null, Own, true, true),
        (null, Further, true, true),
        ("same-site", Further, true, true),
        ("cross-site", Further, true, true),
        ("same-site", null, false, false),
        ("cross-site", null, false, false),
        ("same-site", "http://sub.localhost", false, false),
        ("cross-site", Evil, false, false),
        (null, Evil, false, false),
        (null, "null", false, false),
        ("cross-site", "null", false, false),
        ("none", Evil, false, false),
        ("cross-site", Own, false, false),
        ("same-origin, cross-site", null, false, false),
        ("SAME-ORIGIN", null, false, false),
        (null, Own + ", " + Evil, false, false),
    ];

    public static TheoryData<string> Ambient => new(
        "wix cookie", "wix cookie and bearer", "required scheme", "policy's scheme", "default scheme", "authorize attribute", "middleware",
        "own type", "basic", "digest", "negotiate", "certificate");

    [Theory]
    [MemberData(nameof(Ambient))]
    public async Task S67_An_identity_that_a_browser_sends_by_itself_changes_things_from_the_sites_own_pages_only(string identity)
    {
        await using var site = await StartAsync(identity);

        foreach (var sender in Senders)
            await AnswersAsync(site, identity, sender.Site, sender.Origin, sender.Ambient);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("cookies of nobody")]
    [InlineData("fallback policy")] // is not asked where [Elevate] decides, so its cookie is nobody's
    [InlineData("token and cookie")]
    [InlineData("token and middleware")]
    public async Task S67_Nobody_and_a_token_beside_another_identity_are_refused_to_other_sites_pages(string identity)
    {
        await using var site = await StartAsync(identity);

        foreach (var sender in Senders)
            await AnswersAsync(site, identity, sender.Site, sender.Origin, sender.Other);
    }

    [Theory]
    [InlineData("token")]
    [InlineData("bearer token")]
    [InlineData("token and wix cookie")]
    [InlineData("application's token")]
    public async Task S67_A_token_that_no_browser_sends_by_itself_comes_from_no_page(string identity)
    {
        await using var site = await StartAsync(identity);

        foreach (var sender in Senders)
            await AnswersAsync(site, identity, sender.Site, sender.Origin, passes: true);
    }

    [Theory]
    [InlineData("none", Friend, true)]
    [InlineData("token and cookie", Friend, true)]
    [InlineData("wix cookie", Friend, false)]
    [InlineData("required scheme", Friend, false)]
    [InlineData("none", Evil, false)]
    [InlineData("token and cookie", Evil, false)]
    public async Task S67_Where_nothing_ambient_decides_the_endpoints_cors_policy_may_let_a_page_in(string identity, string origin,
        bool passes)
    {
        await using var site = await StartAsync(identity, cors: true);

        await AnswersAsync(site, identity, "cross-site", origin, passes);
    }

    [Fact]
    public async Task S67_Who_may_not_call_anyway_is_told_that()
    {
        await using var site = await WixSite.StartAsync(static app => app.MapPost("/", () => "in").Elevate(Callers.Member));

        Assert.Equal("not-authenticated", (await site.SendAsync("POST", "/", headers: ("Origin", Evil))).Problem);
    }

    private static async Task AnswersAsync(WixSite site, string identity, string? fetchSite, string? origin, bool passes)
    {
        var (token, cookie) = Credentials(site, identity);
        List<(string, string)> headers = [];
        if (fetchSite is not null)
            headers.Add(("Sec-Fetch-Site", fetchSite));
        if (origin is not null)
            headers.Add(("Origin", origin));

        foreach (var method in new[] { "POST", "PUT", "PATCH", "DELETE", "get" })
        {
            var answer = await site.SendAsync(method, "/", token, cookie, headers: [.. headers]);
            Assert.True(
                (passes ? HttpStatusCode.OK : HttpStatusCode.Forbidden) == answer.Status,
                $"{identity}: {method}, Sec-Fetch-Site {fetchSite ?? "none"}, Origin {origin ?? "none"}: {answer.Status} {answer.Body}");
            if (!passes)
                Assert.Equal("cross-site-session", answer.Problem);
        }

        List<(string, string)> upgrade = [.. headers, ("Connection", "Upgrade"), ("Upgrade", "websocket")];
        Assert.Equal(passes ? HttpStatusCode.OK : HttpStatusCode.Forbidden, (await site.GetAsync("/", token, cookie, [.. upgrade])).Status);
        foreach (var method in new[] { "GET", "HEAD", "OPTIONS" })
            Assert.Equal(HttpStatusCode.OK, (await site.SendAsync(method, "/", token, cookie, headers: [.. headers])).Status);
    }

    private static (string? Token, string? Cookie) Credentials(WixSite site, string identity)
    {
        var session = Hosting.SessionCookie.Of(site.Wix.App.ClientId, site.Wix.IssueSession(EmulatedIdentity.Member("alice")));
        var token = site.Wix.IssueToken(EmulatedIdentity.Visitor("v"));
        return identity switch
        {
            "wix cookie" => (null, session),
            "wix cookie and bearer" => ("Basic dTpw", session),
            "required scheme" or "policy's scheme" or "default scheme" or "fallback policy" or "authorize attribute" => (null, "staff=1"),
            "middleware" or "own type" or "certificate" or "none" => (null, null),
            "basic" => ("Basic dTpw", null),
            "digest" => ("Digest username=\"u\"", null),
            "negotiate" => ("Negotiate YIIB", null),
            "cookies of nobody" => (null, "theme=dark; wixSession=x"),
            "token" => (token, null),
            "bearer token" => ("Bearer " + token, null),
            "token and wix cookie" => (token, session),
            "token and cookie" => (token, "staff=1"),
            "token and middleware" => (token, null),
            _ => ("Bearer application", null),
        };
    }

    private static Task<WixSite> StartAsync(string identity, bool cors = false) => WixSite.StartAsync(
        app =>
        {
            app.Use((context, next) =>
            {
                if (identity is "middleware" or "token and middleware")
                    context.User = new(new ClaimsIdentity([new(ClaimTypes.Name, "somebody")], "Anything"));
                if (identity is "own type")
                    context.User = new(new ClaimsIdentity([new(ClaimTypes.Name, "somebody")], WixDefaults.AuthenticationScheme));
                if (identity is "certificate")
                    context.Connection.ClientCertificate = Certificate;
                return next();
            });
            if (identity is not ("middleware" or "token and middleware" or "own type"))
                app.UseAuthentication();
            app.UseAuthorization();
            var methods = app.Map("/", () => "in")
                .Elevate(Callers.Visitor | Callers.Member, options => options.Policy = identity == "policy's scheme" ? "Staff" : null);
            if (identity is "required scheme" or "basic" or "application's token" or "token and cookie")
                methods.RequireAuthorization(
                    identity is "required scheme" or "token and cookie" ? "Staff" : identity == "basic" ? "Password" : "Bearer");
            if (identity is "authorize attribute")
                methods.RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = "StaffCookie" });
            if (cors)
                methods.RequireCors(static policy => policy.WithOrigins(Friend).AllowAnyHeader().AllowAnyMethod().AllowCredentials());
            if (cors)
                app.UseCors();
        },
        static options => options.OwnOrigins.Add(new(Further)),
        builder =>
        {
            builder.Services.AddCors();
            var authentication = builder.Services.AddAuthentication(identity == "default scheme" ? "StaffCookie" : "Nothing")
                .AddScheme<AuthenticationSchemeOptions, Nothing>("Nothing", null)
                .AddScheme<AuthenticationSchemeOptions, Staff>("StaffCookie", null)
                .AddScheme<AuthenticationSchemeOptions, Password>("PasswordScheme", null)
                .AddScheme<AuthenticationSchemeOptions, Application>("BearerScheme", null);
            var authorization = builder.Services.AddAuthorizationBuilder()
                .AddPolicy("Staff", static policy => policy.AddAuthenticationSchemes("StaffCookie").RequireAuthenticatedUser())
                .AddPolicy("Password", static policy => policy.AddAuthenticationSchemes("PasswordScheme").RequireAuthenticatedUser())
                .AddPolicy("Bearer", static policy => policy.AddAuthenticationSchemes("BearerScheme").RequireAuthenticatedUser());
            if (identity == "fallback policy")
                authorization.SetFallbackPolicy(new AuthorizationPolicyBuilder("StaffCookie").RequireAuthenticatedUser().Build());
        });

    private static X509Certificate2 Certificate { get; } = MakeCertificate();

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create();
        return new CertificateRequest("CN=client", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch,
            DateTimeOffset.UnixEpoch.AddYears(200));
    }

    private abstract class Handler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
    {
        protected abstract bool IsSomebody { get; }

        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(IsSomebody
            ? AuthenticateResult.Success(new(new(new ClaimsIdentity([new(ClaimTypes.Name, "staff")], "Application")), Scheme.Name))
            : AuthenticateResult.NoResult());
    }

    private sealed class Nothing(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers,
        UrlEncoder encoder) : Handler(options, loggers, encoder)
    {
        protected override bool IsSomebody => false;
    }

    private sealed class Staff(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers,
        UrlEncoder encoder) : Handler(options, loggers, encoder)
    {
        protected override bool IsSomebody => Request.Cookies.ContainsKey("staff");
    }

    private sealed class Password(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers,
        UrlEncoder encoder) : Handler(options, loggers, encoder)
    {
        protected override bool IsSomebody => Request.Headers.Authorization.ToString().StartsWith("Basic ", StringComparison.Ordinal);
    }

    private sealed class Application(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers,
        UrlEncoder encoder) : Handler(options, loggers, encoder)
    {
        protected override bool IsSomebody => Request.Headers.Authorization == "Bearer application";
    }
}
