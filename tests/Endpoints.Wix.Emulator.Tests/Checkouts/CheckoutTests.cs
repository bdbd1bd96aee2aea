using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Emulator.Tests.Checkouts;

/// <summary>The store's checkout asks the app's service plugins, and becomes an order.</summary>
public sealed class CheckoutTests : EmulatorTest
{
    private static readonly object Berlin = new { address = new { country = "DE", city = "Berlin", postalCode = "10115" } };

    [Fact]
    public async Task Shipping_rates_discounts_fees_and_violations_are_the_plugins()
    {
        await using var plugins = await StartPluginsAsync(new()
        {
            ["/v1/getRates"] = """
                {"shippingRates":[{"code":"post","title":"Post","cost":{"price":"4.90","currency":"EUR"}},
                {"code":"express","title":"Express","cost":{"price":"9.90","currency":"EUR","additionalCharges":[{"price":"1.10"}]}}]}
                """,
            ["/v1/eligible-discounts"] = """
                {"discounts":[{"globalDiscounts":{"rate":{"percentageValue":"10"}},"name":{"original":"Ten percent"},"externalId":"d-1"}]}
                """,
            ["/v1/calculate-additional-fees"] =
                """{"additionalFees":[{"code":"gift","name":"Gift wrap","price":"2.00"}],"currency":"EUR"}""",
            ["/v1/get-violations"] = """{"violations":[{"severity":"WARNING","description":"Slow this week"}]}""",
        });
        var (token, product) = (Wix.IssueToken(EmulatedIdentity.Visitor("v-1")), Mug());

        var checkout = await CreateAsync(token, product, 2, new { shippingInfo = new { shippingDestination = Berlin } });
        Assert.Equal(("20.00", "4.90", "2.00", "2.00", "24.90"), Prices(checkout));
        Assert.Equal(["post", "express"], checkout.GetProperty("shippingInfo").GetProperty("carrierServiceOptions")[0]
            .GetProperty("shippingOptions").EnumerateArray().Select(static one => one.Text("code")));
        Assert.Equal("Ten percent", checkout.GetProperty("appliedDiscounts")[0].Text("discountRule", "name", "original"));
        Assert.Equal("Slow this week", checkout.GetProperty("violations")[0].Text("description"));

        var id = checkout.Text("id");
        var express = (await Client.CallAsync($"PATCH /ecom/v1/checkouts/{id}", token,
            new { checkout = new { id, shippingInfo = new { selectedCarrierServiceOption = new { code = "express" } } } }).JsonAsync())
            .GetProperty("checkout");
        Assert.Equal(("20.00", "11.00", "2.00", "2.00", "31.00"), Prices(express));

        var orderId = (await Client.CallAsync($"POST /ecom/v1/checkouts/{id}/create-order", token, new { id }).JsonAsync()).Text("orderId");
        var order = Wix.Site.Entities(EmulatedEntityKind.Order).Single(one => (string?)one["id"] == orderId);
        Assert.Equal("31.00", (string?)order["priceSummary"]!["total"]!["amount"]);
        Assert.Equal("Express", (string?)order["shippingInfo"]!["title"]);
        Assert.Equal("CHECKOUT_ALREADY_PAID",
            (await Client.CallAsync($"POST /ecom/v1/checkouts/{id}/create-order", token, new { id }).JsonAsync()).ErrorCode());
        var asked = Receiver.Claims(plugins.Arrived.First(static one => one.Path.EndsWith("/v1/getRates", StringComparison.Ordinal)).Body);
        Assert.Equal("10115", asked.Text("data", "request", "shippingDestination", "postalCode"));
        Assert.Equal("v-1", asked.Text("data", "metadata", "identity", "anonymousVisitorId"));
    }

    [Fact]
    public async Task Without_plugins_a_checkout_is_the_sum_of_its_lines()
    {
        var checkout = await CreateAsync(AppToken(), Mug(), 3, new { shippingInfo = new { shippingDestination = Berlin } });

        Assert.Equal(("30.00", "0.00", "0.00", "0.00", "30.00"), Prices(checkout));
        Assert.Equal(0, checkout.GetProperty("shippingInfo").GetProperty("carrierServiceOptions").GetArrayLength());
    }

