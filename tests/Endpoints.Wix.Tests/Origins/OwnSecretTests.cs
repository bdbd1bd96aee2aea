using System.Security.Claims;
using System.Text.Encodings.Web;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Tests.Origins;

/// <summary>A program that an application's own scheme knows: nothing of it goes to Wix, and what a refusal says is so.</summary>
public sealed class OwnSecretTests
{
    private const string Secret = "cron-secret-0123456789";

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task F13_The_applications_own_bearer_secret_is_not_shown_to_Wix_and_is_enough_for_its_policy(string method)
    {
        await using var site = await StartAsync("Authorization");

        var answer = await site.SendAsync(method, "/", "Bearer " + Secret);

        Assert.Equal(200, (int)answer.Status);
        Assert.Empty(site.Wix.CallsTo(WixSite.TokenInfo));
    }

    [Fact]
    public async Task F13_A_refusal_says_nothing_that_is_not_so_and_each_of_its_ways_works()
    {
        await using var site = await StartAsync("X-Cron-Secret");

        var refused = await site.SendAsync("POST", "/", headers: [("X-Cron-Secret", Secret)]);
        Assert.Equal((403, "cross-site-session"), ((int)refused.Status, refused.Problem));
        Assert.DoesNotContain("session cookie", refused.Body, StringComparison.Ordinal);
        foreach (var way in (string[])["from a page of this site", "an access token in the Authorization header",
            "this site's address as Origin"])
            Assert.Contains(way, refused.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);

        var page = await site.SendAsync("POST", "/", headers: [("X-Cron-Secret", Secret), ("Sec-Fetch-Site", "same-origin")]);
        var token = await site.SendAsync("POST", "/", site.Wix.IssueToken(EmulatedIdentity.Visitor()),
            headers: [("X-Cron-Secret", Secret)]);
        var program = await site.SendAsync("POST", "/", headers: [("X-Cron-Secret", Secret), ("Origin", "http://localhost")]);
        Assert.Equal((200, 200, 200), ((int)page.Status, (int)token.Status, (int)program.Status));
        Assert.Equal(200, (int)(await site.SendAsync("GET", "/", headers: [("X-Cron-Secret", Secret)])).Status);
    }

    private static Task<WixSite> StartAsync(string header) => WixSite.StartAsync(
        static app => app.MapMethods("/", ["GET", "POST"], static () => "in")
            .Elevate(Callers.Visitor, static options => options.Policy = "Cron"),
        build: builder =>
        {
            builder.Services.AddAuthentication("Own").AddScheme<CronOptions, CronHandler>("Own", options => options.Header = header);
            builder.Services.AddAuthorizationBuilder()
                .AddPolicy("Cron", static policy => policy.AddAuthenticationSchemes("Own").RequireClaim("cron"));
        });

    internal sealed class CronOptions : AuthenticationSchemeOptions
    {
        public string Header { get; set; } = "";
    }

    internal sealed class CronHandler(IOptionsMonitor<CronOptions> options, ILoggerFactory logger,
        UrlEncoder encoder) : AuthenticationHandler<CronOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
            Request.Headers[Options.Header].ToString().EndsWith(Secret, StringComparison.Ordinal)
                ? AuthenticateResult.Success(
                    new(new ClaimsPrincipal(new ClaimsIdentity([new Claim("cron", "yes")], Scheme.Name)), Scheme.Name))
                : AuthenticateResult.NoResult());
    }
}
