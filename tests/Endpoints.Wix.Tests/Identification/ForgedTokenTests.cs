using System.Net;
using System.Security.Cryptography;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.AspNetCore.Authorization;

namespace Endpoints.Wix.Tests.Identification;

/// <summary>No token is read here: Wix says whose it is, and nobody else does.</summary>
public sealed class ForgedTokenTests
{
    private static readonly string[] Prefixes = ["OauthNG.JWS.", "JWS.", ""];

    [Theory]
    [InlineData(UnusableTokenInfo.Refused)]
    [InlineData(UnusableTokenInfo.Inactive)]
    public async Task S05_A_forged_token_in_the_header_is_401_whatever_it_says_and_however_it_is_signed(UnusableTokenInfo unusable)
    {
        await using var site = await StartAsync(emulate: options => options.UnusableTokenInfo = unusable);

        foreach (var (attack, token) in Forged(site))
        {
            foreach (var path in new[] { "/elevated", "/anybody", "/authorized" })
            {
                foreach (var header in new[] { token, "Bearer " + token })
                    Assert.True((await site.GetAsync(path, header)).Status == HttpStatusCode.Unauthorized, $"{attack} on {path}");
            }
        }

        NothingWasBelieved(site);
    }

    [Theory]
    [InlineData("member")]
    [InlineData("visitor")]
    public async Task S05_A_forged_token_in_the_session_cookie_makes_nobody_anything(string role)
    {
        await using var site = await StartAsync();

        foreach (var (attack, token) in Forged(site))
        {
            foreach (var refresh in new[] { token, "" })
            {
                var cookie = SessionCookie.Of(site.Wix.App.ClientId, token, site.Clock.GetUtcNow().AddHours(1), refresh, role);
                Assert.True((await site.GetAsync("/elevated", cookie: cookie)).Status == HttpStatusCode.Unauthorized, attack);
                Assert.True((await site.GetAsync("/authorized", cookie: cookie)).Status == HttpStatusCode.Unauthorized, attack);
                var who = await site.GetAsync("/who", cookie: cookie);
                Assert.True(who.Body == "Visitor ", $"{attack}: {who.Status} {who.Body}");
            }
        }

        NothingWasBelieved(site);
    }

    [Fact]
    public async Task S05_Nor_is_any_believed_while_Wix_can_not_be_asked()
    {
        await using var site = await StartAsync();
        site.Wix.On(WixSite.TokenInfo).Fail(500);

        foreach (var (attack, token) in Forged(site))
            Assert.True((await site.GetAsync("/elevated", token)).Status == HttpStatusCode.ServiceUnavailable, attack);

        Assert.Equal(0, site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    private static IEnumerable<(string Attack, string Token)> Forged(WixSite site) =>
        from forged in ForgedTokens.For(site.Wix.App, site.Wix.IssueToken(EmulatedIdentity.Visitor()), site.Clock.GetUtcNow()).ToList()
        from prefix in Prefixes
        select ($"{prefix} {forged.Attack}", prefix + forged.Token);

    private static Task<WixSite> StartAsync(Action<WixEmulatorOptions>? emulate = null) => WixSite.StartAsync(
        app =>
        {
            app.MapGet("/elevated", async (ElevatedWixClient wix) => await wix.SiteProperties.GetSitePropertiesAsync())
                .Elevate(Callers.Member | Callers.User | Callers.App);
            app.MapGet("/anybody", async (ElevatedWixClient wix) => await wix.SiteProperties.GetSitePropertiesAsync())
                .Elevate(Callers.Visitor | Callers.Member | Callers.User | Callers.App);
            app.MapGet("/authorized", [Authorize] () => "in");
            app.MapGet("/who", (Caller caller) => $"{caller.Kind} {caller.Id}");
        },
        // The app's public key is configured, for webhooks. It makes no token good.
        options => options.PublicKey = Key.ExportSubjectPublicKeyInfoPem(),
        emulate: options =>
        {
            options.PrivateKey = Key.ExportPkcs8PrivateKeyPem();
            emulate?.Invoke(options);
        });

    private static RSA Key { get; } = RSA.Create(2048);

    private static void NothingWasBelieved(WixSite site)
    {
        Assert.Equal(0, site.Wix.CountOf(WixSite.GetSiteProperties));
        Assert.DoesNotContain(site.Wix.Calls, static call => call.Route is not (WixSite.TokenInfo or WixSite.Tokens));
        Assert.DoesNotContain(site.Wix.CallsTo(WixSite.Tokens),
            static call => call.Body.Contains("client_credentials", StringComparison.Ordinal));
        // Neither the tokens nor what is written in them.
        foreach (var (_, token) in Forged(site))
        {
            foreach (var part in token.Split('.').Where(static part => part.Length > 40))
                Assert.DoesNotContain(site.Logs.Lines, line => line.Contains(part, StringComparison.Ordinal));
        }

        Assert.DoesNotContain(site.Logs.Lines, static line => line.Contains("canary", StringComparison.Ordinal));
    }
}
