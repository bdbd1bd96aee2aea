using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Endpoints.Wix.Emulator.Tests.Orders;

public sealed class OrderTests : EmulatorTest
{
    [Fact]
    public async Task A_member_sees_their_own_orders_and_the_app_all()
    {
        var ada = Wix.IssueToken(EmulatedIdentity.Member(Wix.Site.Members[0].Id));

        var forMember = await Client.CallAsync("POST /ecom/v1/orders/search", ada, new { }).JsonAsync();
        var forApp = await Client.CallAsync("POST /ecom/v1/orders/search", AppToken(), """{"search":{"filter":{"paymentStatus":"PAID"}}}""")
            .JsonAsync();
        using var other = await Client.CallAsync($"GET /ecom/v1/orders/{Order(1)["id"]}", ada);
        using var own = await Client.CallAsync($"GET /ecom/v1/orders/{Order(0)["id"]}", ada);

        Assert.Single(forMember.GetProperty("orders").EnumerateArray());
        Assert.Equal(2, forApp.GetProperty("orders").GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        Assert.Equal("29.00", (await own.JsonAsync()).Text("order", "priceSummary", "total", "amount"));
    }

    [Fact]
    public async Task A_payment_that_is_added_can_be_refunded()
    {
        var id = (string)Order(0)["id"]!;
        var payment = new { amount = new { amount = "5.00" }, regularPaymentDetails = new { offlinePayment = true } };
        var route = $"POST /ecom/v1/payments/orders/{id}/add-payment";

        var added = await Client.CallAsync(route, AppToken(), new { payments = new[] { payment } }).JsonAsync();
        using var nothing = await Client.CallAsync(route, AppToken(), """{"payments":[7]}""");
        var paymentId = added.GetProperty("paymentsIds")[0].GetString();
        var refund = await Client.CallAsync("POST /ecom/v1/order-billing/refund-payments", AppToken(),
            new { orderId = id, paymentRefunds = new[] { new { paymentId } } }).JsonAsync();

        Assert.Equal(2, added.GetProperty("orderTransactions").GetProperty("payments").GetArrayLength());
        Assert.Equal(HttpStatusCode.BadRequest, nothing.StatusCode);
        Assert.Equal("5.00", refund.GetProperty("refund").GetProperty("transactions")[0].Text("amount", "amount"));
        Assert.Equal("PARTIALLY_REFUNDED", (string?)Order(0)["paymentStatus"]);
    }

    [Fact]
    public async Task An_order_is_cancelled_once()
    {
        var route = $"POST /ecom/v1/orders/{Order(0)["id"]}/cancel";

        using var first = await Client.CallAsync(route, AppToken(), new { restockAllItems = true });
        using var second = await Client.CallAsync(route, AppToken(), new { });

        Assert.Equal("CANCELED", (await first.JsonAsync()).Text("order", "status"));
        Assert.Equal(HttpStatusCode.PreconditionRequired, second.StatusCode);
    }

    [Theory]
    [InlineData("""{"order":{"buyerLanguage":"de"}}""", HttpStatusCode.OK)]
    [InlineData("""{"order":{"paymentStatus":"PAID"}}""", HttpStatusCode.BadRequest)]
    public async Task Some_fields_of_an_order_can_be_changed(string body, HttpStatusCode status)
    {
        using var response = await Client.CallAsync($"PATCH /ecom/v1/orders/{Order(0)["id"]}", AppToken(), body);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task An_order_is_fulfilled_piece_by_piece_and_no_further()
    {
        var line = Order(0)["lineItems"]![0]!["id"]!.ToString();

        var first = await FulfilAsync(line, 1);
        Assert.Equal("PARTIALLY_FULFILLED", (string?)Order(0)["fulfillmentStatus"]);
        await FulfilAsync(line, 1);
        Assert.Equal("FULFILLED", (string?)Order(0)["fulfillmentStatus"]);
        using var third = await FulfilmentAsync(line, 1);
        using var unknown = await FulfilmentAsync("none", 1);

        Assert.NotEqual("", first.Text("fulfillmentId"));
        Assert.Equal(HttpStatusCode.BadRequest, third.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
    }

    [Fact]
    public async Task What_was_paid_is_refunded_and_no_more()
    {
        var orderId = (string)Order(0)["id"]!;
        var transactions = await Client.CallAsync($"GET /ecom/v1/payments/orders/{orderId}", AppToken()).JsonAsync();
        var paymentId = transactions.GetProperty("orderTransactions").GetProperty("payments")[0].Text("id");

        using var part = await RefundAsync(orderId, paymentId, "9.00");
        Assert.Equal("PARTIALLY_REFUNDED", (string?)Order(0)["paymentStatus"]);
        using var tooMuch = await RefundAsync(orderId, paymentId, "20.01");
        using var number = await RefundAsync(orderId, paymentId, 5);
        using var negative = await RefundAsync(orderId, paymentId, "-5.00");
        using var rest = await RefundAsync(orderId, paymentId, "20.00");

        Assert.Equal("9.00", (await part.JsonAsync()).GetProperty("refund").GetProperty("transactions")[0].Text("amount", "amount"));
        Assert.Equal(HttpStatusCode.PreconditionRequired, tooMuch.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, number.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, negative.StatusCode);
        Assert.Equal(HttpStatusCode.OK, rest.StatusCode);
        Assert.Equal("FULLY_REFUNDED", (string?)Order(0)["paymentStatus"]);
    }

    [Fact]
    public async Task One_refund_can_not_take_a_payment_twice()
    {
        var orderId = (string)Order(0)["id"]!;
        var paymentId = (string)Wix.Site.Entities(EmulatedEntityKind.OrderTransactions)[0]["payments"]![0]!["id"]!;

        using var response = await Client.CallAsync(
            "POST /ecom/v1/order-billing/refund-payments",
            AppToken(),
            new { orderId, paymentRefunds = Enumerable.Repeat(new { paymentId, amount = new { amount = "20.00" } }, 2) });

        Assert.Equal(HttpStatusCode.PreconditionRequired, response.StatusCode);
        Assert.Equal("PAID", (string?)Order(0)["paymentStatus"]);
    }

    [Fact]
    public async Task The_older_refund_call_works_too()
    {
        var orderId = (string)Order(0)["id"]!;
        var paymentId = (string)Wix.Site.Entities(EmulatedEntityKind.OrderTransactions)[0]["payments"]![0]!["id"]!;

        var answer = await Client.CallAsync(
            $"POST /ecom/v1/payments-collector/orders/{orderId}/trigger-refund", AppToken(),
            new { payments = new[] { new { paymentId } }, details = new { reason = "broken" } }).JsonAsync();

        Assert.NotEqual("", answer.Text("refundId"));
        Assert.Equal("FULLY_REFUNDED", (string?)Order(0)["paymentStatus"]);
    }

    private JsonObject Order(int index) => Wix.Site.Entities(EmulatedEntityKind.Order)[index];

    private Task<HttpResponseMessage> FulfilmentAsync(string line, int quantity) => Client.CallAsync(
        $"POST /ecom/v1/fulfillments/orders/{Order(0)["id"]}/create-fulfillment",
        AppToken(),
        new { fulfillment = new { lineItems = new[] { new { id = line, quantity } }, trackingInfo = new { trackingNumber = "1" } } });

    private Task<JsonElement> FulfilAsync(string line, int quantity) => FulfilmentAsync(line, quantity).JsonAsync();

    private Task<HttpResponseMessage> RefundAsync(string orderId, string paymentId, object amount) => Client.CallAsync(
        "POST /ecom/v1/order-billing/refund-payments", AppToken(),
        new { orderId, paymentRefunds = new[] { new { paymentId, amount = new { amount } } } });
}
