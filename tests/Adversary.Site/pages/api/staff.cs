using Adversary.Site.Work;
using Endpoints.Wix;

[Elevate(Callers.Member, Policy = "Staff")]
public static class Staff
{
    public static async Task<IResult> Get(HttpContext context, ElevatedWixClient wix) =>
        Results.Ok(await Job.RunAsync(context, wix, "GET /api/staff"));

    public static async Task<IResult> Delete(HttpContext context, ElevatedWixClient wix) =>
        Results.Ok(await Job.RunAsync(context, wix, "DELETE /api/staff"));
}
