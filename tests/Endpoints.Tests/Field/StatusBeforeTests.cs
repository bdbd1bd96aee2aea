using System.Net;
using Endpoints.Tests.Hosting;
using Microsoft.AspNetCore.Hosting;

namespace Endpoints.Tests.Field;

/// <summary>
/// An error page is reached with the error's status already set. Whatever surrounds its handler, it is the page that is answered, with that
/// status.
/// </summary>
public class StatusBeforeTests
{
    private static readonly FileRoute[] Table =
    [
        Routes.File("/error/plain", typeof(Plain)), Routes.File("/error/filtered", typeof(Filtered)),
        Routes.File("/error/made", typeof(Made)),
        Routes.File("/error/bound", typeof(Bound)), Routes.File("/error/none", typeof(NoParameters)),
    ];

    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (var page in (string[])["plain", "filtered", "made", "bound?number=7", "none"])
            {
                foreach (var status in (int[])[400, 401, 403, 404, 405, 413, 418, 500, 503])
                    cases.Add(page, status);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A2_A_page_is_answered_with_the_status_that_was_set_before(string page, int status)
    {
        await using var site = await Site.StartAsync(Table, options: null, pipeline: app => app.Use((context, next) =>
        {
            context.Response.StatusCode = status;
            return next(context);
        }));

        using var response = await site.SendAsync("GET", "/error/" + page);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(page == "none" ? "the page" : $"the page for {status}", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("filtered")]
    [InlineData("made")]
    [InlineData("bound?number=7")]
    public async Task A2_A_page_that_is_executed_again_is_answered_for_the_error(string page)
    {
        await using var site = await Site.StartAsync(
            Table,
            options: null,
            pipeline: app =>
            {
                var (path, query) = (page.Split('?')[0], page.Contains('?', StringComparison.Ordinal) ? "?" + page.Split('?')[1] : "");
                app.UseStatusCodePagesWithReExecute("/error/" + path, query);
                app.UseRouting();
            });

        using var response = await site.SendAsync("GET", "/elsewhere");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("the page for 404", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("bound?number=x")]
    [InlineData("bound")]
    public async Task A2_What_can_not_be_bound_is_refused_for_all_that(string page)
    {
        await using var site = await Site.StartAsync(Table, options: null, pipeline: app => app.Use((context, next) =>
        {
            context.Response.StatusCode = 404;
            return next(context);
        }));

        using var response = await site.SendAsync("GET", "/error/" + page);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("invalid-parameter", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>Adds two filters, the inner of which looks at the request.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class LookedAtAttribute : Attribute, IEndpointConvention
    {
        public void Apply(EndpointBuilder builder)
        {
            builder.FilterFactories.Add(static (_, next) => next.Invoke);
            builder.FilterFactories.Add(static (_, next) => async call =>
            {
                Assert.NotNull(call.HttpContext.GetEndpoint());
                Assert.True(call.HttpContext.Response.StatusCode >= 400);
                return await next(call);
            });
        }
    }

    public static class Plain
    {
        public static string Get(HttpResponse response) => $"the page for {response.StatusCode}";
    }

    [LookedAt]
    public static class Filtered
    {
        public static string Get(HttpResponse response) => $"the page for {response.StatusCode}";
    }

    [LookedAt]
    public static class NoParameters
    {
        public static string Get() => "the page";
    }

    [LookedAt]
    public sealed class Made(IWebHostEnvironment environment) : IDisposable
    {
        public string Get(HttpContext context) => $"the page{(environment is null ? "?" : "")} for {context.Response.StatusCode}";

        public void Dispose()
        {
        }
    }

    [LookedAt]
    public static class Bound
    {
        public static async Task<IResult> Get(HttpContext context, int number)
        {
            await Task.Yield();
            return TypedResults.Text($"the page for {context.Response.StatusCode}{(number == 7 ? "" : "?")}");
        }
    }
}
