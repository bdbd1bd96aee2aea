using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Events;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Checkouts;

/// <summary>Calculates a checkout: discounts, shipping, additional fees, totals and violations, each as the app's plugins say.</summary>
internal sealed class CheckoutCalculation(ServicePlugins plugins, EmulatedApp app)
{
    /// <summary>The name of the member that keeps the coupon, which a checkout doesn't tell.</summary>
    public const string CouponCode = "$couponCode";

    /// <summary>Returns what a checkout tells.</summary>
    public static JsonObject Told(JsonObject checkout)
    {
        var told = checkout.Copy();
        told.Remove(CouponCode);
        return told;
    }

    public async Task RunAsync(ApiRequest request, JsonObject checkout)
    {
        var errors = new JsonObject();
        checkout["calculationErrors"] = errors;
        var lines = ((JsonArray)checkout["lineItems"]!).OfType<JsonObject>().ToList(); // every checkout has them
        var subtotal = lines.Sum(static line => Amount(line["lineItemPrice"]));
        var discount = await DiscountAsync(request, checkout, lines, subtotal, errors).ConfigureAwait(false);
        var shipping = await ShippingAsync(request, checkout, lines, errors).ConfigureAwait(false);
        var fees = await FeesAsync(request, checkout, lines, subtotal).ConfigureAwait(false);
        checkout["priceSummary"] = new JsonObject
        {
            ["subtotal"] = Money.Price(subtotal),
            ["shipping"] = Money.Price(shipping),
            ["tax"] = Money.Price(0),
            ["discount"] = Money.Price(discount),
            ["additionalFees"] = Money.Price(fees),
            ["total"] = Money.Price(subtotal - discount + shipping + fees),
        };
        await ViolationsAsync(request, checkout, lines).ConfigureAwait(false);
    }

    private static decimal Amount(JsonNode? price) => price.At("amount").AsNumber() ?? 0;

    private static JsonObject Error(string code) => new()
    {
        ["applicationError"] = new JsonObject { ["code"] = code, ["description"] = "The service plugin answered with this error." },
    };

    private static JsonNode? Destination(JsonObject checkout) => checkout["shippingInfo"].At("shippingDestination");

    private async Task<decimal> DiscountAsync(
        ApiRequest request, JsonObject checkout, List<JsonObject> lines, decimal subtotal, JsonObject errors)
    {
        var coupon = checkout[CouponCode].AsText();
        var answer = await CallAsync(request, checkout, "ECOM_DISCOUNTS", "getEligibleDiscounts", new()
        {
            ["lineItems"] = new JsonArray([.. lines.Select(static line => new JsonObject
            {
                ["id"] = line["id"]?.DeepClone(),
                ["quantity"] = line["quantity"]?.DeepClone(),
                ["catalogReference"] = line["catalogReference"]?.DeepClone(),
                ["price"] = line["price"].At("amount")?.DeepClone(),
            })]),
            ["couponCodes"] = coupon is null ? new JsonArray() : new JsonArray(coupon),
            ["buyerEmail"] = checkout["buyerInfo"].At("email")?.DeepClone(),
        }).ConfigureAwait(false);
        var applied = new JsonArray();
        checkout["appliedDiscounts"] = applied;
        if (answer is { IsSuccess: false })
            errors[coupon is null ? "discountsCalculationError" : "couponCalculationError"] = Error(answer.ErrorCode ?? "SYSTEM_ERROR");
        var total = 0m;
        foreach (var one in answer is { IsSuccess: true } ? answer.Body["discounts"] as JsonArray ?? [] : [])
        {
            var (amount, type) = Worth(one, lines, subtotal - total);
            if (amount <= 0)
                continue;
            total += amount;
            applied.Add((JsonNode)new JsonObject
            {
                ["discountType"] = type,
                ["discountRule"] = new JsonObject
                {
                    ["id"] = one.At("externalId").AsText() ?? Guid.NewGuid().ToString(),
                    ["name"] = one.At("name")?.DeepClone(),
                    ["amount"] = Money.Price(amount),
                },
            });
        }

        return total;
    }

