using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.AspNetCore.Cors;

namespace Endpoints.Wix.Tests.Origins;

/// <summary>A widget on a merchant's own domain calls with a visitor's token.</summary>
public sealed class WidgetCorsTests
{
    private const string Merchant = "https://www.merchant.example";

    [Fact]
    public async Task B3_A_widget_on_any_domain_calls_with_a_visitors_token_and_reads_every_answer()
    {
        await using var site = await StartAsync();
        var visitor = site.Wix.IssueToken(EmulatedIdentity.Visitor());
        foreach (var method in (string[])["GET", "POST", "DELETE"])
        {
            var preflight = await site.SendAsync(
                "OPTIONS", "/offers",
                headers: [("Origin", Merchant), ("Access-Control-Request-Method", method),
                    ("Access-Control-Request-Headers", "authorization,content-type")]);
            Assert.Equal((204, "*"), ((int)preflight.Status, preflight.Header("Access-Control-Allow-Origin")));
            Assert.Contains("authorization", preflight.Header("Access-Control-Allow-Headers"), StringComparison.OrdinalIgnoreCase);

            var answer =
                await site.SendAsync(method, "/offers", visitor, headers: [("Origin", Merchant), ("Sec-Fetch-Site", "cross-site")]);
            Assert.Equal((200, "*"), ((int)answer.Status, answer.Header("Access-Control-Allow-Origin")));
        }

        var limited = await site.SendAsync("GET", "/offers", visitor, headers: [("Origin", Merchant)]);
        Assert.Equal((429, "*", "Retry-After,RateLimit,RateLimit-Policy"),
            ((int)limited.Status, limited.Header("Access-Control-Allow-Origin"), limited.Header("Access-Control-Expose-Headers")));
        Assert.NotNull(limited.Header("Retry-After"));
    }

    [Fact]
    public async Task B3_A_widgets_policy_speaks_for_no_cookie()
    {
        await using var site = await StartAsync();

        var answer = await site.SendAsync("POST", "/offers", cookie: "a=b", headers: [("Origin", Merchant)]);

        Assert.Equal(403, (int)answer.Status);
        Assert.Null(answer.Header("Access-Control-Allow-Credentials"));
    }

    private static Task<WixSite> StartAsync() => WixSite.StartAsync(
        static app =>
        {
            app.UseCors();
            app.MapFileRoutes(
                [new FileRoute("pages/offers.cs", "/offers", typeof(Offers),
                    [new("GET", "Get"), new("POST", "Post"), new("DELETE", "Delete")])]);
        },
        build: static builder =>
        {
            builder.Services.AddFileRoutes();
            builder.Services.AddWixWidgetCors();
        });

    [EnableCors(WixDefaults.WidgetCorsPolicy)]
    [Elevate(Callers.Visitor, RateLimit = "3/1m")]
    public static class Offers
    {
        public static string Get(ElevatedWixClient wix) => wix.GetType().Name;

        public static string Post(ElevatedWixClient wix) => wix.GetType().Name;

        public static string Delete(ElevatedWixClient wix) => wix.GetType().Name;
    }
}
