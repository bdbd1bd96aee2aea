using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Happenings;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Platform;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Orders;

/// <summary>Serves eCommerce orders: search, update, cancel, fulfill.</summary>
internal sealed class OrderEndpoints(TimeProvider time)
{
    private const string Root = "/ecom/v1/orders";

    public IEnumerable<Operation> Operations =>
    [
        Ops.Read($"POST {Root}/search", Access.Member, "ECOM.READ_ORDERS", Search),
        Ops.Read($"GET {Root}/{{id}}", Access.Member, "ECOM.READ_ORDERS", static (request, data) =>
        {
            var order = data.Orders.Get(request.RouteValue("id"));
            return IsVisible(request, order) ? One(order) : throw ApiException.NotFound("order", request.RouteValue("id"));
        }),
        Ops.Write($"PATCH {Root}/{{id}}", Access.Restricted, "ECOM.MODIFY_ORDERS", Update),
        Ops.Write($"POST {Root}/{{id}}/cancel", Access.Restricted, "ECOM.MODIFY_ORDERS", Cancel),
        Ops.Write("POST /ecom/v1/fulfillments/orders/{id}/create-fulfillment", Access.Restricted, "ECOM.MODIFY_FULFILLMENTS", Fulfil),
    ];

    private static Answer One(JsonObject order) => Answer.Json(new JsonObject { ["order"] = order.DeepClone() });

    private static bool IsVisible(ApiRequest request, JsonObject order) =>
        request.IsPrivileged || order["buyerInfo"].At("memberId").AsText() == request.Caller.Id;

    private static Answer Search(ApiRequest request, SiteData data)
    {
        var visible = data.Orders.All.Where(order => IsVisible(request, order));
        var result = Querying.Query.Read(request.Json["search"], defaultLimit: 100, maxLimit: 100).Run(visible);
        return Answer.Json(new JsonObject { ["orders"] = result.Copies(), ["metadata"] = result.ByCursor() });
    }

    private Answer Update(ApiRequest request, SiteData data)
    {
        var order = data.Orders.Get(request.RouteValue("id"));
        var given = request.Json["order"] as JsonObject ?? throw ApiException.Violation("order", "must be an object");
        string[] allowed = ["id", "buyerInfo", "buyerLanguage", "billingInfo", "shippingInfo", "recipientInfo", "attributionSource",
            "extendedFields", "archived", "externalOrderId"];
        foreach (var (name, _) in given)
        {
            if (!allowed.Contains(name))
                throw ApiException.Violation($"order.{name}", "can't be changed here", "FIELD_NOT_ALLOWED");
        }

        var before = order.Copy();
        foreach (var (name, value) in given.Where(static pair => pair.Key != "id"))
            order[name] = value?.DeepClone();
        return Touched(request, before, order);
    }

    private Answer Cancel(ApiRequest request, SiteData data)
    {
        var order = data.Orders.Get(request.RouteValue("id"));
        if (order["status"].AsText() != "APPROVED" || order["fulfillmentStatus"].AsText() == "FULFILLED")
        {
            throw new ApiException(Answer.Error(
                428, "ORDER_CANNOT_BE_CANCELED",
                $"An order that is {order["status"]} and {order["fulfillmentStatus"]} can't be canceled."));
        }

        var before = order.Copy();
        order["status"] = "CANCELED";
        var answer = Touched(request, before, order);
        request.Raise(EmulatedEvent.Action(Entities.Order, "canceled", request.RouteValue("id"), new()
        {
            ["order"] = order.DeepClone(),
            ["restockAllItems"] = request.Json["restockAllItems"].AsFlag() == true,
            ["sendOrderCanceledEmail"] = request.Json["sendOrderCanceledEmail"].AsFlag() == true,
            ["customMessage"] = request.Json["customMessage"].AsText(),
        }));
        return answer;
    }

    private Answer Fulfil(ApiRequest request, SiteData data)
    {
        var order = data.Orders.Get(request.RouteValue("id"));
        if (request.Json["fulfillment"] is not JsonObject given || given["lineItems"] is not JsonArray { Count: > 0 } lines)
            throw ApiException.Violation("fulfillment.lineItems", "must hold at least one line item", "MIN_SIZE");
        if (order["status"].AsText() == "CANCELED")
            throw new ApiException(Answer.Error(428, "ORDER_CANCELED", "A canceled order can't be fulfilled."));
        var earlier = order.Copy();
        var fulfillments = order["fulfillments"] as JsonArray ?? [];
        foreach (var line in lines)
        {
            var ordered = (order["lineItems"] as JsonArray)?.FirstOrDefault(item => item.At("id").AsText() == line.At("id").AsText())
                ?? throw ApiException.Violation("fulfillment.lineItems.id", "is not a line item of the order", "NOT_FOUND");
            var before = Fulfilled(fulfillments, line.At("id").AsText());
            if ((line.At("quantity").AsNumber() ?? 1) + before > (ordered.At("quantity").AsNumber() ?? 1))
                throw ApiException.Violation("fulfillment.lineItems.quantity", "is more than was ordered", "RANGE");
        }

        var fulfillment = given.Copy();
        var id = Guid.NewGuid().ToString();
        fulfillment["id"] = id;
        fulfillment["createdDate"] = Dates.Text(time.GetUtcNow());
        fulfillments.Add(fulfillment);
        if (fulfillments.Parent is null)
            order["fulfillments"] = fulfillments;
        var complete = (order["lineItems"] as JsonArray)!.All(item => // checked above
            Fulfilled(fulfillments, item.At("id").AsText()) >= (item.At("quantity").AsNumber() ?? 1));
        order["fulfillmentStatus"] = complete ? "FULFILLED" : "PARTIALLY_FULFILLED";
        Touched(request, earlier, order);
        var with = new JsonObject { ["orderId"] = order["id"]?.DeepClone(), ["fulfillments"] = fulfillments.DeepClone() };
        request.Raise(EmulatedEvent.Updated(Entities.Fulfillments, request.RouteValue("id"), with));
        if (complete)
        {
            request.Raise(EmulatedEvent.Action(Entities.Order, "fulfilled", request.RouteValue("id"), new()
            {
                ["order"] = order.DeepClone(),
                ["previousFulfillmentStatus"] = earlier["fulfillmentStatus"]?.DeepClone(),
                ["newFulfillmentStatus"] = "FULFILLED",
            }));
        }

        return Answer.Json(new JsonObject { ["orderWithFulfillments"] = with, ["fulfillmentId"] = id });
    }

    private static decimal Fulfilled(JsonArray fulfillments, string? lineId) => fulfillments
        .SelectMany(static f => f.At("lineItems") as JsonArray ?? [])
        .Where(line => line.At("id").AsText() == lineId)
        .Sum(static line => line.At("quantity").AsNumber() ?? 1);

    private Answer Touched(ApiRequest request, JsonObject before, JsonObject order)
    {
        order["updatedDate"] = Dates.Text(time.GetUtcNow());
        request.Raise(Entities.Updated(Entities.Order, before, order));
        return One(order);
    }
}
