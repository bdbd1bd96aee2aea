using Endpoints.Wix.Sessions;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Sessions;

/// <summary>A logout remembers a session once: each entry costs others their place.</summary>
public sealed class EndedOnceTests
{
    [Fact]
    public async Task A_session_that_anybody_may_have_made_up_is_remembered_once()
    {
        await using var site =
            await WixSite.StartAsync(static app => app.MapWixAuth(), static options => options.PublicOrigin = new("https://shop.example"));
        var cookie = Hosting.SessionCookie.Of(site.Wix.App.ClientId, "made-up", site.Clock.GetUtcNow().AddHours(1), "made-up-too",
            "member");

        await site.SendAsync("POST", "/api/auth/logout", cookie: cookie, headers: ("Sec-Fetch-Site", "same-origin"));

        Assert.Equal(1, site.Services.GetRequiredService<EndedSessions>().Count);
    }
}
