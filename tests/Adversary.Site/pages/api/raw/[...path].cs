using Adversary.Site.Work;
using Endpoints.Wix;

/// <summary>The app's calls are limited, and the client chooses the call.</summary>
[Elevate(Callers.Visitor | Callers.Member | Callers.User, Only = ["GET /site-properties/*", "POST /members/v1/members/query"])]
public static class Raw
{
    public static async Task<IResult> Get(HttpContext context, string? path, string? target, ElevatedWixClient wix)
    {
        var report = await Job.RunAsync(context, wix, "GET /api/raw/[...path]");
        try
        {
            await wix.FetchWithAuthAsync(HttpMethod.Get, target ?? "/site-properties/" + path, cancellationToken: context.RequestAborted);
            return Results.Ok(report);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            return Results.BadRequest();
        }
    }
}