    [Fact]
    public async Task An_error_of_a_plugin_is_in_the_checkout_with_its_code()
    {
        await using var plugins = await StartPluginsAsync(new()
        {
            ["/v1/getRates"] = """400 {"applicationError":{"code":"MISSING_POSTAL_CODE"}}""",
            ["/v1/eligible-discounts"] = """428 {"applicationError":{"code":"ERROR_COUPON_HAS_EXPIRED"}}""",
        });

        var checkout = await CreateAsync(AppToken(), Mug(), 1, new { shippingInfo = new { shippingDestination = Berlin } }, "SUMMER");

        var errors = checkout.GetProperty("calculationErrors");
        Assert.Equal("MISSING_POSTAL_CODE",
            errors.GetProperty("carrierErrors").GetProperty("errors")[0].Text("error", "applicationError", "code"));
        Assert.Equal("ERROR_COUPON_HAS_EXPIRED", errors.Text("couponCalculationError", "applicationError", "code"));
        Assert.DoesNotContain("SUMMER", checkout.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/get-violations", """{"violations":[{"severity":"ERROR","description":"No"}]}""", "VIOLATIONS_WITH_ERROR_SEVERITY")]
    [InlineData("/v1/eligible-discounts", "500 oops", "CALCULATION_ERROR")]
    public async Task What_a_plugin_objects_to_becomes_no_order(string path, string answer, string code)
    {
        await using var plugins = await StartPluginsAsync(new() { [path] = answer });
        var checkout = await CreateAsync(AppToken(), Mug(), 1);

        var refused = await Client.CallAsync($"POST /ecom/v1/checkouts/{checkout.Text("id")}/create-order", AppToken(), new { });

        Assert.Equal((428, code), ((int)refused.StatusCode, (await refused.JsonAsync()).ErrorCode()));
    }

    [Fact]
    public async Task A_checkout_raises_its_events_and_its_orders()
    {
        await using var receiver = await Receiver.StartAsync();
        using var webhook = Wix.AddWebhook(receiver.Address);

        var checkout = await CreateAsync(AppToken(), Mug(), 1);
        (await Client.CallAsync($"POST /ecom/v1/checkouts/{checkout.Text("id")}/create-order", AppToken(), new { }))
            .EnsureSuccessStatusCode();
        await Wix.SettleEventsAsync();

        Assert.Equal(["wix.ecom.v1.checkout_completed", "wix.ecom.v1.checkout_created", "wix.ecom.v1.order_approved",
            "wix.ecom.v1.order_created"], receiver.Events.Select(static one => one.Type).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{"lineItems":[]}""", "channelType")]
    [InlineData("""{"channelType":"WEB","lineItems":[{"quantity":1,"catalogReference":{"catalogItemId":"none"}}]}""",
        "lineItems.catalogReference.catalogItemId")]
    [InlineData("""{"channelType":"WEB","lineItems":[{"quantity":0,"catalogReference":{"catalogItemId":"mug"}}]}""", "lineItems.quantity")]
    [InlineData(
        """{"channelType":"WEB","lineItems":[{"quantity":1.5,"catalogReference":{"catalogItemId":"mug"}}]}""", "lineItems.quantity")]
    [InlineData("""
        {"channelType":"WEB","lineItems":[{"quantity":1,"catalogReference":{"catalogItemId":"mug","options":{"variantId":"x"}}}]}
        """, "lineItems.catalogReference.options.variantId")]
    public async Task What_can_not_be_bought_is_refused(string body, string field)
    {
        Mug("mug");

        var refused = await Client.CallAsync("POST /ecom/v1/checkouts", AppToken(), body);

        Assert.Equal(400, (int)refused.StatusCode);
        Assert.Contains(field, (await refused.JsonAsync()).GetRawText(), StringComparison.Ordinal);
    }

    private static (string Subtotal, string Shipping, string Discount, string Fees, string Total) Prices(JsonElement checkout)
    {
        var prices = checkout.GetProperty("priceSummary");
        return (prices.Text("subtotal", "amount"), prices.Text("shipping", "amount"), prices.Text("discount", "amount"),
            prices.Text("additionalFees", "amount"), prices.Text("total", "amount"));
    }

    private string Mug(string? id = null) => Wix.Site.AddProduct(new JsonObject
    {
        ["name"] = "Mug",
        ["productType"] = "PHYSICAL",
        ["variantsInfo"] = new JsonObject
        {
            ["variants"] = new JsonArray(new JsonObject
            {
                ["price"] = new JsonObject { ["actualPrice"] = new JsonObject { ["amount"] = "10.00" } },
            }),
        },
    }, id);

    private async Task<JsonElement> CreateAsync(string token, string product, int quantity, object? info = null, string? coupon = null) =>
        (await Client.CallAsync("POST /ecom/v1/checkouts", token, new
        {
            channelType = "WEB",
            lineItems = new[] { new { quantity, catalogReference = new { catalogItemId = product, appId = "stores" } } },
            checkoutInfo = info ?? new { },
            couponCode = coupon,
        }).JsonAsync()).GetProperty("checkout");

    /// <summary>Plugins that answer what a path is to be answered: JSON, or a status before it. Other paths have no plugin.</summary>
    private async Task<Receiver> StartPluginsAsync(Dictionary<string, string> answers)
    {
        var plugins = await Receiver.StartAsync();
        plugins.Answer = http =>
        {
            var answer = answers.Single(pair => http.Request.Path.Value!.EndsWith(pair.Key, StringComparison.Ordinal)).Value;
            if (char.IsAsciiDigit(answer[0]))
            {
                http.Response.StatusCode = int.Parse(answer[..3], System.Globalization.CultureInfo.InvariantCulture);
                answer = answer[4..];
            }

            return http.Response.WriteAsync(answer);
        };
        foreach (var type in WixEmulator.ServicePluginTypes)
        {
            if (WixEmulator.ServicePluginMethods(type).Values.Any(answers.ContainsKey))
                Wix.AddServicePlugin(type, new Uri(plugins.Address, $"/plugins/{type}"));
        }

        return plugins;
    }
}
