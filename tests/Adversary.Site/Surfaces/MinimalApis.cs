using Adversary.Site.Work;
using Endpoints.Wix;
using Microsoft.AspNetCore.Authorization;

namespace Adversary.Site.Surfaces;

internal static class MinimalApis
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/minimal/{number:int}", static (HttpContext context, ElevatedWixClient wix, Caller caller) =>
            Job.RunAsync(context, wix, "GET /minimal/{number:int}", caller)).Elevate(Callers.Visitor | Callers.Member,
                options => options.RateLimit = "1000000/1m");
        app.MapPost("/minimal", static (HttpContext context, OrderChange change, ElevatedWixClient wix) =>
            Job.RunAsync(context, wix, "POST /minimal", resource: change.Note is null ? null : "")).Elevate(Callers.Visitor | Callers.User);
        app.MapGet("/widget", static (HttpContext context, ElevatedWixClient wix) => Job.RunAsync(context, wix, "GET /widget"))
            .Elevate(Callers.Member);
        app.MapGet("/open", static (HttpContext context, ElevatedWixClient wix) =>
            Job.RunAsync(context, wix, context.Items["as"] as string ?? "GET /open"))
            .Elevate(Callers.Visitor | Callers.Member | Callers.User | Callers.App);

        var jobs = app.MapGroup("/jobs").Elevate(Callers.App);
        jobs.MapPost("/sync", static (HttpContext context, ElevatedWixClient wix) => Job.RunAsync(context, wix, "POST /jobs/sync"));
        jobs.MapGet("/{id}", static (HttpContext context, string id, ElevatedWixClient wix) =>
            Job.RunAsync(context, wix, "GET /jobs/{id}", resource: id))
            .Elevate(Callers.Member, options => options.Check = typeof(OwnsOrder));

        var admin = app.MapGroup("/admin").Elevate(Callers.User);
        admin.MapGet("/report", static (HttpContext context, ElevatedWixClient wix) => Job.RunAsync(context, wix, "GET /admin/report"));
        admin.MapDelete("/report/{id:guid}",
            static (HttpContext context, ElevatedWixClient wix) => Job.RunAsync(context, wix, "DELETE /admin/report/{id:guid}"));

        app.MapGet("/events", static async (HttpContext context, ElevatedWixClient wix) =>
        {
            var report = await Job.RunAsync(context, wix, "GET /events");
            return TypedResults.ServerSentEvents(Once(report));
        }).Elevate(Callers.Member);

        MapAccounts(app);
        app.MapGet("/cached", static () => "the same for everybody").CacheOutput();
        app.MapGet("/mine", static (HttpContext context, Caller caller) => Job.Describe(context, "GET /mine", caller));
        app.MapGet("/authorized", static (HttpContext context) => Job.Describe(context, "GET /authorized"))
            .RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = WixDefaults.AuthenticationScheme });
        app.MapHealthChecks("/health");
        app.MapFallback("/fallback/{*rest}",
            static (HttpContext context, ElevatedWixClient wix) => Job.RunAsync(context, wix, "ALL /fallback/{*rest}"))
            .Elevate(Callers.Member);
    }

    /// <summary>Endpoints that go by the application's own cookie, beside Wix or alone.</summary>
    private static void MapAccounts(WebApplication app)
    {
        app.MapGet("/account", static (HttpContext context) => Job.Describe(context, "GET /account")).RequireAuthorization("Account");
        app.MapPost("/account/orders", static (HttpContext context, ElevatedWixClient wix, Caller caller) =>
            Job.RunAsync(context, wix, "POST /account/orders", caller))
            .Elevate(Callers.Visitor, options => options.Policy = "Account");
        app.MapPost("/account/required", static (HttpContext context, ElevatedWixClient wix, Caller caller) =>
            Job.RunAsync(context, wix, "POST /account/required", caller))
            .Elevate(Callers.Visitor).RequireAuthorization("Account");
    }

    private static async IAsyncEnumerable<Report> Once(Report report)
    {
        await Task.Yield();
        yield return report;
    }
}