    private static (decimal Amount, string Type) Worth(JsonNode? discount, List<JsonObject> lines, decimal rest)
    {
        if (discount.At("globalDiscounts") is { } global)
            return (Rate(global.At("rate"), rest, rest), "GLOBAL");
        if (discount.At("lineItemsDiscounts").At("lineItems") is JsonArray items)
        {
            var amount = items.Sum(item =>
                lines.Find(line => line["id"].AsText() == item.At("id").AsText()) is { } line
                    ? Rate(item.At("rate"), Amount(line["lineItemPrice"]), Amount(line["lineItemPrice"])) : 0);
            return (Math.Min(amount, rest), "SPECIFIC_ITEMS");
        }

        return (0, "");
    }

    private static decimal Rate(JsonNode? rate, decimal of, decimal most)
    {
        var amount = rate.At("fixedAmountValue").AsNumber()
            ?? Math.Round(of * (Math.Clamp(rate.At("percentageValue").AsNumber() ?? 0, 0, 100) / 100), 2, MidpointRounding.AwayFromZero);
        return Math.Clamp(amount, 0, most);
    }

    private async Task<decimal> ShippingAsync(ApiRequest request, JsonObject checkout, List<JsonObject> lines, JsonObject errors)
    {
        var shipping = (JsonObject)checkout["shippingInfo"]!; // every checkout has it
        var wanted = shipping["selectedCarrierServiceOption"].At("code").AsText();
        var isNew = shipping["selectedCarrierServiceOption"].At("title") is null;
        shipping["carrierServiceOptions"] = new JsonArray();
        shipping.Remove("selectedCarrierServiceOption");
        if (Destination(checkout) is not { } destination)
            return 0;
        var answer = await CallAsync(request, checkout, "ECOM_SHIPPING_RATES", "getShippingRates", new()
        {
            ["lineItems"] = new JsonArray([.. lines.Select(static line => new JsonObject
            {
                ["name"] = line["productName"].At("original")?.DeepClone(),
                ["quantity"] = line["quantity"]?.DeepClone(),
                ["catalogReference"] = line["catalogReference"]?.DeepClone(),
                ["physicalProperties"] = line["physicalProperties"]?.DeepClone(),
                ["price"] = line["price"].At("amount")?.DeepClone(),
                ["totalPrice"] = line["lineItemPrice"].At("amount")?.DeepClone(),
            })]),
            ["shippingDestination"] = destination.At("address")?.DeepClone(),
            ["buyerContactDetails"] = destination.At("contactDetails")?.DeepClone(),
            ["weightUnit"] = "KG",
        }).ConfigureAwait(false);
        if (answer is { IsSuccess: false })
        {
            errors["carrierErrors"] = new JsonObject
            {
                ["errors"] = new JsonArray(
                    new JsonObject { ["carrierId"] = app.ClientId, ["error"] = Error(answer.ErrorCode ?? "SYSTEM_ERROR") }),
            };
        }

        var options = answer is { IsSuccess: true } && answer.Body["shippingRates"] is JsonArray rates
            ? rates.OfType<JsonObject>().Select(Option).ToList() : [];
        if (options.Count > 0)
        {
            shipping["carrierServiceOptions"] = new JsonArray(new JsonObject
            {
                ["carrierId"] = app.ClientId,
                ["shippingOptions"] = new JsonArray([.. options.Select(static option => option.DeepClone())]),
            });
        }

        var selected = options.Find(option => option["code"].AsText() == wanted);
        if (selected is null && wanted is not null && isNew && answer is not { IsSuccess: false })
        {
            throw new ApiException(Answer.Error(
                400, "SELECTED_CARRIER_SERVICE_OPTION_NOT_FOUND", $"There is no shipping option '{wanted}'."));
        }

        selected ??= options.FirstOrDefault();
        if (selected is null)
            return 0;
        var price = Amount(selected["cost"].At("price"));
        shipping["selectedCarrierServiceOption"] = new JsonObject
        {
            ["carrierId"] = app.ClientId,
            ["code"] = selected["code"]?.DeepClone(),
            ["title"] = selected["title"]?.DeepClone(),
            ["logistics"] = selected["logistics"]?.DeepClone(),
            ["cost"] = new JsonObject { ["price"] = Money.Price(price), ["totalPriceAfterTax"] = Money.Price(price) },
        };
        return price;
    }

