using Adversary.Site.Work;
using Endpoints.Wix;

/// <summary>Not elevated: whom any endpoint sees.</summary>
public static class Who
{
    public static IResult Get(HttpContext context, Caller caller) => Results.Ok(Job.Describe(context, "GET /api/who", caller));

    public static IResult Post(HttpContext context, Caller caller, OrderChange change) =>
        Results.Ok(Job.Describe(context, "POST /api/who", caller, change.Note is null ? null : ""));
}
