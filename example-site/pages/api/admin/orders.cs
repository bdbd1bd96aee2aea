using Endpoints.Wix;
using Endpoints.Wix.Ecom;

/// <summary>Lists all orders of the site, page by page: each answer has the cursor of the next page.</summary>
[Elevate(Callers.User, RateLimit = "60/1m", Only = [Orders.Calls.SearchOrders])]
public static class OrderPages
{
    private const int PageSize = 1; // so few that the example site has a second page

    public static async Task<Page> Get(string? cursor, ElevatedWixClient wix, CancellationToken cancellationToken)
    {
        var paging = new CursorPaging { Limit = PageSize };
        if (cursor is not null)
            paging.Cursor = cursor;
        var found = await wix.Ecom.Orders.SearchOrdersAsync(new() { CursorPaging = paging }, cancellationToken);
        return new(found.Orders.Select(static order => new Item(order.Id, order.Number, order.PaymentStatus?.ToString(),
            order.FulfillmentStatus?.ToString())), found.Metadata?.Cursors?.Next);
    }

    public sealed record Page(IEnumerable<Item> Orders, string? Next);

    public sealed record Item(string? Id, string? Number, string? Payment, string? Fulfillment);
}
