using Adversary.Site.Work;
using Endpoints.Wix;

/// <summary>Guarded by its folder; a class with the client injected.</summary>
public sealed class Profile(ElevatedWixClient wix, WixClient own)
{
    public async Task<IResult> Get(HttpContext context, Caller caller)
    {
        await Job.RunAsync(context, own, "GET /api/members/profile as caller", caller);
        return Results.Ok(await Job.RunAsync(context, wix, "GET /api/members/profile", caller));
    }

    public async Task<IResult> Patch(HttpContext context, OrderChange change) =>
        Results.Ok(await Job.RunAsync(context, wix, "PATCH /api/members/profile", resource: change.Note is null ? null : ""));
}
