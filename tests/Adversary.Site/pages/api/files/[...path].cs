using Adversary.Site.Work;
using Endpoints.Wix;

[Elevate(Callers.User | Callers.App)]
public static class Files
{
    public static async Task<IResult> All(HttpContext context, string? path, ElevatedWixClient wix) =>
        Results.Ok(await Job.RunAsync(context, wix, "ALL /api/files/[...path]", resource: path is null ? null : ""));
}
