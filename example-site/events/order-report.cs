using Endpoints.Wix;
using Endpoints.Wix.Ecom;

namespace ExampleSite.Events;

/// <summary>
/// Asks Wix for more about each new order, which may take longer than Wix waits for an answer. So the event is stored first.
/// </summary>
[WixEvent(Inbox = true, OrderedByEntity = true, Only = ["GET /site-properties/*"])]
public sealed class OrderReport(ReceivedEvents received, ElevatedWixClient wix)
{
    public async Task Handle(OrderCreated order, CancellationToken cancellationToken)
    {
        var site = await wix.SiteProperties.GetSitePropertiesAsync(cancellationToken: cancellationToken);
        received.Add("events/order-report.cs", $"Order {order.Entity.Number} is one of {site.Properties.BusinessName}.");
    }
}
