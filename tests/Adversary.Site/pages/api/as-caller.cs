using Adversary.Site.Work;
using Endpoints.Wix;

/// <summary>Not elevated: a call as the caller.</summary>
public static class AsCaller
{
    public static async Task<IResult> Get(HttpContext context, Caller caller, WixClient wix) =>
        Results.Ok(await Job.RunAsync(context, wix, "GET /api/as-caller", caller));
}
