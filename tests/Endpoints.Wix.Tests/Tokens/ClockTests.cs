using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Tokens;

/// <summary>A server whose clock is not Wix's.</summary>
public sealed class ClockTests
{
    [Theory]
    [InlineData(-5)]
    [InlineData(5)]
    public async Task S50_Five_minutes_off_new_tokens_are_accepted_old_ones_refused_and_the_apps_renewed_no_more_often(int minutesOff)
    {
        TestClock wixs = new();
        await using var site = await WixSite.StartAsync(
            app => app.MapGet(
                "/", async (ElevatedWixClient wix) => (await wix.SiteProperties.GetSitePropertiesAsync()).Properties.SiteDisplayName)
                .Elevate(Callers.Member),
            emulate: options => options.TimeProvider = wixs);
        wixs.Advance(TimeSpan.FromHours(1));
        site.Clock.Advance(TimeSpan.FromHours(1) + TimeSpan.FromMinutes(minutesOff));

        // Eight hours, a request every ten minutes: the app's token of four hours is renewed once on the way.
        for (var request = 0; request < 48; request++)
        {
            Assert.Equal("Harbour Coffee", (await site.GetAsync("/", site.Wix.IssueToken(EmulatedIdentity.Member()))).Body);
            Assert.Equal(HttpStatusCode.Unauthorized,
                (await site.GetAsync("/", site.Wix.IssueToken(EmulatedIdentity.Member(), static options => options.Expired()))).Status);
            wixs.Advance(TimeSpan.FromMinutes(10));
            site.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.InRange(site.Wix.CountOf(WixSite.Tokens), 2, 3);
        Assert.All(site.Wix.CallsTo(WixSite.GetSiteProperties), static call => Assert.Equal(200, call.StatusCode));
    }
}
