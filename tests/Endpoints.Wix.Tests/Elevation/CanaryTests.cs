using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Elevation;

public sealed class CanaryTests
{
    private const string Canary = "CANARY";

    [Fact]
    public async Task S40_S42_No_secret_token_or_word_of_Wixs_is_ever_logged_answered_or_thrown()
    {
        var exceptions = new List<string>();
        await using var site = await WixSite.StartAsync(
            app =>
            {
                app.UseExceptionHandler(handler => handler.Run(static context =>
                {
                    context.Response.StatusCode = 500;
                    return Task.CompletedTask;
                }));
                app.MapMethods("/elevated", ["GET", "POST"],
                    async (ElevatedWixClient wix) => await wix.SiteProperties.GetSitePropertiesAsync())
                    .Elevate(Callers.Visitor | Callers.Member | Callers.User | Callers.App, options => options.RateLimit = "1000/1m");
                app.MapGet("/narrow", async (ElevatedWixClient wix) => await wix.SiteProperties.GetSitePropertiesAsync())
                    .Elevate(Callers.Visitor, options => options.Only = ["GET /nothing"]);
                app.MapGet("/admin", async (AdminWixClient wix) => await wix.SiteProperties.GetSitePropertiesAsync())
                    .Elevate(Callers.Visitor | Callers.Member, options => options.RateLimit = "1000/1m");
                app.MapGet("/plain", async (WixClient wix) => await wix.SiteProperties.GetSitePropertiesAsync());
                app.MapGet("/caught", async (WixClient wix) =>
                {
                    try
                    {
                        await wix.SiteProperties.GetSitePropertiesAsync();
                    }
                    catch (Exception e)
                    {
                        lock (exceptions)
                            exceptions.Add(e.ToString());
                        throw;
                    }
                });
                app.MapGet("/members", (Caller caller) => caller.Id).Elevate(Callers.Member);
                app.MapGet("/authorized", () => "").RequireAuthorization();
            },
            options => options.Resilience.TokenTimeout = options.Resilience.RequestTimeout = TimeSpan.FromMilliseconds(300),
            builder => builder.Services.ConfigureHttpClientDefaults(http => http.RedactLoggedHeaders(static _ => false)),
            options => options.ClientSecret = Canary + "-client-secret-0123456789");
        var answers = new List<Answer>();
        var secrets = new List<string> { site.Wix.App.ClientSecret, site.Wix.ApiKey.Value, Canary };
        var good = Remember(site.Wix.IssueToken(EmulatedIdentity.Member()));
        var expired = Remember(site.Wix.IssueToken(EmulatedIdentity.User(), options => options.Expired()));
        var session = site.Wix.IssueSession(EmulatedIdentity.Member());
        Remember(session.AccessToken);
        Remember(session.RefreshToken);
        var cookie = SessionCookie.Of(site.Wix.App.ClientId, session);
        var oldCookie = SessionCookie.Of(site.Wix.App.ClientId, session.AccessToken, site.Clock.GetUtcNow().AddHours(-1),
            session.RefreshToken, "member");
        var deadCookie = SessionCookie.Of(site.Wix.App.ClientId, Canary + "access", site.Clock.GetUtcNow().AddHours(1), Canary + "refresh",
            "member");
        string[] paths = ["/elevated", "/admin", "/narrow", "/plain", "/caught", "/members", "/authorized"];

        await EverybodyAsync();
        foreach (var route in new[] { WixSite.TokenInfo, WixSite.Tokens, WixSite.GetSiteProperties })
        {
            var words = $$$"""{"message":"{{{Canary}}} {{{good}}}","details":{"applicationError":{"code":"{{{Canary}}} x","description":"{{{Canary}}}","data":{"t":"{{{good}}}"}},"validationError":{"fieldViolations":[{"field":"{{{Canary}}}","description":"{{{Canary}}}"}]}},"error":"invalid_grant","error_description":"{{{Canary}}}"}""";
            foreach (var status in new[] { 200, 302, 400, 401, 403, 404, 409, 429, 500 })
            {
                site.Wix.On(route).Answer(status, words);
                await EverybodyAsync();
                site.Wix.ClearFaults();
            }

            site.Wix.On(route).Answer(200, Canary);
            await EverybodyAsync();
            site.Wix.ClearFaults();
            site.Wix.On(route).Drop();
            await EverybodyAsync();
            site.Wix.ClearFaults();
            site.Wix.On(route).Hang(afterHeaders: true);
            await EverybodyAsync();
            site.Wix.ClearFaults();
        }

        secrets.AddRange(site.Wix.CallsTo(WixSite.GetSiteProperties).Select(static call => call.Header("Authorization")).OfType<string>());
        Assert.True(answers.Count > 500);
        Assert.NotEmpty(exceptions);
        Assert.True(site.Logs.Lines.Count() > 1000);
        foreach (var secret in secrets.Distinct())
        {
            Assert.DoesNotContain(
                answers, answer => answer.Body.Contains(secret, StringComparison.Ordinal)
                    || BesidesTheSession(answer).Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(exceptions, text => text.Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(site.Logs.Lines, line => line.Contains(secret, StringComparison.Ordinal));
        }

        // A renewed session goes back to the browser whose it is, in Wix's own format here.
        static string BesidesTheSession(Answer answer) =>
            string.Join('\n',
                answer.Headers.Split('\n').Where(static line => !line.StartsWith("Set-Cookie: wixSession=", StringComparison.Ordinal)));

        string Remember(string secret)
        {
            secrets.Add(secret);
            return secret;
        }

        async Task EverybodyAsync()
        {
            site.Clock.Advance(TimeSpan.FromSeconds(61));
            foreach (var path in paths)
            {
                answers.Add(await site.GetAsync(path));
                answers.Add(await site.GetAsync(path, good));
                answers.Add(await site.GetAsync(path, expired));
                answers.Add(await site.GetAsync(path, Canary + Guid.NewGuid()));
                answers.Add(await site.GetAsync(path, Canary + ", " + good));
                answers.Add(await site.GetAsync(path, "Bearer " + new string('x', 9000) + Canary));
                answers.Add(await site.GetAsync(path, cookie: cookie));
                answers.Add(await site.GetAsync(path, cookie: oldCookie));
                answers.Add(await site.GetAsync(path, cookie: deadCookie));
                answers.Add(await site.GetAsync(path, cookie: "wixSession=" + Canary));
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\nInjected: yes")]
    [InlineData("\u001b[31m")]
    public async Task S41_Ids_with_control_characters_are_nobodys(string tail)
    {
        await using var site = await WixSite.StartAsync(app => app.MapGet("/", (Caller caller) => caller.Id).Elevate(Callers.Member));
        var info = System.Text.Json.JsonSerializer.Serialize(new
        {
            active = true, subjectType = "MEMBER", subjectId = "m1" + tail, exp = 99999999999, clientId = site.Wix.App.ClientId,
        });
        site.Wix.On(WixSite.TokenInfo).Answer(200, info);

        var answer = await site.GetAsync("/", "token");

        Assert.Equal(tail.Length == 0 ? 200 : 401, (int)answer.Status);
        Assert.DoesNotContain(site.Logs.Of("TokenInspector"), line => tail.Length > 0 && line.Contains(tail, StringComparison.Ordinal));
    }
}
