using Adversary.Site.Work;
using Endpoints.Wix;

/// <summary>An order is its owner's.</summary>
[Elevate(Callers.Member | Callers.User, RateLimit = "1000000/1m", Check = typeof(OwnsOrder))]
public static class Order
{
    public static async Task<IResult> Get(HttpContext context, string id, Caller caller, ElevatedWixClient wix) =>
        Results.Ok(await Job.RunAsync(context, wix, "GET /api/orders/[id]", caller, id));

    public static async Task<IResult> Put(HttpContext context, string id, OrderChange change, ElevatedWixClient wix) =>
        Results.Ok(await Job.RunAsync(context, wix, "PUT /api/orders/[id]", resource: change.Quantity > 0 ? id : ""));
}
