using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Surfaces;

/// <summary>An application may say more in the document of a refusal, and can't make anything else of the refusal.</summary>
public sealed class ApplicationProblemTests
{
    private static readonly string[] Surfaces = ["file", "minimal", "group", "controller", "page"];

    private static readonly string[] Ways = ["adds", "throws", "admits", "writer throws", "writer admits"];

    public static TheoryData<string, string> All
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var surface in Surfaces)
            {
                foreach (var way in Ways)
                    all.Add(surface, way);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_refusal_stays_a_refusal_whatever_is_made_of_its_document(string surface, string how)
    {
        await using var site = await SurfaceSite.StartAsync(surface, builder =>
        {
            if (how.StartsWith("writer", StringComparison.Ordinal))
                builder.Services.AddSingleton<IProblemDetailsWriter>(new Writer(how)).AddProblemDetails();
            else
                builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = context => Customize(context, how));
        });
        var wix = site.Site.Wix;

        await RefusedAsync(HttpStatusCode.Unauthorized, "token-not-accepted", "forged");
        await RefusedAsync(HttpStatusCode.Unauthorized, "not-authenticated", null);
        await RefusedAsync(HttpStatusCode.Forbidden, "caller-not-allowed", wix.IssueToken(EmulatedIdentity.User("olivia")));
        await RefusedAsync(HttpStatusCode.Forbidden, "caller-not-allowed", wix.IssueToken(EmulatedIdentity.Member("mallory")));
        await RefusedAsync(HttpStatusCode.NotFound, "resource-not-found", wix.IssueToken(EmulatedIdentity.Member("bob")));
        if (surface != "controller") // where [ApiController] answers before
            await RefusedAsync(HttpStatusCode.BadRequest, "validation", wix.IssueToken(EmulatedIdentity.Member("alice")),
                """{"quantity":-1}""");

        async Task RefusedAsync(HttpStatusCode status, string problem, string? token, string body = """{"quantity":3}""")
        {
            var (answer, journal) = await site.ChangeAsync(token: token, body: body);

            Assert.Equal(status, answer.Status);
            if (problem != "validation")
                Assert.Equal("no-store", answer.Header("Cache-Control"));
            if (how == "writer admits")
                Assert.Equal("""{"admitted":true}""", answer.Body);
            else
                Assert.Equal(problem, answer.Problem);
            if (how == "adds")
                Assert.Equal("harbour", answer.Json.GetProperty("shop").GetString());
            Assert.DoesNotContain(journal, static line => line.StartsWith("handler", StringComparison.Ordinal));
            Assert.Equal(0, wix.CountOf(WixSite.GetSiteProperties));
        }
    }

    private static void Customize(ProblemDetailsContext context, string how)
    {
        context.ProblemDetails.Extensions["shop"] = "harbour";
        if (how == "adds")
            return;
        (context.ProblemDetails.Status, context.ProblemDetails.Type, context.HttpContext.Response.StatusCode) = (200, "admitted", 200);
        context.HttpContext.Response.Headers.CacheControl = "public, max-age=600";
        if (how == "throws")
            throw new InvalidOperationException("The application's own code.");
    }

    private sealed class Writer(string how) : IProblemDetailsWriter
    {
        public bool CanWrite(ProblemDetailsContext context) => true;

        public async ValueTask WriteAsync(ProblemDetailsContext context)
        {
            context.HttpContext.Response.StatusCode = 200;
            context.HttpContext.Response.Headers.CacheControl = "public, max-age=600";
            if (how == "writer throws")
                throw new InvalidOperationException("The application's own code.");
            await context.HttpContext.Response.WriteAsJsonAsync(new { admitted = true });
        }
    }
}
