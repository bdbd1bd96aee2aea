using Endpoints.Wix.Ecom;

namespace ExampleSite.Events;

/// <summary>Notes each new order. Wix gets its answer when the handler has ended.</summary>
public sealed class OrderCreatedHandler(ReceivedEvents received)
{
    public void Handle(OrderCreated order) =>
        received.Add("events/order-created.cs", $"Order {order.Entity.Number} was created, caused by {order.Identity.Kind}.");
}
