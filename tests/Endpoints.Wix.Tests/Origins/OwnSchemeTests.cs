using System.Security.Claims;
using System.Text.Encodings.Web;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Tests.Origins;

/// <summary>Credentials of the application's own schemes, in every shape that programs send: Wix is not shown one of them.</summary>
public sealed class OwnSchemeTests
{
    private const string Secret = "own-secret-0123456789";

    public static TheoryData<string, string, int> Shapes => new()
    {
        // Header and value, the status of a POST. A GET is always admitted.
        { "Authorization", $"Bearer {Secret}", 200 },
        { "Authorization", $"bearer {Secret}", 200 },
        { "Authorization", $"ApiKey {Secret}", 200 },
        { "Authorization", $"Token {Secret}", 200 },
        { "Authorization", $"HMAC-SHA256 Credential={Secret}", 200 },
        { "Authorization", Secret, 200 },
        { "X-Api-Key", Secret, 403 },
        { "Ocp-Apim-Subscription-Key", Secret, 403 },
        { "?key", Secret, 403 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task F13_Whatever_scheme_owns_it_the_policy_decides_and_Wix_sees_nothing(string header, string value, int change)
    {
        foreach (var way in (string[])["scheme", "policy scheme", "two schemes", "default"])
        {
            await using var site = await StartAsync(header, way);
            var (path, headers) = header[0] == '?'
                ? ($"/?{header[1..]}={value}", ((string, string)[])[]) : ("/", [(header, value)]);

            Assert.Equal((way, 200), (way, (int)(await site.SendAsync("GET", path, headers: headers)).Status));
            var posted = await site.SendAsync("POST", path, headers: headers);
            Assert.Equal((way, change), (way, (int)posted.Status));
            if (change == 403)
                Assert.Equal("cross-site-session", posted.Problem);
            Assert.Empty(site.Wix.CallsTo(WixSite.TokenInfo));
            var other = await site.SendAsync("GET", path.Replace(Secret, "another", StringComparison.Ordinal),
                headers: [.. headers.Select(static one => (one.Item1, one.Item2.Replace(Secret, "another", StringComparison.Ordinal)))]);
            Assert.NotEqual(200, (int)other.Status);
        }
    }

    [Fact]
    public async Task F13_A_bearer_token_of_the_frameworks_own_is_the_applications()
    {
        await using var site = await WixSite.StartAsync(
            static app =>
            {
                app.UseAuthentication();
                app.MapGet("/sign-in", static () => TypedResults.SignIn(
                    new(new ClaimsIdentity([new Claim("cron", "yes")], BearerTokenDefaults.AuthenticationScheme)), null,
                    BearerTokenDefaults.AuthenticationScheme));
                app.MapMethods("/", ["GET", "POST"],
                    static (HttpContext context) => context.User.HasClaim("cron", "yes") ? "cron" : "visitor")
                    .Elevate(Callers.Visitor, static options => options.Policy = "Cron");
                app.MapMethods("/open", ["GET", "POST"], static () => "in").Elevate(Callers.Visitor);
            },
            build: static builder =>
            {
                builder.Services.AddAuthentication(BearerTokenDefaults.AuthenticationScheme).AddBearerToken();
                builder.Services.AddAuthorizationBuilder().AddPolicy("Cron", static policy => policy
                    .AddAuthenticationSchemes(BearerTokenDefaults.AuthenticationScheme).RequireClaim("cron"));
            });
        var token = "Bearer " + (await site.GetAsync("/sign-in")).Json.GetProperty("accessToken").GetString();

        foreach (var method in (string[])["GET", "POST"])
        {
            Assert.Equal("cron", (await site.SendAsync(method, "/", token)).Body);
            Assert.Equal("in", (await site.SendAsync(method, "/open", token)).Body);
        }

        Assert.Empty(site.Wix.CallsTo(WixSite.TokenInfo));
    }

    private static Task<WixSite> StartAsync(string header, string way) => WixSite.StartAsync(
        app =>
        {
            if (way == "default")
                app.UseAuthentication();
            app.MapMethods("/", ["GET", "POST"], static () => "in").Elevate(Callers.Visitor, static options => options.Policy = "Own");
        },
        build: builder =>
        {
            var authentication = way == "default" ? builder.Services.AddAuthentication("Own") : builder.Services.AddAuthentication();
            authentication.AddScheme<OwnOptions, OwnHandler>("Own", options => options.Header = header)
                .AddScheme<OwnOptions, OwnHandler>("Other", static options => options.Header = "X-Nobody");
            if (way == "policy scheme")
                authentication.AddPolicyScheme("Either", null, static options => options.ForwardDefaultSelector = static _ => "Own");
            builder.Services.AddAuthorizationBuilder().AddPolicy("Own", policy => policy.RequireClaim("own").AddAuthenticationSchemes(
                way == "policy scheme" ? ["Either"] : way == "two schemes" ? ["Other", "Own"] : ["Own"]));
        });

    internal sealed class OwnOptions : AuthenticationSchemeOptions
    {
        public string Header { get; set; } = "";
    }

    internal sealed class OwnHandler(IOptionsMonitor<OwnOptions> options, ILoggerFactory logger,
        UrlEncoder encoder) : AuthenticationHandler<OwnOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var value = Options.Header is ['?', .. var key] ? Request.Query[key].ToString() : Request.Headers[Options.Header].ToString();
            return Task.FromResult(value.EndsWith(Secret, StringComparison.Ordinal)
                ? AuthenticateResult.Success(
                    new(new ClaimsPrincipal(new ClaimsIdentity([new Claim("own", "yes")], Scheme.Name)), Scheme.Name))
                : AuthenticateResult.NoResult());
        }
    }
}
