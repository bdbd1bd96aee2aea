using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.AspNetCore.Routing;

namespace Endpoints.Wix.Tests.Surfaces.Guards;

/// <summary>The guards stand on every road that a pipeline may take to an endpoint.</summary>
public sealed class RoadTests
{
    [Theory]
    [InlineData("branch")]
    [InlineData("branch by a condition")]
    [InlineData("first endpoints")]
    [InlineData("second endpoints")]
    [InlineData("executed again")]
    [InlineData("router of controllers")]
    [InlineData("own invoker of actions")]
    [InlineData("dynamic route")]
    [InlineData("fallback to an action")]
    public async Task S56_Every_road_to_an_endpoint_leads_through_its_guards(string road)
    {
        var (site, journal) = await GuardSite.StartAsync(
            app => Map(app, road),
            builder =>
            {
                OnlyControllers.AddTo(builder, typeof(ItController));
                builder.Services.AddTransient<ToIt>();
                if (road == "own invoker of actions")
                    builder.Services.AddSingleton<IActionInvokerProvider, OwnInvoker>();
                if (road == "router of controllers")
                    builder.Services.Configure<MvcOptions>(static options => options.EnableEndpointRouting = false);
            });
        await using (site)
            await GuardSite.HoldsAsync(road, site, journal, "GET", road is "branch" ? "/branch/it" : "/it");
    }

    private static void Map(WebApplication app, string road)
    {
        IApplicationBuilder pipeline = app;
        switch (road)
        {
            case "branch":
                app.Map("/branch", static branch => branch.UseRouting().UseEndpoints(MapIt));
                break;
            case "branch by a condition":
                app.MapWhen(static context => context.Request.Path == "/it", static branch => branch.UseRouting().UseEndpoints(MapIt));
                break;
            case "first endpoints" or "second endpoints":
                app.UseRouting();
                pipeline.UseEndpoints(endpoints => MapIt(endpoints, road == "first endpoints"));
                pipeline.UseEndpoints(endpoints => MapIt(endpoints, road != "first endpoints"));
                break;
            case "executed again":
                app.Use(static async (context, next) =>
                {
                    if (context.Request.Path == "/it")
                    {
                        context.Request.Path = "/elsewhere";
                        await next(context);
                        context.Request.Path = "/it";
                        context.SetEndpoint(null);
                        context.Response.Clear();
                    }

                    await next(context);
                });
                app.UseRouting();
                pipeline.UseEndpoints(static endpoints =>
                {
                    MapIt(endpoints);
                    endpoints.MapGet("/elsewhere", static () => { }).Elevate(Callers.Visitor | Callers.Member | Callers.User);
                });
                break;
            case "router of controllers":
                app.UseMvc();
                break;
            case "dynamic route":
                app.MapDynamicControllerRoute<ToIt>("{**rest}");
                break;
            case "fallback to an action":
                app.MapFallbackToController("Get", "It");
                break;
            default:
                app.MapControllers();
                break;
        }
    }

    private static void MapIt(IEndpointRouteBuilder endpoints) => MapIt(endpoints, isIt: true);

    private static void MapIt(IEndpointRouteBuilder endpoints, bool isIt) =>
        endpoints.MapGet(isIt ? "/it" : "/other", static (HttpContext context, string? name) => GuardSite.Answer(context))
            .Elevate(Callers.Member, static options => options.Check = typeof(GuardSite.Asked));

    [Elevate(Callers.Member, Check = typeof(GuardSite.Asked))]
    internal sealed class ItController : ControllerBase
    {
        [HttpGet("/it")]
        public Task Get() => GuardSite.Answer(HttpContext);
    }

    private sealed class ToIt : DynamicRouteValueTransformer
    {
        public override ValueTask<RouteValueDictionary> TransformAsync(HttpContext httpContext, RouteValueDictionary values) =>
            new(new RouteValueDictionary { ["controller"] = "It", ["action"] = "Get" });
    }

    private sealed class OwnInvoker : IActionInvokerProvider
    {
        public int Order => int.MaxValue;

        public void OnProvidersExecuting(ActionInvokerProviderContext context)
        {
        }

        public void OnProvidersExecuted(ActionInvokerProviderContext context) => context.Result = new Direct(context.ActionContext);

        private sealed class Direct(ActionContext context) : IActionInvoker
        {
            public Task InvokeAsync()
            {
                var action = (ControllerActionDescriptor)context.ActionDescriptor;
                var controller = (ControllerBase)Activator.CreateInstance(action.ControllerTypeInfo)!;
                controller.ControllerContext = new(context);
                return (Task)action.MethodInfo.Invoke(controller, [])!;
            }
        }
    }
}
