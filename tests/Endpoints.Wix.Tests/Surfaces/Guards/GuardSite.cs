using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Surfaces.Guards;

/// <summary>Applications whose check allows the caller that a header names, and what starts them.</summary>
internal static class GuardSite
{
    public const string Ran = "ran";

    public static RequestDelegate Answer { get; } = static async context =>
    {
        context.RequestServices.GetRequiredService<Journal>().Add(Ran);
        await context.Response.WriteAsync(Ran);
    };

    public static async Task<(WixSite Site, Journal Journal)> StartAsync(Action<WebApplication> map,
        Action<WebApplicationBuilder>? build = null)
    {
        var journal = new Journal();
        return (await WixSite.StartAsync(map, build: builder =>
        {
            builder.Services.AddSingleton(journal).AddScoped<Asked>();
            build?.Invoke(builder);
        }), journal);
    }

    public static async Task StopsAsync(string what, Action<WebApplication> map, Action<WebApplicationBuilder>? build = null)
    {
        var failure = await Record.ExceptionAsync(async () => await (await StartAsync(map, build)).Site.DisposeAsync());
        Assert.True(failure is InvalidOperationException, $"{what}: {failure?.ToString() ?? "it started"}");
        Assert.Contains("levate", failure!.Message, StringComparison.Ordinal);
    }

    /// <summary>Nobody gets to what is guarded but who may call and is allowed by the check.</summary>
    public static async Task HoldsAsync(string what, WixSite site, Journal journal, string method, string path, bool hasCheck = true,
        string? body = Ran)
    {
        foreach (var (token, allowed, status) in new[]
        {
            (null, true, HttpStatusCode.Unauthorized), (site.Wix.IssueToken(EmulatedIdentity.User()), true, HttpStatusCode.Forbidden),
            (site.Wix.IssueToken(EmulatedIdentity.Member()), !hasCheck, hasCheck ? HttpStatusCode.NotFound : HttpStatusCode.OK),
            (site.Wix.IssueToken(EmulatedIdentity.Member()), true, HttpStatusCode.OK),
        })
        {
            journal.Clear();
            var answer = await site.SendAsync(method, path, token, headers: (Asked.Header, allowed ? "yes" : "no"));
            Assert.True(status == answer.Status, $"{what}: {method} {path}, {status} wanted: {(int)answer.Status} {answer.Body}");
            if (status == HttpStatusCode.OK && body is not null)
                Assert.True(answer.Body.Contains(body, StringComparison.Ordinal), what + answer.Body);
            Assert.True(status == HttpStatusCode.OK || !journal.Lines.Contains(Ran), what);
            if (hasCheck && token is not null && status is HttpStatusCode.OK or HttpStatusCode.NotFound)
                Assert.True(!hasCheck || journal.Lines.Contains("asked"), what);
        }
    }

    internal sealed class Asked(Journal journal) : IElevationCheck
    {
        public const string Header = "X-Allowed";

        public ValueTask<bool> IsAllowedAsync(ElevationCheckContext context, CancellationToken cancellationToken)
        {
            journal.Add("asked");
            return new(context.HttpContext.Request.Headers[Header] == "yes");
        }
    }
}
