using Adversary.Site.Work;
using Endpoints.Wix;

/// <summary>Works with the account's API key.</summary>
[Elevate(Callers.User, Only = ["POST /members/v1/members/query"])]
public static class KeyFile
{
    public static async Task<IResult> Get(HttpContext context, AdminWixClient wix) =>
        Results.Ok(await Job.RunAsync(context, wix, "GET /api/key"));
}
