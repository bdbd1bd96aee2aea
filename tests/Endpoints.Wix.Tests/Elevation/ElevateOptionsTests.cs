using Endpoints.Wix.Tests.Hosting;
using Microsoft.AspNetCore.Routing;

namespace Endpoints.Wix.Tests.Elevation;

/// <summary>The settings of <c>.Elevate(callers, options => ...)</c>, and an endpoint's metadata about its guards.</summary>
public sealed class ElevateOptionsTests
{
    [Fact]
    public async Task An_endpoint_says_what_guards_it_whatever_has_put_the_guards_there()
    {
        await using var site = await WixSite.StartAsync(
            static app =>
            {
                app.MapGet("/call", () => "in").Elevate(Callers.Visitor | Callers.Member, options =>
                {
                    options.RateLimit = "30/1m";
                    options.Policy = "Known";
                    options.Only = ["GET /site-properties/*"];
                    options.Check = typeof(Nobody);
                });
                app.MapGroup("/group").Elevate(Callers.App).MapGet("/", () => "in");
                app.MapGet("/attribute", [Elevate(Callers.User, Only = ["GET /a"])] () => "in")
                    .Elevate(Callers.Visitor, options => options.RateLimit = "1/1m");
                app.MapGet("/open", () => "in");
            },
            build: static builder =>
                builder.Services.AddAuthorizationBuilder().AddPolicy("Known", static policy => policy.RequireAssertion(static _ => true))
                .Services.AddWix(static _ => { }).AddElevationCheck<Nobody>());

        var call = Of(site, "/call")!;
        Assert.Equal((Callers.Visitor | Callers.Member, "30/1m", "Known", typeof(Nobody)),
            (call.Callers, call.RateLimit, call.Policy, call.Check));
        Assert.Equal(["GET /site-properties/*"], call.Only!);
        var group = Of(site, "/group/")!;
        Assert.Equal((Callers.App, null, null, null, null), (group.Callers, group.RateLimit, group.Policy, group.Check, group.Only));
        // The attribute counts before the call, and nothing of the call is mixed in.
        var attribute = Of(site, "/attribute")!;
        Assert.Equal((Callers.User, null), (attribute.Callers, attribute.RateLimit));
        Assert.Equal(["GET /a"], attribute.Only!);
        Assert.Null(Of(site, "/open"));
    }

    [Fact]
    public async Task What_is_done_to_the_options_or_to_what_an_endpoint_says_afterwards_changes_nothing()
    {
        ElevateOptions? kept = null;
        string[] calls = ["GET /nothing"];
        await using var site = await WixSite.StartAsync(app => app
            .MapGet("/", async (ElevatedWixClient wix) => (await wix.SiteProperties.GetSitePropertiesAsync()).Properties.SiteDisplayName)
            .Elevate(Callers.Visitor, options =>
            {
                options.Only = calls;
                kept = options;
            }));

        kept!.Only = null;
        calls[0] = "* /*";
        Assert.Throws<NotSupportedException>(() => ((IList<string>)Of(site, "/")!.Only!)[0] = "* /*");

        Assert.Contains("does not cover", (await Assert.ThrowsAsync<InvalidOperationException>(() => site.GetAsync("/"))).Message,
            StringComparison.Ordinal);
        Assert.Equal(0, site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    [Fact]
    public async Task What_the_lambda_throws_stops_the_start() =>
        Assert.Same(
            Failure, await Record.ExceptionAsync(
                () => WixSite.StartAsync(static app => app.MapGet("/", () => "in").Elevate(Callers.Visitor, static _ => throw Failure))));

    private static readonly InvalidOperationException Failure = new("no settings");

    private static IElevateMetadata? Of(WixSite site, string route) => site.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>().Single(endpoint => endpoint.RoutePattern.RawText == route).Metadata.GetMetadata<IElevateMetadata>();

    private sealed class Nobody : IElevationCheck
    {
        public ValueTask<bool> IsAllowedAsync(ElevationCheckContext context, CancellationToken cancellationToken) => new(false);
    }
}
