using System.Buffers.Text;
using System.Net;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Tests.Identification;

/// <summary>Credentials that an application's own schemes, or others, have issued are never sent to Wix.</summary>
public sealed class ForeignCredentialsTests(SharedSites sites) : IClassFixture<SharedSites>
{
    private const string Secret = "app-secret-0123456789";

    private static readonly string Jwt =
        $"{Part("""{"alg":"RS256","typ":"JWT"}""")}.{Part("""{"iss":"https://login.example","sub":"ada"}""")}.c2lnbmF0dXJl";
    private static readonly string WixJwt = $"{Part("""{"alg":"RS256"}""")}.{Part("""{"iss":"wix.com","sub":"ada"}""")}.c2lnbmF0dXJl";

    public static TheoryData<string, string> SchemesAndHeaders
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var scheme in new[] { "bearer", "default bearer", "bearer token", "jwt bearer", "key", "policy scheme", "forwarding",
                "identity", "request handler", "default request handler", "own cookies", "own cookie manager", "own login" })
            {
                foreach (var header in new[]
                {
                    "Bearer " + Secret, "bearer " + Secret, "BEARER   " + Secret, Secret, "Bearer "
                        + Jwt, Jwt, "Bearer CfDJ8opaque_reference-token", "Bearer IST.eyJraWQiOiJ4In0.e30.c2ln", "Bearer ghp_0123456789",
                    "Token " + Secret, "ApiKey " + Secret, "DPoP " + Jwt, "Basic dXNlcjpwYXNz", "Digest username=\"u\"", "Negotiate YIIB",
                    "AWS4-HMAC-SHA256 Credential=x/y, Signature=" + Secret,
                    "Bearer oauthng.jws." + Secret, "Bearer JWS." + Secret, "Bearer x OauthNG.JWS." + Secret, "Bearer "
                        + new string('j', 9000), "Bearer a,b",
                })
                {
                    rows.Add(scheme, header);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(SchemesAndHeaders))]
    public async Task S72_With_a_scheme_that_may_own_it_only_what_looks_like_a_token_of_Wix_is_shown_to_Wix(string scheme, string header)
    {
        var site = await sites.OfAsync(scheme, () => StartAsync(scheme));
        site.BeginRow();

        foreach (var path in Paths)
        {
            Assert.NotEqual(HttpStatusCode.InternalServerError, (await site.GetAsync(path, header)).Status);
            await site.SendAsync("POST", path, header, headers: ("Sec-Fetch-Site", "same-origin"));
        }

        Assert.Empty(site.Wix.CallsTo(WixSite.TokenInfo));
        var credential = header[(header.IndexOf(' ', StringComparison.Ordinal) + 1)..].Trim();
        if (credential.Length > 8)
        {
            Assert.All(site.Wix.Calls,
                call => Assert.DoesNotContain(credential, call.Body + call.RawTarget + string.Concat(call.Headers.Values),
                    StringComparison.Ordinal));
            Assert.DoesNotContain(site.Logs.Lines, line => line.Contains(credential, StringComparison.Ordinal));
        }

        // Wix's own still are.
        Assert.Equal("Member m1", (await site.GetAsync("/who", "Bearer " + site.Wix.IssueToken(EmulatedIdentity.Member("m1")))).Body);
        Assert.Equal("Member m2", (await site.GetAsync("/elevated", site.Wix.IssueToken(EmulatedIdentity.Member("m2")))).Body);
        Assert.All(site.Wix.CallsTo(WixSite.TokenInfo),
            static call => Assert.Contains("OauthNG.JWS.", call.Body, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("bearer")]
    [InlineData("default bearer")]
    [InlineData("policy scheme")]
    [InlineData("forwarding")]
    public async Task S72_An_endpoint_for_visitors_with_another_scheme_works_with_that_schemes_token(string scheme)
    {
        await using var site = await StartAsync(scheme);

        var answer = await site.SendAsync("POST", "/both", "Bearer " + Secret);

        Assert.Equal((HttpStatusCode.OK, "Visitor  application"), (answer.Status, answer.Body));
        Assert.Equal(HttpStatusCode.Unauthorized, (await site.SendAsync("POST", "/both", "Bearer wrong")).Status);
        Assert.Empty(site.Wix.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task S72_Without_another_scheme_the_applications_own_secrets_and_others_JWTs_stay_here(bool isBearer)
    {
        await using var site = await StartAsync("none");
        var word = isBearer ? "Bearer " : "";

        foreach (var header in new[] { site.Wix.App.ClientSecret, site.Wix.ApiKey.Value, Jwt })
        {
            foreach (var path in Paths)
                Assert.Equal(HttpStatusCode.Unauthorized, (await site.GetAsync(path, word + header)).Status);
        }

        Assert.Empty(site.Wix.Calls);
        Assert.Equal(HttpStatusCode.Unauthorized, (await site.GetAsync("/who", word + "another-shape")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await site.GetAsync("/who", word + WixJwt)).Status);
        Assert.Equal(2, site.Wix.CountOf(WixSite.TokenInfo));
    }

    [Fact]
    public async Task S72_What_middleware_has_taken_for_somebodys_is_the_applications()
    {
        await using var site = await StartAsync("middleware");

        Assert.Equal("Visitor ", (await site.GetAsync("/who", "Bearer " + Secret)).Body);
        Assert.Equal("Visitor ", (await site.GetAsync("/who", Secret)).Body);
        Assert.Empty(site.Wix.Calls);
    }

    [Fact]
    public async Task S72_Only_the_prefixes_that_are_set_are_shown_whatever_schemes_there_are()
    {
        foreach (var scheme in new[] { "none", "bearer" })
        {
            await using var site = await StartAsync(scheme, static options => options.TokenInfo.Prefixes.Add("NewShape."));

            foreach (var header in new[] { "other", "Bearer other", site.Wix.IssueToken(EmulatedIdentity.Member()), "newshape.x" })
                await site.GetAsync("/who", header);
            Assert.Empty(site.Wix.Calls);
            Assert.Equal(HttpStatusCode.Unauthorized, (await site.GetAsync("/who", "NewShape.x")).Status);
            Assert.Equal(1, site.Wix.CountOf(WixSite.TokenInfo));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("two words")]
    [InlineData("a,bc")]
    public async Task S72_A_prefix_that_is_none_stops_the_start(string prefix)
    {
        var mend = await Assert.ThrowsAsync<OptionsValidationException>(
            () => WixSite.StartAsync(configure: options => options.TokenInfo.Prefixes.Add(prefix)));

        Assert.Contains("Wix:TokenInfo:Prefixes", mend.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cookies")]
    [InlineData("logins")]
    public async Task S72_Cookies_and_other_sites_logins_take_no_token_from_anybody(string scheme)
    {
        await using var site = await StartAsync(scheme);

        Assert.Equal(HttpStatusCode.Unauthorized, (await site.GetAsync("/who", "Bearer another-shape")).Status);

        Assert.Equal(1, site.Wix.CountOf(WixSite.TokenInfo));
    }

    private static readonly string[] Paths = ["/who", "/elevated", "/wix", "/client", "/both", "/file"];

    private static Task<WixSite> StartAsync(string scheme, Action<WixOptions>? configure = null) => WixSite.StartAsync(
        app =>
        {
            if (scheme == "middleware")
            {
                app.Use((context, next) =>
                {
                    if (context.Request.Headers.Authorization.ToString().EndsWith(Secret, StringComparison.Ordinal))
                        context.User = new(new ClaimsIdentity([new(ClaimTypes.Name, "application")], "Middleware"));
                    return next();
                });
            }

            app.UseAuthentication();
            app.UseAuthorization();
            app.Map("/who", (Caller caller) => $"{caller.Kind} {caller.Id}");
            app.Map("/elevated", (Caller caller) => $"{caller.Kind} {caller.Id}").Elevate(Callers.Visitor | Callers.Member);
            app.Map("/wix", () => "in")
                .RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = WixDefaults.AuthenticationScheme });
            app.Map("/client", async (WixClient wix) => (int)(await wix.FetchWithAuthAsync(HttpMethod.Get, "/nothing")).Status);
            var both = app.Map("/both", (Caller caller, HttpContext context) =>
                $"{caller.Kind} {caller.Id} {context.User.Identities.FirstOrDefault(static identity => identity.Name == "application")?.Name}").Elevate(Callers.Visitor | Callers.Member);
            if (scheme is "bearer" or "default bearer" or "policy scheme" or "forwarding")
                both.RequireAuthorization(
                    new AuthorizeAttribute { AuthenticationSchemes = scheme is "policy scheme" or "forwarding" ? "Chooser" : "Own" });
            app.MapFileRoutes([new FileRoute("pages/file.cs", "/file", typeof(WhoFile), [new("ALL", nameof(WhoFile.All))])]);
        },
        configure,
        builder =>
        {
            builder.Services.AddFileRoutes();
            builder.Services.AddAuthorization();
            var authentication = scheme == "default bearer"
                ? builder.Services.AddAuthentication("Own") : builder.Services.AddAuthentication();
            if (scheme is "bearer" or "default bearer" or "policy scheme" or "forwarding")
                authentication.AddScheme<AuthenticationSchemeOptions, OwnBearer>("Own", null);
            if (scheme is "bearer token")
                authentication.AddBearerToken();
            if (scheme is "jwt bearer")
                authentication.AddJwtBearer();
            if (scheme is "key")
                authentication.AddScheme<AuthenticationSchemeOptions, OwnBearer>("Key", null);
            if (scheme is "policy scheme")
                authentication.AddPolicyScheme("Chooser", null, static options => options.ForwardDefault = "Own");
            if (scheme is "forwarding")
                authentication.AddPolicyScheme("Chooser", null, static options => options.ForwardDefaultSelector = static _ => "Own");
            if (scheme is "identity")
                authentication.AddCookie().AddBearerToken("Identity.Bearer");
            // As an OpenID server's validation of tokens does it: it answers requests of its own besides.
            if (scheme is "request handler" or "default request handler")
                authentication.AddScheme<AuthenticationSchemeOptions, OwnRequestHandler>("Requests", null);
            if (scheme is "default request handler")
                builder.Services.Configure<AuthenticationOptions>(static options => options.DefaultScheme = "Requests");
            if (scheme is "own cookies")
                authentication.AddScheme<CookieAuthenticationOptions, OwnCookies>(
                    "Cookies", static options => options.LoginPath = "/login");
            if (scheme is "own cookie manager")
                authentication.AddCookie(static options => options.CookieManager = new HeaderCookies());
            if (scheme is "own login")
                authentication.AddOAuth<OAuthOptions, OwnLogin>("Login", SetLogin);
            if (scheme is "cookies")
                authentication.AddCookie().AddCookie("More");
            if (scheme is "logins")
                authentication.AddCookie().AddOAuth("Login", SetLogin).AddOAuth<OAuthOptions, NamedLogin>("Named", SetLogin);
        });

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    public static class WhoFile
    {
        [Elevate(Callers.Visitor | Callers.Member)]
        public static string All(Caller caller) => $"{caller.Kind} {caller.Id}";
    }

    private sealed class OwnBearer(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
            Task.FromResult(Request.Headers.Authorization == "Bearer " + Secret
            ? AuthenticateResult.Success(new(new(new ClaimsIdentity([new(ClaimTypes.Name, "application")], "Own")), Scheme.Name))
            : AuthenticateResult.NoResult());
    }

    private static void SetLogin(OAuthOptions options)
    {
        (options.ClientId, options.ClientSecret, options.CallbackPath, options.SignInScheme) = ("c", "s", "/signed-in", "Cookies");
        (options.AuthorizationEndpoint, options.TokenEndpoint) = ("https://login.example/a", "https://login.example/t");
    }

    private sealed class OwnRequestHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder), IAuthenticationRequestHandler
    {
        public Task<bool> HandleRequestAsync() => Task.FromResult(false);

        // A token that it doesn't know, or that has expired.
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.NoResult());
    }

    private sealed class OwnCookies(IOptionsMonitor<CookieAuthenticationOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
        : CookieAuthenticationHandler(options, loggers, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
            Request.Headers.Authorization.Count > 0 ? Task.FromResult(AuthenticateResult.NoResult()) : base.HandleAuthenticateAsync();
    }

    /// <summary>Takes the ticket from the header, as for clients that keep no cookies.</summary>
    private sealed class HeaderCookies : ICookieManager
    {
        public string? GetRequestCookie(HttpContext context, string key) => context.Request.Headers.Authorization;

        public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options)
        {
        }

        public void DeleteCookie(HttpContext context, string key, CookieOptions options)
        {
        }
    }

    private sealed class OwnLogin(IOptionsMonitor<OAuthOptions> options, ILoggerFactory loggers,
        UrlEncoder encoder) : OAuthHandler<OAuthOptions>(options, loggers, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
            Request.Headers.Authorization.Count > 0 ? Task.FromResult(AuthenticateResult.NoResult()) : base.HandleAuthenticateAsync();
    }

    private sealed class NamedLogin(IOptionsMonitor<OAuthOptions> options, ILoggerFactory loggers,
        UrlEncoder encoder) : OAuthHandler<OAuthOptions>(options, loggers, encoder)
    {
        protected override string FormatScope() => "all";
    }
}