    // The plugin's price is a text, the store's is one with its currency's sign; charges for handling are a part of it.
    private static JsonObject Option(JsonObject rate)
    {
        var cost = rate["cost"];
        var price = (cost.At("price").AsNumber() ?? 0)
            + (cost.At("additionalCharges") as JsonArray ?? []).Sum(static charge => charge.At("price").AsNumber() ?? 0);
        return new()
        {
            ["code"] = rate["code"]?.DeepClone(),
            ["title"] = rate["title"]?.DeepClone(),
            ["logistics"] = rate["logistics"]?.DeepClone(),
            ["cost"] = new JsonObject { ["price"] = Money.Price(price) },
        };
    }

    private async Task<decimal> FeesAsync(ApiRequest request, JsonObject checkout, List<JsonObject> lines, decimal subtotal)
    {
        var answer = await CallAsync(request, checkout, "ECOM_ADDITIONAL_FEES", "calculateAdditionalFees", new()
        {
            ["lineItems"] = new JsonArray([.. lines.Select(static line => new JsonObject
            {
                ["id"] = line["id"]?.DeepClone(),
                ["quantity"] = line["quantity"]?.DeepClone(),
                ["catalogReference"] = line["catalogReference"]?.DeepClone(),
                ["productName"] = line["productName"].At("original")?.DeepClone(),
                ["price"] = line["price"].At("amount")?.DeepClone(),
                ["physicalProperties"] = line["physicalProperties"]?.DeepClone(),
            })]),
            ["shippingAddress"] = Destination(checkout).At("address")?.DeepClone(),
            ["shippingInfo"] = new JsonObject
            {
                ["selectedCarrierServiceOption"] = checkout["shippingInfo"].At("selectedCarrierServiceOption")?.DeepClone(),
            },
            ["subtotal"] = Money.Text(subtotal),
        }).ConfigureAwait(false);
        var fees = new JsonArray();
        checkout["additionalFees"] = fees;
        var total = 0m;
        foreach (var fee in answer is { IsSuccess: true } ? answer.Body["additionalFees"] as JsonArray ?? [] : [])
        {
            var price = fee.At("price").AsNumber() ?? 0;
            total += price;
            fees.Add((JsonNode)new JsonObject
            {
                ["code"] = fee.At("code")?.DeepClone(),
                ["name"] = fee.At("name")?.DeepClone(),
                ["price"] = Money.Price(price),
                ["lineItemIds"] = fee.At("lineItemIds")?.DeepClone(),
                ["providerAppId"] = app.ClientId,
                ["source"] = "SERVICE_PLUGIN",
            });
        }

        return total;
    }

    private async Task ViolationsAsync(ApiRequest request, JsonObject checkout, List<JsonObject> lines)
    {
        var answer = await CallAsync(request, checkout, "ECOM_VALIDATIONS", "getValidationViolations", new()
        {
            ["sourceInfo"] = new JsonObject { ["source"] = "CHECKOUT", ["purchaseFlowId"] = checkout["purchaseFlowId"]?.DeepClone() },
            ["validationInfo"] = new JsonObject
            {
                ["lineItems"] = new JsonArray([.. lines.Select(static line => line.DeepClone())]),
                ["priceSummary"] = checkout["priceSummary"]?.DeepClone(),
                ["billingInfo"] = checkout["billingInfo"]?.DeepClone(),
                ["shippingAddress"] = Destination(checkout)?.DeepClone(),
                ["currency"] = checkout["currency"]?.DeepClone(),
                ["weightUnit"] = "KG",
            },
        }).ConfigureAwait(false);
        checkout["violations"] = answer is { IsSuccess: true } && answer.Body["violations"] is JsonArray violations
            ? violations.DeepClone() : new JsonArray();
    }

    private Task<PluginAnswer?> CallAsync(ApiRequest request, JsonObject checkout, string type, string method, JsonObject content)
    {
        content["purchaseFlowId"] ??= checkout["purchaseFlowId"]?.DeepClone();
        if (type == "ECOM_VALIDATIONS")
            content.Remove("purchaseFlowId");
        // Wix sends no member that has nothing to say.
        foreach (var name in content.Where(static pair => pair.Value is null).Select(static pair => pair.Key).ToList())
            content.Remove(name);
        return plugins.CallAsync(app, request.Site, type, method, content,
            EmulatedIdentity.Of(request.Caller.Kind, request.Caller.Id), request.Http.RequestAborted);
    }
}
