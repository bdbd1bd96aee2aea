using System.Net;
using Endpoints.Tests.Hosting;

namespace Endpoints.Tests.Problems;

public class FailureBoundaryTests
{
    [Fact]
    public async Task A_request_that_times_out_is_answered_by_the_request_timeouts_middleware()
    {
        await using var site = await Site.StartAsync(
            builder => builder.Services.AddFileRoutes().AddRequestTimeouts(),
            app =>
            {
                app.UseRequestTimeouts();
                app.MapFileRoutes([Routes.File("/slow", typeof(Slow))]).WithRequestTimeout(TimeSpan.FromMilliseconds(50));
            });

        using var response = await site.SendAsync("GET", "/slow");

        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
    }

    [Theory]
    [InlineData("/failing", 500)]
    [InlineData("/failing?number=abc", 400)]
    public async Task A_failure_keeps_the_headers_of_the_application_and_drops_those_of_the_abandoned_answer(string path, int status)
    {
        await using var site = await Site.StartAsync(
            [Routes.File("/failing", typeof(Failing))],
            options: null,
            pipeline: app => app.Use((context, next) =>
            {
                context.Response.Headers.XFrameOptions = "DENY";
                context.Response.Headers.Vary = "Origin";
                return next(context);
            }));

        using var response = await site.SendAsync("GET", path);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("DENY", Assert.Single(response.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("Origin", Assert.Single(response.Headers.Vary));
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        Assert.Null(response.Headers.ETag);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    private static class Slow
    {
        public static async Task<string> Get(CancellationToken cancellationToken)
        {
            await Task.Delay(TimeSpan.FromMinutes(1), cancellationToken);
            return "late";
        }
    }

    private static class Failing
    {
        public static string Get(HttpContext context, int? number = null)
        {
            context.Response.Headers.ETag = "\"1\"";
            context.Response.Headers.CacheControl = "public, max-age=3600";
            context.Response.Cookies.Append("half", "done");
            throw new InvalidOperationException($"{number}");
        }
    }
}
