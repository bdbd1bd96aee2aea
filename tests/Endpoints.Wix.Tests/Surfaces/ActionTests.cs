using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Modules;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Endpoints.Wix.Tests.Surfaces;

/// <summary>Behavior that is particular to controllers.</summary>
public sealed class ActionTests
{
    [Fact]
    public async Task The_methods_attribute_counts_before_the_classs_and_any_convention()
    {
        await using var site = await WixSite.StartAsync(
            app => app.MapControllers().Elevate(Callers.App),
            build: builder => OnlyControllers.AddTo(builder, typeof(NearestController)));
        var member = site.Wix.IssueToken(EmulatedIdentity.Member());
        var user = site.Wix.IssueToken(EmulatedIdentity.User());

        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/nearest/own", member)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await site.GetAsync("/nearest/own", user)).Status);
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/nearest/plain", user)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await site.GetAsync("/nearest/plain", member)).Status);
        Assert.Equal(2, site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    [Fact]
    public async Task S53_An_action_is_guarded_on_conventional_routes_too()
    {
        await using var site = await WixSite.StartAsync(
            app => app.MapControllerRoute("all", "conventional/{action}", new { controller = "Conventional" }),
            build: builder => OnlyControllers.AddTo(builder, typeof(ConventionalController)));

        Assert.Equal(HttpStatusCode.Unauthorized, (await site.GetAsync("/conventional/index")).Status);
        Assert.Equal("Harbour Coffee Ltd.",
            (await site.GetAsync("/conventional/index", site.Wix.IssueToken(EmulatedIdentity.Member()))).Body);
    }

    [Fact]
    public async Task S53_An_action_whose_guard_was_taken_away_stops_the_start()
    {
        var mend = await Record.ExceptionAsync(() => WixSite.StartAsync(
            app => app.MapControllers(),
            build: builder =>
            {
                OnlyControllers.AddTo(builder, typeof(NearestController));
                builder.Services.Configure<MvcOptions>(options => options.Conventions.Add(new WithoutFilters()));
            }));

        Assert.Contains(nameof(NearestController), Assert.IsType<InvalidOperationException>(mend).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task S54_An_action_is_not_run_without_AddWix()
    {
        var builder = WebApplication.CreateSlimBuilder();
        OnlyControllers.AddTo(builder, typeof(NearestController));
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapControllers();
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new(app.Urls.First()) };

        using var answer = await client.GetAsync(new Uri("/nearest/own", UriKind.Relative));

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
    }

    [Fact]
    public async Task S08_An_actions_result_is_not_elevated()
    {
        await using var site = await WixSite.StartAsync(
            app => app.MapControllers(),
            build: builder => OnlyControllers.AddTo(builder, typeof(StreamController)));

        await Assert.ThrowsAnyAsync<Exception>(() => site.GetAsync("/stream"));

        Assert.Equal(0, site.Wix.CountOf("*"));
    }

    [Fact]
    public async Task Nothing_is_granted_in_other_action_filters()
    {
        Exception? early = null;
        await using var site = await WixSite.StartAsync(
            app => app.MapControllers(),
            build: builder =>
            {
                OnlyControllers.AddTo(builder, typeof(NearestController));
                builder.Services.Configure<MvcOptions>(options => options.Filters.Add(new EarlyFilter(e => early = e)));
            });

        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/nearest/own", site.Wix.IssueToken(EmulatedIdentity.Member()))).Status);

        Assert.IsType<InvalidOperationException>(early);
        Assert.Equal(1, site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    [Fact]
    public async Task A_wix_error_that_an_action_does_not_catch_is_a_problem_document()
    {
        await using var site = await WixSite.StartAsync(
            app => app.MapControllers(),
            build: builder => OnlyControllers.AddTo(builder, typeof(NearestController)));

        var answer = await site.GetAsync("/nearest/missing", site.Wix.IssueToken(EmulatedIdentity.User()));

        Assert.Equal((HttpStatusCode.NotFound, "wix-not-found"), (answer.Status, answer.Problem));
    }

    [Route("/nearest/[action]")]
    [Elevate(Callers.User)]
    internal sealed class NearestController(ElevatedWixClient wix) : ControllerBase
    {
        [HttpGet]
        [Elevate(Callers.Member)]
        public async Task<string?> Own() => (await wix.SiteProperties.GetSitePropertiesAsync()).Properties.BusinessName;

        [HttpGet]
        public async Task<string?> Plain() => (await wix.SiteProperties.GetSitePropertiesAsync()).Properties.BusinessName;

        [HttpGet]
        public Task<Product> Missing() => wix.Products.GetAsync("missing");
    }

    internal sealed class ConventionalController(ElevatedWixClient wix) : Controller
    {
        [Elevate(Callers.Member)]
        public async Task<string?> Index() => (await wix.SiteProperties.GetSitePropertiesAsync()).Properties.BusinessName;
    }

    [Route("/stream")]
    internal sealed class StreamController(ElevatedWixClient wix) : ControllerBase
    {
        [HttpGet]
        [Elevate(Callers.Visitor)]
        public async IAsyncEnumerable<string?> Get()
        {
            yield return (await wix.SiteProperties.GetSitePropertiesAsync()).Properties.BusinessName;
        }
    }

    private sealed class WithoutFilters : IActionModelConvention
    {
        public void Apply(ActionModel action)
        {
            action.Filters.Clear();
            action.Controller.Filters.Clear();
        }
    }

    private sealed class EarlyFilter(Action<Exception?> seen) : IAsyncActionFilter, IOrderedFilter
    {
        public int Order => int.MaxValue;

        public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
        {
            var wix = context.HttpContext.RequestServices.GetRequiredService<ElevatedWixClient>();
            seen(await Record.ExceptionAsync(() => wix.SiteProperties.GetSitePropertiesAsync()));
            await next();
        }
    }
}
