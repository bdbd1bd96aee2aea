using Endpoints.Wix;
using Endpoints.Wix.Ecom;
using FluentValidation;

/// <summary>Marks everything of an order as sent.</summary>
[Elevate(Callers.User, RateLimit = "60/1m",
    Only = [Orders.Calls.GetOrder, OrderFulfillments.Calls.CreateFulfillment])]
public static class FulfillOrder
{
    public static async Task<Answer> Post(Body body, ElevatedWixClient wix, CancellationToken cancellationToken)
    {
        var order = await wix.Ecom.Orders.GetOrderAsync(body.OrderId, cancellationToken);
        var made = await wix.Ecom.OrderFulfillments.CreateFulfillmentAsync(body.OrderId, new()
        {
            LineItems = [.. order.LineItems.Select(static line => new FulfillmentLineItem { Id = line.Id, Quantity = line.Quantity })],
            TrackingInfo = new() { TrackingNumber = body.TrackingNumber },
        }, cancellationToken);
        return new(order.Number, made.FulfillmentId);
    }

    public sealed record Body(string OrderId, string TrackingNumber);

    public sealed record Answer(string? Order, string? Fulfillment);

    internal sealed class BodyValidator : AbstractValidator<Body>
    {
        public BodyValidator()
        {
            RuleFor(static body => body.OrderId).Must(static id => Guid.TryParse(id, out _));
            RuleFor(static body => body.TrackingNumber).NotEmpty().MaximumLength(100);
        }
    }
}
