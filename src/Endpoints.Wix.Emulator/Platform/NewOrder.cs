using System.Globalization;
using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Platform;

/// <summary>Adds a paid order to a site. Used only inside the site's lock.</summary>
internal static class NewOrder
{
    public static JsonObject Add(SiteData data, JsonObject given, TimeProvider time, string? id = null)
    {
        id ??= Guid.NewGuid().ToString();
        var now = Dates.Text(time.GetUtcNow());
        var order = given.Copy();
        order["id"] = id;
        order["number"] ??= (10_001 + data.Orders.All.Count()).ToString(CultureInfo.InvariantCulture);
        order["createdDate"] = now;
        order["updatedDate"] = now;
        order["status"] ??= "APPROVED";
        order["paymentStatus"] ??= "PAID";
        order["fulfillmentStatus"] ??= "NOT_FULFILLED";
        order["currency"] ??= data.Properties["paymentCurrency"]?.DeepClone();
        order["lineItems"] ??= new JsonArray();
        var total = order["priceSummary"].At("total").At("amount").AsNumber() ?? Total(order);
        order["priceSummary"] ??= new JsonObject { ["subtotal"] = Money.Price(total), ["total"] = Money.Price(total) };
        data.Transactions.Put(id, new()
        {
            ["orderId"] = id,
            ["payments"] = new JsonArray(new JsonObject
            {
                ["id"] = Guid.NewGuid().ToString(),
                ["createdDate"] = now,
                ["amount"] = Money.Price(total),
                ["refundDisabled"] = false,
                ["regularPaymentDetails"] = new JsonObject { ["status"] = "APPROVED", ["paymentMethod"] = "CreditCard" },
            }),
            ["refunds"] = new JsonArray(),
        });
        return data.Orders.Put(id, order);
    }

    private static decimal Total(JsonObject order) => (order["lineItems"] as JsonArray ?? [])
        .Sum(static line => (line.At("price").At("amount").AsNumber() ?? 0) * (line.At("quantity").AsNumber() ?? 1));
}
