using Endpoints.Wix;

namespace GuardedSite.Pages;

[Elevate(Callers.Member, RateLimit = "1/1d")]
public static class Order
{
    public static Task<string> Get(string id, ElevatedWixClient wix) => Work.Run(id.Length > 0 ? wix : wix);

    [Elevate(Callers.Member | Callers.User, Policy = "Staff", Check = typeof(OwnsOrder))]
    public static Task<string> Post(string id, OrderChange change, ElevatedWixClient wix) =>
        Work.Run(id.Length + change.Note.Length > 0 ? wix : wix);
}
