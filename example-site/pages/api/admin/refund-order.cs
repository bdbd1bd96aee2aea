using Endpoints.Wix;
using Endpoints.Wix.Ecom;
using FluentValidation;

/// <summary>Pays back everything that was paid for an order.</summary>
[Elevate(Callers.User, RateLimit = "10/1m",
    Only = [OrderTransactions.Calls.ListTransactionsForSingleOrder, OrderBilling.Calls.RefundPayments])]
public static class RefundOrder
{
    public static async Task<Answer> Post(Body body, ElevatedWixClient wix, CancellationToken cancellationToken)
    {
        var paid = await wix.Ecom.OrderTransactions.ListTransactionsForSingleOrderAsync(body.OrderId, cancellationToken);
        var done = await wix.Ecom.OrderBilling.RefundPaymentsAsync(body.OrderId, new()
        {
            PaymentRefunds = [.. (paid.OrderTransactions?.Payments ?? []).Select(static one => new PaymentRefund { PaymentId = one.Id })],
            CustomerReason = body.Reason,
        }, cancellationToken);
        return new(done.Refund?.Id, body.Reason);
    }

    public sealed record Body(string OrderId, string Reason);

    public sealed record Answer(string? Refund, string Reason);

    internal sealed class BodyValidator : AbstractValidator<Body>
    {
        public BodyValidator()
        {
            RuleFor(static body => body.OrderId).Must(static id => Guid.TryParse(id, out _));
            RuleFor(static body => body.Reason).NotEmpty().MaximumLength(200);
        }
    }
}
