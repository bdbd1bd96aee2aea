using Endpoints.Wix;
using Endpoints.Wix.Ecom;

namespace ExampleSite.Jobs;

/// <summary>Counts all orders of the site with the account's API key.</summary>
public sealed class CountOrders(AdminWixClient admin, JobNotes notes, TimeProvider time, ILogger<CountOrders> logger)
    : NightlyJob(time, logger)
{
    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        var (count, unpaid) = (0, 0);
        var search = new CursorSearch { CursorPaging = new() { Limit = 100 } };
        await foreach (var order in admin.Ecom.Orders.SearchOrdersAllAsync(search, cancellationToken))
        {
            count++;
            unpaid += order.PaymentStatus?.ToString() == "NOT_PAID" ? 1 : 0;
        }

        notes.Add("jobs/CountOrders.cs", $"There are {count} orders, {unpaid} of them not paid.");
    }
}
