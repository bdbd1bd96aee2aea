using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Happenings;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Platform;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Orders;

/// <summary>Serves the payments and refunds of an order, by the current and by the older refund call.</summary>
internal sealed class PaymentEndpoints(TimeProvider time)
{
    public IEnumerable<Operation> Operations =>
    [
        Ops.Read("GET /ecom/v1/payments/orders/{id}", Access.Restricted, "ECOM.READ_TRANSACTIONS", static (request, data) =>
            Answer.Json(new JsonObject { ["orderTransactions"] = data.Transactions.Get(request.RouteValue("id")).DeepClone() })),
        Ops.Write("POST /ecom/v1/payments/orders/{id}/add-payment", Access.Restricted, "ECOM.MODIFY_TRANSACTIONS", AddPayments),
        Ops.Write("POST /ecom/v1/order-billing/refund-payments", Access.Restricted, "ECOM.ORDER_BILLING_REFUND_PAYMENTS", (request, data) =>
        {
            var orderId = request.Json["orderId"].AsText() ?? throw ApiException.Violation("orderId", "must not be empty");
            var (refund, transactions) = Refund(data, orderId, request.Json["paymentRefunds"] as JsonArray,
                request.Json["customerReason"].AsText());
            Refunded(request, orderId, refund, transactions);
            return Answer.Json(new JsonObject { ["refund"] = refund.DeepClone(), ["orderTransactions"] = transactions.DeepClone() });
        }),
        Ops.Write("POST /ecom/v1/payments-collector/orders/{id}/trigger-refund", Access.Restricted, "ECOM.ORDER_BILLING_REFUND_PAYMENTS",
            (request, data) =>
        {
            var (refund, transactions) = Refund(
                data, request.RouteValue("id"), request.Json["payments"] as JsonArray, request.Json["details"].At("reason").AsText());
            Refunded(request, request.RouteValue("id"), refund, transactions);
            return Answer.Json(new JsonObject
            {
                ["orderTransactions"] = transactions.DeepClone(),
                ["refundId"] = refund["id"]?.DeepClone(),
                ["failedPaymentIds"] = new JsonArray(),
            });
        }),
    ];

    private static void Refunded(ApiRequest request, string orderId, JsonObject refund, JsonObject transactions)
    {
        request.Raise(EmulatedEvent.Action(Entities.OrderTransactions, "refund_completed", orderId, new()
        {
            ["orderId"] = orderId,
            ["refund"] = refund.DeepClone(),
            ["orderTransactions"] = transactions.DeepClone(),
        }));
        request.Raise(EmulatedEvent.Action(Entities.OrderTransactions, "updated", orderId, new()
        {
            ["orderTransactions"] = transactions.DeepClone(),
            ["paymentIds"] = new JsonArray(),
            ["refundIds"] = new JsonArray(refund["id"]?.DeepClone()),
        }));
    }

    private Answer AddPayments(ApiRequest request, SiteData data)
    {
        var orderId = request.RouteValue("id");
        var order = data.Orders.Get(orderId);
        var transactions = data.Transactions.Get(orderId);
        if (request.Json["payments"] is not JsonArray { Count: > 0 } given)
            throw ApiException.Violation("payments", "must hold at least one payment", "MIN_SIZE");
        if (given.Any(static one => one.At("amount").At("amount").AsNumber() is not > 0))
            throw ApiException.Violation("payments.amount", "must be an amount above zero", "FORMAT");
        var payments = (JsonArray)transactions["payments"]!; // put there with the order
        var ids = new JsonArray();
        foreach (var one in given)
        {
            var payment = one.Copy();
            var id = Guid.NewGuid().ToString();
            payment["id"] = id;
            payment["createdDate"] = Dates.Text(time.GetUtcNow());
            payment["amount"] = Money.Price(one.At("amount").At("amount").AsNumber() ?? 0);
            payments.Add(payment);
            ids.Add(id);
        }

        var before = order.Copy();
        var paid = payments.Sum(static one => one.At("amount").At("amount").AsNumber() ?? 0);
        var isPaid = paid >= (order["priceSummary"].At("total").At("amount").AsNumber() ?? 0);
        order["paymentStatus"] = isPaid ? "PAID" : "PARTIALLY_PAID";
        order["updatedDate"] = Dates.Text(time.GetUtcNow());
        request.Raise(Entities.Updated(Entities.Order, before, order));
        request.Raise(EmulatedEvent.Action(Entities.OrderTransactions, "updated", orderId, new()
        {
            ["orderTransactions"] = transactions.DeepClone(),
            ["paymentIds"] = ids.DeepClone(),
            ["refundIds"] = new JsonArray(),
        }));
        return Answer.Json(new JsonObject { ["orderTransactions"] = transactions.DeepClone(), ["paymentsIds"] = ids });
    }

