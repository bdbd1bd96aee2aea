using Endpoints.Wix;

namespace SampleEvents.Events;

[WixEvent("wix.library.v1.thing_happened", Only = ["GET /site-properties/*"])]
public sealed class ThingHappened(Heard heard, ElevatedWixClient wix)
{
    public async Task Handle(WixEvent received, CancellationToken cancellationToken)
    {
        await wix.SiteProperties.GetSitePropertiesAsync(cancellationToken: cancellationToken);
        heard.Events.Enqueue(received.Id!);
    }
}
