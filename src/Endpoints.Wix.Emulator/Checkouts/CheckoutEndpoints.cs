using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Events;
using Endpoints.Wix.Emulator.Happenings;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Platform;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Checkouts;

/// <summary>Serves the store's checkouts, which are calculated with the app's service plugins.</summary>
internal sealed class CheckoutEndpoints(ServicePlugins plugins, EmulatedApp app, TimeProvider time)
{
    private const string Root = "/ecom/v1/checkouts";
    private const string MayModify = "ECOM.MODIFY_CHECKOUTS";

    // What callers say of a checkout. The rest is calculated.
    private static readonly string[] Given = ["billingInfo", "buyerNote", "buyerInfo", "customFields", "extendedFields"];

    private readonly CheckoutCalculation _calculation = new(plugins, app);

    public IEnumerable<Operation> Operations =>
    [
        new("POST", Root, Access.Any, MayModify, CreateAsync),
        Ops.Read($"GET {Root}/{{id}}", Access.Any, "ECOM.READ_CHECKOUTS", static (request, data) =>
            One(data.Checkouts.Get(request.RouteValue("id")))),
        new("PATCH", $"{Root}/{{id}}", Access.Any, MayModify, UpdateAsync),
        new("POST", $"{Root}/{{id}}/create-order", Access.Any, "ECOM.CREATE_ORDER_FROM_CHECKOUT", CreateOrderAsync),
    ];

    private static Answer One(JsonObject checkout) => Answer.Json(new JsonObject { ["checkout"] = CheckoutCalculation.Told(checkout) });

    private static Answer Written(Answer answer) => answer.With("X-Wix-Consistent", Consistency.NewValue());

    private static void Take(JsonObject checkout, JsonNode? info, string? couponCode)
    {
        foreach (var name in Given)
        {
            if (info.At(name) is { } value)
                checkout[name] = value.DeepClone();
        }

        var shipping = checkout["shippingInfo"] as JsonObject ?? [];
        if (info.At("shippingInfo").At("shippingDestination") is JsonObject destination)
            shipping["shippingDestination"] = destination.DeepClone();
        if (info.At("shippingInfo").At("selectedCarrierServiceOption") is JsonObject selected)
            shipping["selectedCarrierServiceOption"] = new JsonObject { ["code"] = selected["code"].AsText() };
        if (shipping.Parent is null)
            checkout["shippingInfo"] = shipping;
        if (couponCode is not null)
            checkout[CheckoutCalculation.CouponCode] = couponCode;
    }

    private static void AddLines(SiteData data, JsonObject checkout, JsonArray lines)
    {
        var all = (JsonArray)checkout["lineItems"]!; // every checkout has them
        if (all.Count + lines.Count > 300)
            throw ApiException.Violation("lineItems", "must hold 300 line items at most", "MAX_SIZE");
        foreach (var line in lines)
        {
            var reference = line.At("catalogReference");
            var product = data.Products.Find(reference.At("catalogItemId").AsText());
            if (product is null || product["visible"].AsFlag() == false)
                throw ApiException.Violation("lineItems.catalogReference.catalogItemId", "is not a product of the store", "NOT_FOUND");
            if (line.At("quantity").AsNumber() is not (>= 1 and <= 100_000 and var quantity) || quantity != decimal.Truncate(quantity))
                throw ApiException.Violation("lineItems.quantity", "must be a whole number from 1 to 100000", "RANGE");
            var wanted = reference.At("options").At("variantId").AsText();
            var variant = NewProduct.Variants(product).FirstOrDefault(one => wanted is null || one["id"].AsText() == wanted)
                ?? throw ApiException.Violation(
                    "lineItems.catalogReference.options.variantId", "is not a variant of the product", "NOT_FOUND");
            var price = variant["price"].At("actualPrice").At("amount").AsNumber() ?? 0;
            all.Add((JsonNode)new JsonObject
            {
                ["id"] = Guid.NewGuid().ToString(),
                ["quantity"] = (int)quantity,
                ["catalogReference"] = reference.Copy(),
                ["productName"] = new JsonObject { ["original"] = product["name"]?.DeepClone() },
                ["price"] = Money.Price(price),
                ["lineItemPrice"] = Money.Price(price * quantity),
                ["physicalProperties"] = variant["physicalProperties"].Copy(),
                ["itemType"] = new JsonObject { ["preset"] = product["productType"].AsText() == "DIGITAL" ? "DIGITAL" : "PHYSICAL" },
            });
        }
    }