    private (JsonObject Refund, JsonObject Transactions) Refund(SiteData data, string orderId, JsonArray? parts, string? reason)
    {
        var order = data.Orders.Get(orderId);
        var transactions = data.Transactions.Get(orderId);
        if (parts is null or { Count: 0 })
            throw ApiException.Violation("paymentRefunds", "must hold at least one payment", "MIN_SIZE");

        var refunds = (JsonArray)transactions["refunds"]!; // put there with the order
        var payments = (JsonArray)transactions["payments"]!;
        var taken = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase);
        var refunded = new JsonArray();
        foreach (var part in parts)
        {
            var paymentId = part.At("paymentId").AsText() ?? "";
            var payment = payments.FirstOrDefault(p => p.At("id").AsText() == paymentId)
                ?? throw ApiException.NotFound("payment", paymentId);
            var left = (payment.At("amount").At("amount").AsNumber() ?? 0) - Refunded(refunds, paymentId) - taken.GetValueOrDefault(
                paymentId);
            var amount = part.At("amount").At("amount") is { } asked
                ? asked.AsText() is null
                    ? throw ApiException.Violation("paymentRefunds.amount.amount", "must be an amount, as a string", "FORMAT")
                    : asked.AsNumber()
                : left;
            if (amount is not > 0)
                throw ApiException.Violation("paymentRefunds.amount.amount", "must be an amount above zero", "FORMAT");
            if (amount > left)
                throw new ApiException(
                    Answer.Error(428, "AMOUNT_EXCEEDS_PAYMENT", $"Only {Money.Text(left)} of the payment can be refunded."));
            taken[paymentId] = taken.GetValueOrDefault(paymentId) + amount.Value;
            refunded.Add(new JsonObject
            {
                ["paymentId"] = paymentId,
                ["amount"] = Money.Price(amount.Value),
                ["status"] = "SUCCEEDED",
                ["externalRefund"] = part.At("externalRefund").AsFlag() == true,
            });
        }

        var refund = new JsonObject
        {
            ["id"] = Guid.NewGuid().ToString(),
            ["createdDate"] = Dates.Text(time.GetUtcNow()),
            ["transactions"] = refunded,
            ["details"] = new JsonObject { ["reason"] = reason },
        };
        refunds.Add(refund);
        var paid = payments.Sum(static p => p.At("amount").At("amount").AsNumber() ?? 0);
        var back = payments.Sum(p => Refunded(refunds, p.At("id").AsText()));
        order["paymentStatus"] = back >= paid ? "FULLY_REFUNDED" : "PARTIALLY_REFUNDED";
        order["updatedDate"] = Dates.Text(time.GetUtcNow());
        return (refund, transactions);
    }

    private static decimal Refunded(JsonArray refunds, string? paymentId) => refunds
        .SelectMany(static refund => refund.At("transactions") as JsonArray ?? [])
        .Where(part => part.At("paymentId").AsText() == paymentId)
        .Sum(static part => part.At("amount").At("amount").AsNumber() ?? 0);
}
