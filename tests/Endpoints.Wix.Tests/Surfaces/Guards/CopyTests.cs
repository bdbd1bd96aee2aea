using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;

namespace Endpoints.Wix.Tests.Surfaces.Guards;

/// <summary>
/// The guards stand in what an endpoint calls and not in what it lists: whoever copies an endpoint, or takes its metadata away, gets no
/// handler past them, and no grant.
/// </summary>
public sealed class CopyTests
{
    private static readonly string[] Surfaces =
        ["minimal API", "group", "endpoint file", "MVC action", "mapped action", "Razor Page", "mapped page"];

    private static readonly string[] Copies =
        ["all metadata", "no metadata of the library", "no guard", "no metadata but the framework's own", "no metadata", "an empty "
            + "builder's"];

    public static TheoryData<string, string> Copied
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var surface in Surfaces)
            {
                foreach (var copy in Copies)
                    rows.Add(surface, copy);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Copied))]
    public async Task S56_A_copy_that_middleware_puts_in_the_endpoints_place_leads_past_no_guard(string surface, string copy)
    {
        var (site, journal) = await StartAsync(surface, app => app.Use((context, next) =>
        {
            if (context.GetEndpoint() is { } endpoint)
                context.SetEndpoint(new Endpoint(endpoint.RequestDelegate, new(Kept(endpoint.Metadata, copy)), "copy"));
            return next(context);
        }));
        await using (site)
            await HoldsOrFailsAsync($"{surface}, {copy}", site, journal);
    }

    [Theory]
    [MemberData(nameof(Copied))]
    public async Task S56_Metadata_that_a_last_convention_takes_away_takes_no_guard_with_it(string surface, string copy)
    {
        WixSite site;
        Journal journal;
        try
        {
            (site, journal) = await StartAsync(surface, end: builder =>
            {
                var kept = Kept(new(builder.Metadata), copy);
                builder.Metadata.Clear();
                foreach (var item in kept)
                    builder.Metadata.Add(item);
            });
        }
        catch (InvalidOperationException)
        {
            return; // without its own metadata an endpoint file is not even one
        }

        await using (site)
            await HoldsOrFailsAsync($"{surface}, {copy}", site, journal);
    }

    [Theory]
    [InlineData("minimal API")]
    [InlineData("group")]
    [InlineData("mapped action")]
    [InlineData("mapped page")]
    public async Task S56_Metadata_that_is_taken_away_before_the_guards_are_put_up_stops_the_start(string surface)
    {
        var failure = await Record.ExceptionAsync(async () =>
            await (await StartAsync(surface, convention: static builder => builder.Metadata.Clear())).Site.DisposeAsync());

        Assert.True(failure is InvalidOperationException, $"{surface}: {failure?.ToString() ?? "it started"}");
        Assert.Contains("levate", failure!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Copied))]
    public async Task S56_A_delegate_of_ones_own_gets_no_grant_from_an_endpoints_metadata(string surface, string copy)
    {
        var (site, _) = await StartAsync(surface, app => app.Use((context, next) =>
        {
            if (context.GetEndpoint() is { } endpoint)
                context.SetEndpoint(new Endpoint(TryAsync, new(Kept(endpoint.Metadata, copy)), "copy"));
            return next(context);
        }));
        await using (site)
        {
            var member = site.Wix.IssueToken(EmulatedIdentity.Member());
            var answer = await site.GetAsync("/it", member, headers: (GuardSite.Asked.Header, "yes"));

            Assert.Contains("Elevation has not been granted here", answer.Body, StringComparison.Ordinal);
            Assert.Equal(0, site.Wix.CountOf(WixSite.GetSiteProperties));
        }
    }

    [Theory]
    [InlineData("minimal API")]
    [InlineData("group")]
    [InlineData("endpoint file")]
    [InlineData("mapped action")]
    public async Task S56_An_endpoint_that_is_answered_by_routing_itself_is_guarded(string surface)
    {
        var (site, journal) = await StartAsync(surface, isShortCircuited: true);
        await using (site)
            await HoldsOrFailsAsync(surface, site, journal);
    }

    private static IEnumerable<object> Kept(EndpointMetadataCollection metadata, string copy) => [.. metadata.Where(item => copy switch
    {
        "all metadata" => true,
        "no guard" => item.GetType().Name != "GuardedEndpoint",
        "no metadata of the library" => item.GetType().Assembly != typeof(ElevateAttribute).Assembly,
        "no metadata but the framework's own" =>
            item.GetType().Assembly.GetName().Name!.StartsWith("Microsoft.AspNetCore.Mvc", StringComparison.Ordinal),
        _ => false,
    })];

    /// <summary>
    /// Whoever may not call is refused, and whoever may call is let through or, at worst, answered that something is wrong.
    /// </summary>
    private static async Task HoldsOrFailsAsync(string what, WixSite site, Journal journal)
    {
        foreach (var (token, allowed, may) in new[]
        {
            (null, true, false), (site.Wix.IssueToken(EmulatedIdentity.User()), true, false),
            (site.Wix.IssueToken(EmulatedIdentity.Member()), false, false), (site.Wix.IssueToken(EmulatedIdentity.Member()), true, true),
        })
        {
            journal.Clear();
            HttpStatusCode status;
            try
            {
                status = (await site.GetAsync("/it", token, headers: (GuardSite.Asked.Header, allowed ? "yes" : "no"))).Status;
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                status = HttpStatusCode.InternalServerError;
            }

            Assert.True(may || status >= HttpStatusCode.BadRequest, $"{what}: {status}");
            Assert.True(may || !journal.Lines.Contains(GuardSite.Ran), $"{what}: it ran, {status}");
            Assert.True(!may || status is HttpStatusCode.OK or HttpStatusCode.InternalServerError, $"{what}: {status}");
            Assert.True(!journal.Lines.Contains(GuardSite.Ran) || journal.Lines.Contains("asked"), $"{what}: the check was not asked");
        }
    }

    private static Task<(WixSite Site, Journal Journal)> StartAsync(string surface, Action<WebApplication>? use = null,
        Action<EndpointBuilder>? end = null, Action<EndpointBuilder>? convention = null,
        bool isShortCircuited = false) => GuardSite.StartAsync(
            app =>
            {
                use?.Invoke(app);
                void Map<TBuilder>(TBuilder builder, bool isMapped = true)
                    where TBuilder : IEndpointConventionBuilder
                {
                    if (isMapped)
                        builder.Elevate(Callers.Member, static options => options.Check = typeof(GuardSite.Asked));
                    if (convention is not null)
                        builder.Add(convention);
                    if (isShortCircuited)
                        builder.ShortCircuit();
                    if (end is not null)
                        builder.Finally(end);
                }

                switch (surface)
                {
                    case "minimal API":
                        Map(app.MapGet("/it", static (HttpContext context, string? name) => GuardSite.Answer(context)));
                        break;
                    case "group":
                        var group = app.MapGroup("");
                        Map(group);
                        group.MapGet("/it", static (HttpContext context, string? name) => GuardSite.Answer(context));
                        break;
                    case "endpoint file":
                        Map(app.MapFileRoutes([new FileRoute("it.cs", "/it", typeof(ItFile), [new("GET", "Get")])]), isMapped: false);
                        break;
                    case "MVC action" or "mapped action":
                        Map(app.MapControllers(), surface == "mapped action");
                        break;
                    default:
                        Map(app.MapRazorPages(), surface == "mapped page");
                        break;
                }
            },
            builder =>
            {
                builder.Services.AddFileRoutes();
                if (surface.EndsWith("action", StringComparison.Ordinal))
                    OnlyControllers.AddTo(builder, surface == "MVC action" ? typeof(ItController) : typeof(BareItController));
                else if (surface.EndsWith("age", StringComparison.Ordinal))
                    OnlyPages.AddTo(builder, ("/It", surface == "Razor Page" ? typeof(ItPage) : typeof(BareItPage)));
            });

    private static async Task TryAsync(HttpContext context)
    {
        var wix = context.RequestServices.GetRequiredService<ElevatedWixClient>();
        await context.Response.WriteAsync((await Record.ExceptionAsync(() => wix.SiteProperties.GetSitePropertiesAsync()))!.Message);
    }

    internal static class ItFile
    {
        [Elevate(Callers.Member, Check = typeof(GuardSite.Asked))]
        public static Task Get(HttpContext context) => GuardSite.Answer(context);
    }

    [Route("/it")]
    internal sealed class ItController : ControllerBase
    {
        [HttpGet]
        [Elevate(Callers.Member, Check = typeof(GuardSite.Asked))]
        public Task Get() => GuardSite.Answer(HttpContext);
    }

    [Route("/it")]
    internal sealed class BareItController : ControllerBase
    {
        [HttpGet]
        public Task Get() => GuardSite.Answer(HttpContext);
    }

    [Elevate(Callers.Member, Check = typeof(GuardSite.Asked))]
    public sealed class ItPage : PageModel
    {
        public Task OnGetAsync() => GuardSite.Answer(HttpContext);
    }

    public sealed class BareItPage : PageModel
    {
        public Task OnGetAsync() => GuardSite.Answer(HttpContext);
    }
}
