using System.Net;
using Endpoints.Wix.Tests.Hosting;
using SampleEvents;

namespace Endpoints.Wix.Tests.Webhooks;

/// <summary>The event files of a class library are an application's only if it names the library.</summary>
public sealed class LibraryEventTests
{
    private const string EventType = "wix.library.v1.thing_happened";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task S52_A_librarys_event_file_handles_events_where_the_application_maps_it(bool isMapped)
    {
        var heard = new Heard();
        await using var site = await WixSite.StartAsync(
            app => _ = isMapped ? app.MapWixEvents(typeof(Heard).Assembly) : app.MapWixEvents(),
            static options => options.PublicKey = SignedText.PublicKey,
            builder => builder.Services.AddSingleton(heard));
        var now = site.Clock.GetUtcNow();
        var envelope = SignedText.Envelope(site.Wix.InstanceId, "e-1", EventType, at: now);
        var token = SignedText.Sign(SignedText.Header, SignedText.Claims(envelope, now).ToJsonString());

        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.OK,
                (await site.SendAsync("POST", SignedSite.Path, content: new StringContent(token))).Status);
        var forged = token[..^4] + (token[^4] == 'A' ? 'B' : 'A') + token[^3..];
        Assert.Equal(HttpStatusCode.Unauthorized,
            (await site.SendAsync("POST", SignedSite.Path, content: new StringContent(forged))).Status);

        Assert.Equal(isMapped ? ["e-1"] : [], heard.Events);
        Assert.Equal(isMapped ? 1 : 0, site.Wix.CountOf(WixSite.GetSiteProperties));
    }
}
