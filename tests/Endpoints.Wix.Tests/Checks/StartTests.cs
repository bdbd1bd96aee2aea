using Endpoints.Wix.Emulator;
using Endpoints.Wix.Modules;
using Endpoints.Wix.Tests.Hosting;
using Endpoints.Wix.Tests.Surfaces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Tests.Checks;

/// <summary>Mistakes that stop the start, so that no request finds an endpoint open or shared.</summary>
public sealed class StartTests
{
    [Theory]
    [InlineData(typeof(string), "is not an IElevationCheck")]
    [InlineData(typeof(NotRegistered), "AddElevationCheck<NotRegistered>()")]
    public async Task A_check_that_is_none_or_not_registered_stops_the_start(Type check, string mend)
    {
        var failure =
            await Record.ExceptionAsync(
                () => WixSite.StartAsync(
                    app => app.MapGet("/checked", () => "").Elevate(Callers.Member, options => options.Check = check)));

        var message = Assert.IsType<InvalidOperationException>(failure).Message;
        Assert.Contains("/checked", message, StringComparison.Ordinal);
        Assert.Contains(mend, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_that_is_not_registered_stops_the_start_for_an_action()
    {
        var failure = await Record.ExceptionAsync(() => WixSite.StartAsync(
            app => app.MapControllers(), build: builder => OnlyControllers.AddTo(builder, typeof(OrdersController))));

        var message = Assert.IsType<InvalidOperationException>(failure).Message;
        Assert.Contains(nameof(OrdersController), message, StringComparison.Ordinal);
        Assert.Contains("AddElevationCheck<OwnsOrder>()", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(ForgottenWix), "GET", "'Get' can't handle requests. Nothing registers WixAuth and SiteProperties")]
    [InlineData(typeof(ForgottenToo), "POST", "'Post' can't handle requests. Nothing registers WixClient")]
    public async Task Without_AddWix_the_start_names_the_file_its_method_and_the_call_that_is_missing(Type handler, string method,
        string what)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddFileRoutes();
        await using var app = builder.Build();
        app.MapFileRoutes([new FileRoute("pages/api/forgotten.cs", "/api/forgotten", handler, [new(method, what.Split('\'')[1])])]);

        var failure = await Record.ExceptionAsync(() => app.StartAsync());

        Assert.Equal(
            $"pages/api/forgotten.cs: {what}: call builder.Services.AddWix(builder.Configuration) in Program.cs.",
            Assert.IsType<InvalidOperationException>(failure).Message);
    }

    public static TheoryData<string> Stored => new("CacheOutput()", "[OutputCache]", "[ResponseCache]");

    [Theory]
    [MemberData(nameof(Stored))]
    public async Task S35_An_endpoint_whose_answers_would_be_stored_stops_the_start(string how)
    {
        var failure = await Record.ExceptionAsync(() => WixSite.StartAsync(
            app =>
            {
                app.UseOutputCache();
                var endpoint = app.MapGet("/stored", () => "").Elevate(Callers.Visitor);
                _ = how switch
                {
                    "CacheOutput()" => endpoint.CacheOutput(),
                    "[OutputCache]" => endpoint.WithMetadata(new OutputCacheAttribute { Duration = 60 }),
                    _ => endpoint.WithMetadata(new ResponseCacheAttribute { Duration = 60 }),
                };
            },
            build: builder => builder.Services.AddOutputCache()));

        var message = Assert.IsType<InvalidOperationException>(failure).Message;
        Assert.Contains("/stored", message, StringComparison.Ordinal);
        Assert.Contains(how, message, StringComparison.Ordinal);
        Assert.Contains("Remove it", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task S35_An_action_whose_answers_would_be_stored_stops_the_start()
    {
        var failure = await Record.ExceptionAsync(() => WixSite.StartAsync(
            app => app.MapControllers(), build: builder => OnlyControllers.AddTo(builder, typeof(StoringController))));

        Assert.Contains(nameof(StoringController), Assert.IsType<InvalidOperationException>(failure).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task S35_A_cache_for_every_endpoint_keeps_no_elevated_answer()
    {
        await using var site = await WixSite.StartAsync(
            app =>
            {
                app.UseOutputCache();
                var plain = 0;
                app.MapGet("/plain", () => ++plain);
                app.MapGet("/elevated", (Caller caller) => caller.Id ?? "nobody").Elevate(Callers.Visitor | Callers.Member);
            },
            build: builder => builder.Services.AddOutputCache(options => options.AddBasePolicy(new StoreEverything())));

        Assert.Equal("1", (await site.GetAsync("/plain")).Body);
        Assert.Equal("1", (await site.GetAsync("/plain")).Body);
        Assert.Equal("alice", (await site.GetAsync("/elevated", site.Wix.IssueToken(EmulatedIdentity.Member("alice")))).Body);
        Assert.Equal("bob", (await site.GetAsync("/elevated", site.Wix.IssueToken(EmulatedIdentity.Member("bob")))).Body);
        Assert.Equal("nobody", (await site.GetAsync("/elevated")).Body);
    }

    [Theory]
    [InlineData("before routing")]
    [InlineData("around a branch")]
    public async Task S35_A_cache_that_does_not_know_the_endpoint_yet_keeps_no_elevated_answer(string where)
    {
        var (inside, all) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var site = await WixSite.StartAsync(
            app =>
            {
                app.UseOutputCache();
                if (where == "around a branch")
                    app.Map("/branch", branch => branch.UseRouting().UseEndpoints(Map));
                app.UseRouting();
                Map(app);
            },
            build: builder =>
            {
                builder.Services.AddOutputCache(static options => options.AddBasePolicy(new StoreEverything()));
                OnlyControllers.AddTo(builder, typeof(WhoController));
                OnlyPages.AddTo(builder, ("/Who", typeof(WhoPage)));
            });
        var prefix = where == "around a branch" ? "/branch" : "";

        foreach (var path in new[] { "/elevated", "/action", "/Who" })
        {
            Assert.Equal("alice", (await site.GetAsync(prefix + path, site.Wix.IssueToken(EmulatedIdentity.Member("alice")))).Body);
            Assert.Equal("bob", (await site.GetAsync(prefix + path, site.Wix.IssueToken(EmulatedIdentity.Member("bob")))).Body);
        }

        // Two at once, of which the cache would let one wait for the other.
        var first = site.GetAsync(prefix + "/slow", site.Wix.IssueToken(EmulatedIdentity.Member("alice")));
        while (Volatile.Read(ref inside) < 1)
            await Task.Delay(10);
        var second = site.GetAsync(prefix + "/slow", site.Wix.IssueToken(EmulatedIdentity.Member("bob")));
        await Task.Delay(100);
        all.SetResult();
        Assert.Equal(("alice", "bob"), ((await first).Body, (await second).Body));

        void Map(IEndpointRouteBuilder routes)
        {
            routes.MapGet("/elevated", static (Caller caller) => caller.Id).Elevate(Callers.Member);
            routes.MapGet("/slow", async (Caller caller) =>
            {
                Interlocked.Increment(ref inside);
                await all.Task;
                return caller.Id;
            }).Elevate(Callers.Member);
            routes.MapControllers();
            routes.MapRazorPages();
        }
    }

    public static TheoryData<string> StoringFilters => new("all of MVC", "all of MVC by a profile", "a convention");

    [Theory]
    [MemberData(nameof(StoringFilters))]
    public async Task S35_An_action_whose_answers_a_filter_from_elsewhere_would_let_be_stored_stops_the_start(string from)
    {
        var failure = await Record.ExceptionAsync(() => WixSite.StartAsync(
            app => app.MapControllers(),
            build: builder =>
            {
                OnlyControllers.AddTo(builder, typeof(WhoController));
                builder.Services.AddControllers(options =>
                {
                    options.CacheProfiles["Minute"] = new() { Duration = 60 };
                    if (from == "all of MVC")
                        options.Filters.Add(new ResponseCacheAttribute { Duration = 60 });
                    if (from == "all of MVC by a profile")
                        options.Filters.Add(new ResponseCacheAttribute { CacheProfileName = "Minute" });
                    if (from == "a convention")
                        options.Conventions.Add(new StoringConvention());
                });
            }));

        var message = Assert.IsType<InvalidOperationException>(failure).Message;
        Assert.Contains(nameof(WhoController), message, StringComparison.Ordinal);
        Assert.Contains("[ResponseCache]", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/minimal")]
    [InlineData("/group")]
    [InlineData("/action")]
    [InlineData("/Who")]
    public async Task S35_What_a_filter_says_of_storing_before_the_handler_is_not_the_handlers_word(string path)
    {
        await using var site = await WixSite.StartAsync(
            app =>
            {
                app.MapGet("/minimal", static (Caller caller) => caller.Id).Elevate(Callers.Member).AddEndpointFilter(StoreAsync);
                app.MapGroup("/").AddEndpointFilter(StoreAsync).MapGet("/group", static (Caller caller) => caller.Id)
                    .Elevate(Callers.Member);
                app.MapControllers();
                app.MapRazorPages();
            },
            build: builder =>
            {
                OnlyControllers.AddTo(builder, typeof(WhoController));
                OnlyPages.AddTo(builder, ("/Who", typeof(WhoPage)));
                builder.Services.Configure<MvcOptions>(static options => options.Filters.Add(new StoringFilter()));
            });

        var answer = await site.GetAsync(path, site.Wix.IssueToken(EmulatedIdentity.Member("alice")));

        Assert.Equal(("alice", "no-store"), (answer.Body, answer.Header("Cache-Control")));

        static ValueTask<object?> StoreAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
        {
            context.HttpContext.Response.Headers.CacheControl = "public, max-age=60";
            return next(context);
        }
    }

    [Theory]
    [InlineData("/minimal")]
    [InlineData("/action/kept")]
    public async Task S35_What_the_handler_says_of_storing_counts(string path)
    {
        await using var site = await WixSite.StartAsync(
            app =>
            {
                app.MapGet("/minimal", static (HttpContext context) => context.Response.Headers.CacheControl = "private, max-age=5")
                    .Elevate(Callers.Visitor | Callers.Member);
                app.MapControllers();
            },
            build: builder => OnlyControllers.AddTo(builder, typeof(WhoController)));

        Assert.Contains("max-age=5",
            (await site.GetAsync(path, site.Wix.IssueToken(EmulatedIdentity.Member("alice")))).Header("Cache-Control"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metadata_that_forbids_storing_is_no_contradiction()
    {
        await using var site = await WixSite.StartAsync(app => app.MapGet("/", () => "in").Elevate(Callers.Visitor)
            .WithMetadata(new OutputCacheAttribute { NoStore = true }, new ResponseCacheAttribute { NoStore = true }));

        Assert.Equal("in", (await site.GetAsync("/")).Body);
    }

    [Fact]
    public async Task The_list_of_endpoints_shows_the_guards()
    {
        await using var site = await WixSite.StartAsync(
            app =>
            {
                app.MapGet("/guarded", () => "").Elevate(Callers.Member | Callers.User, options =>
                {
                    options.RateLimit = "5/1h";
                    options.Policy = "Policy7";
                    options.Only = ["GET /site-properties/*"];
                    options.Check = typeof(OwnsOrder);
                });
                app.MapFileRoutes(
                    [new FileRoute("api/orders/[id].cs", "/api/orders/[id]", typeof(ListedFile), [new("GET", nameof(ListedFile.Get))])]);
            },
            build: builder =>
            {
                builder.Environment.EnvironmentName = "Development";
                builder.Services.AddSingleton<IHostEnvironment>(builder.Environment);
                builder.Services.AddFileRoutes();
                builder.Services.AddSingleton<Journal>();
                builder.Services.AddScoped<OwnsOrder>();
                builder.Services.AddAuthorizationBuilder().AddPolicy("Policy7", policy => policy.RequireAuthenticatedUser());
            });

        var page = (await site.GetAsync("/_endpoints")).Body;

        Assert.All(
            ["member, user", "Policy7", "GET /site-properties/*", nameof(OwnsOrder), "1. 5/1h, by address", "2. 5/1h, by caller",
                "1. wix-elevated: 1000000 per 60 s, by address, route", "visitor, app"],
            text => Assert.Contains(text, page, StringComparison.Ordinal));
    }

    public static class ListedFile
    {
        [Elevate(Callers.Visitor | Callers.App)]
        public static string Get() => "";
    }

    private sealed class NotRegistered : IElevationCheck
    {
        public ValueTask<bool> IsAllowedAsync(ElevationCheckContext context, CancellationToken cancellationToken) => new(true);
    }

    [Route("/storing")]
    internal sealed class StoringController : ControllerBase
    {
        [HttpGet]
        [ResponseCache(Duration = 60)]
        [Elevate(Callers.Visitor)]
        public string Get() => ControllerContext.ActionDescriptor.ActionName;
    }

    [Elevate(Callers.Visitor | Callers.Member)]
    internal sealed class WhoController : ControllerBase
    {
        [HttpGet("/action")]
        public string? Get(Caller caller) => caller.Id ?? ControllerContext.ActionDescriptor.ActionName;

        [HttpGet("/action/kept")]
        public string GetKept() => (Response.Headers.CacheControl = "private, max-age=5").ToString();
    }

    [Elevate(Callers.Visitor | Callers.Member)]
    public sealed class WhoPage : Microsoft.AspNetCore.Mvc.RazorPages.PageModel
    {
        public ContentResult OnGet(Caller caller) => Content(caller.Id ?? PageContext.ActionDescriptor.ViewEnginePath);
    }

    private sealed class StoringFilter : IActionFilter, IPageFilter
    {
        public void OnActionExecuting(ActionExecutingContext context) =>
            context.HttpContext.Response.Headers.CacheControl = "public, max-age=60";

        public void OnActionExecuted(ActionExecutedContext context)
        {
        }

        public void OnPageHandlerSelected(PageHandlerSelectedContext context)
        {
        }

        public void OnPageHandlerExecuting(PageHandlerExecutingContext context) =>
            context.HttpContext.Response.Headers.CacheControl = "public, max-age=60";

        public void OnPageHandlerExecuted(PageHandlerExecutedContext context)
        {
        }
    }

    private sealed class StoringConvention : IActionModelConvention
    {
        public void Apply(ActionModel action) => action.Filters.Add(new ResponseCacheAttribute { Duration = 60 });
    }

    private sealed class StoreEverything : IOutputCachePolicy
    {
        public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
        {
            context.EnableOutputCaching = context.AllowCacheLookup = context.AllowCacheStorage = true;
            return default;
        }

        public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => default;

        public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
        {
            context.AllowCacheStorage = true;
            return default;
        }
    }

    [Elevate(Callers.Visitor, RateLimit = "30/1m")]
    private static class ForgottenWix
    {
        public static Task<SitePropertiesSnapshot> Get(WixAuth auth, SiteProperties siteProperties) =>
            auth.Elevate(siteProperties.GetSitePropertiesAsync)();
    }

    private static class ForgottenToo
    {
        public static Task<ProductPage> Post(WixClient wix) => wix.Products.QueryAsync();
    }
}