    private async ValueTask<Answer> CreateAsync(ApiRequest request)
    {
        if (request.Json["channelType"].AsText() is not { Length: > 0 } channel)
            throw ApiException.Violation("channelType", "must not be empty");
        var now = Dates.Text(time.GetUtcNow());
        var (data, json) = (request.Data, request.Json);
        var checkout = data.Read(all =>
        {
            var made = new JsonObject
            {
                ["id"] = Guid.NewGuid().ToString(),
                ["createdDate"] = now,
                ["updatedDate"] = now,
                ["channelType"] = channel,
                ["currency"] = all.Properties["paymentCurrency"]?.DeepClone(),
                ["purchaseFlowId"] = Guid.NewGuid().ToString(),
                ["completed"] = false,
                ["lineItems"] = new JsonArray(),
            };
            AddLines(all, made, json["lineItems"] as JsonArray ?? []);
            return made;
        });
        Take(checkout, json["checkoutInfo"], json["couponCode"].AsText());
        await _calculation.RunAsync(request, checkout).ConfigureAwait(false);
        data.Write(all => all.Checkouts.Put(checkout["id"].AsText()!, checkout));
        request.Raise(Entities.Created(Entities.Checkout, CheckoutCalculation.Told(checkout)));
        return Written(One(checkout));
    }

    private async ValueTask<Answer> UpdateAsync(ApiRequest request)
    {
        var (data, json) = (request.Data, request.Json);
        var (before, checkout) = data.Read(all =>
        {
            var there = all.Checkouts.Get(request.RouteValue("id"));
            DemandOpen(there);
            var changed = there.Copy();
            AddLines(all, changed, json["lineItems"] as JsonArray ?? []);
            return (there, changed);
        });
        Take(checkout, json["checkout"], json["couponCode"].AsText());
        await _calculation.RunAsync(request, checkout).ConfigureAwait(false);
        checkout["updatedDate"] = Dates.Text(time.GetUtcNow());
        data.Write(all =>
        {
            DemandOpen(all.Checkouts.Get(request.RouteValue("id")));
            all.Checkouts.Put(request.RouteValue("id"), checkout);
        });
        request.Raise(Entities.Updated(Entities.Checkout, CheckoutCalculation.Told(before), CheckoutCalculation.Told(checkout)));
        return Written(One(checkout));
    }

    private async ValueTask<Answer> CreateOrderAsync(ApiRequest request)
    {
        var data = request.Data;
        var checkout = data.Read(all => all.Checkouts.Get(request.RouteValue("id")).Copy());
        DemandOpen(checkout);
        if ((checkout["lineItems"] as JsonArray)!.Count == 0)
            throw Refused("EMPTY_CHECKOUT", "The checkout has no line items.");
        await _calculation.RunAsync(request, checkout).ConfigureAwait(false);
        if ((checkout["violations"] as JsonArray ?? []).Any(static one => one.At("severity").AsText() == "ERROR"))
            throw Refused("VIOLATIONS_WITH_ERROR_SEVERITY", "A service plugin objects to the checkout.");
        if ((checkout["calculationErrors"] as JsonObject)?.Count > 0)
            throw Refused("CALCULATION_ERROR", "The checkout can't be calculated.");
        var order = data.Read(all =>
        {
            DemandOpen(all.Checkouts.Get(request.RouteValue("id"))); // of two at a time one makes the order
            var made = NewOrder.Add(all, Ordered(checkout, request), time);
            checkout["completed"] = true;
            checkout["updatedDate"] = made["updatedDate"]?.DeepClone();
            all.Checkouts.Put(request.RouteValue("id"), checkout);
            return made.Copy();
        });
        var id = order["id"].AsText()!; // every order has one
        request.Raise(Entities.Created(Entities.Order, order));
        request.Raise(EmulatedEvent.Action(Entities.Order, "approved", id, new() { ["order"] = order.DeepClone() }));
        request.Raise(EmulatedEvent.Action(Entities.Checkout, "completed", request.RouteValue("id"), new() { ["orderId"] = id }));
        return Written(Answer.Json(new JsonObject { ["orderId"] = id }));
    }

    private static JsonObject Ordered(JsonObject checkout, ApiRequest request)
    {
        var order = new JsonObject
        {
            ["checkoutId"] = checkout["id"]?.DeepClone(),
            ["purchaseFlowId"] = checkout["purchaseFlowId"]?.DeepClone(),
            ["channelInfo"] = new JsonObject { ["type"] = checkout["channelType"]?.DeepClone() },
        };
        foreach (var name in new[] { "lineItems", "billingInfo", "buyerInfo", "buyerNote", "currency", "priceSummary", "additionalFees",
            "appliedDiscounts" })
        {
            if (checkout[name] is { } value)
                order[name] = value.DeepClone();
        }

        if (checkout["shippingInfo"].At("selectedCarrierServiceOption") is JsonObject selected)
        {
            order["shippingInfo"] = selected.DeepClone();
            order["shippingInfo"]!["shippingDestination"] = checkout["shippingInfo"].At("shippingDestination")?.DeepClone();
        }

        if (request.Caller.Kind is EmulatedIdentityKind.Member)
        {
            var buyer = order["buyerInfo"].Copy();
            buyer["memberId"] = request.Caller.Id;
            order["buyerInfo"] = buyer;
        }

        return order;
    }

    private static void DemandOpen(JsonObject checkout)
    {
        if (checkout["completed"].AsFlag() == true)
            throw Refused("CHECKOUT_ALREADY_PAID", "The checkout has become an order.");
    }

    private static ApiException Refused(string code, string why) => new(Answer.Error(428, code, why));
}
