using Adversary.Site.Work;
using Endpoints.Wix;

[Elevate(Callers.Visitor | Callers.Member, RateLimit = "1000000/1m")]
public static class MyApi
{
    public static async Task<IResult> Get(HttpContext context, Caller caller, WixAuth auth, SiteProperties siteProperties,
        ElevatedWixClient wix)
    {
        var properties = await auth.Elevate(siteProperties.GetSitePropertiesAsync)();
        return Results.Ok(
            await Job.RunAsync(context, wix, "GET /api/my-api", caller, properties.Properties.BusinessName is null ? null : ""));
    }

    public static async Task<IResult> Post(HttpContext context, OrderChange change, ElevatedWixClient wix) =>
        Results.Ok(await Job.RunAsync(context, wix, "POST /api/my-api", resource: change.Note is null ? null : ""));
}
