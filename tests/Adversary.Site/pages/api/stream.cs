using Adversary.Site.Work;
using Endpoints.Wix;

/// <summary>Reads its body itself.</summary>
[Elevate(Callers.Member | Callers.User | Callers.App)]
public static class StreamFile
{
    public static async Task<IResult> Post(HttpContext context, Stream body, ElevatedWixClient wix)
    {
        await body.CopyToAsync(Stream.Null, context.RequestAborted);
        return Results.Ok(await Job.RunAsync(context, wix, "POST /api/stream"));
    }
}
