using System.Net;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace Endpoints.Wix.Tests.Surfaces.Guards;

/// <summary>What an elevated endpoint demands beside <c>[Elevate]</c> is asked, or the endpoint does not run.</summary>
public sealed class UnaskedDemandTests
{
    // Where the framework's own check is suppressed, is not made because routing answers, or does not know the demand.
    private static readonly string[] Roads =
        ["no middleware, suppressed", "short circuit, suppressed", "short circuit with middleware, suppressed", "no middleware",
            "short circuit", "short circuit with middleware"];

    public static TheoryData<string, string> All
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var road in Roads)
            {
                foreach (var demand in new[] { "policy by name", "policy in code", "attribute of one's own", "policy as metadata" })
                    rows.Add(road, demand);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task S56_A_demand_that_no_middleware_asks_keeps_the_endpoint_from_running(string road, string demand)
    {
        foreach (var surface in new[] { "minimal API", "group", "endpoint file" })
        {
            var (site, journal) = await StartAsync(road, demand, surface);
            await using (site)
            {
                var status = HttpStatusCode.InternalServerError;
                try
                {
                    status = (await site.GetAsync("/it")).Status;
                }
                catch (InvalidOperationException)
                {
                    // the framework's own check
                }

                Assert.True(status == HttpStatusCode.InternalServerError, $"{surface}, {road}, {demand}: {status}");
                Assert.DoesNotContain(GuardSite.Ran, journal.Lines);
            }
        }
    }

    [Theory]
    [InlineData("policy by name")]
    [InlineData("attribute of one's own")]
    public async Task S56_A_demand_that_is_asked_decides(string demand)
    {
        foreach (var isMet in new[] { false, true })
        {
            var (site, journal) = await StartAsync("middleware", demand, "minimal API", isMet);
            await using (site)
            {
                Assert.Equal(isMet ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, (await site.GetAsync("/it")).Status);
                Assert.Equal(isMet, journal.Lines.Contains(GuardSite.Ran));
            }
        }
    }

    [Theory]
    [InlineData("routed again", false)]
    [InlineData("page of a status", false)]
    [InlineData("put in place", true)]
    [InlineData("handed on", true)]
    [InlineData("put in place and handed on", true)]
    public async Task S56_A_demand_that_was_asked_of_another_endpoint_is_still_unasked(string road, bool isAskedByGuards)
    {
        foreach (var isMet in new[] { false, true })
        {
            var (site, journal) = await GuardSite.StartAsync(
                app => MapAnother(app, road),
                builder =>
                {
                    builder.Services.AddFileRoutes().AddRouting();
                    builder.Services.AddAuthorizationBuilder().AddPolicy("Demand", policy => policy.AddRequirements(new Demand(isMet)));
                    builder.Services.Configure<RouteOptions>(static options => options.SuppressCheckForUnhandledSecurityMetadata = true);
                });
            await using (site)
            {
                var answer = await site.GetAsync("/open");
                Assert.Equal(isMet && isAskedByGuards, journal.Lines.Contains(GuardSite.Ran));
                Assert.Equal(isMet && isAskedByGuards ? HttpStatusCode.OK : HttpStatusCode.InternalServerError, answer.Status);
            }
        }
    }

    private static void MapAnother(WebApplication app, string road)
    {
        if (road == "page of a status")
        {
            app.UseStatusCodePagesWithReExecute("/it"); // behind what WebApplication adds itself
        }
        else
        {
            app.UseRouting();
            app.UseAuthorization();
        }

        if (road is "routed again" or "put in place")
        {
            app.Use((context, next) =>
            {
                context.Request.Path = "/it";
                context.SetEndpoint(road == "put in place" ? ItOf(app) : null);
                return next(context);
            });
        }

        if (road == "routed again")
            app.UseRouting();
        app.MapFileRoutes([new FileRoute("it.cs", "/it", typeof(ItFile), [new("GET", "Get")])]).RequireAuthorization("Demand");
        app.MapGet("/open", context =>
        {
            if (road == "page of a status")
                context.Response.StatusCode = StatusCodes.Status404NotFound;
            if (road == "put in place and handed on")
                context.SetEndpoint(ItOf(app));
            return road.Contains("handed", StringComparison.Ordinal) ? ItOf(app).RequestDelegate!(context) : Task.CompletedTask;
        });
        if (road != "page of a status")
            app.UseEndpoints(static _ => { });
    }

    private static Endpoint ItOf(WebApplication app) => app.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .First(static endpoint => endpoint.Metadata.GetMetadata<IElevateMetadata>() is not null);

    private static Task<(WixSite Site, Journal Journal)> StartAsync(string road, string demand, string surface, bool isMet = false) =>
        GuardSite.StartAsync(
            app =>
            {
                app.UseRouting();
                if (road.Contains("with middleware", StringComparison.Ordinal) || road == "middleware")
                    app.UseAuthorization();
                switch (surface)
                {
                    case "minimal API":
                        Map(app.MapGet("/it", GuardSite.Answer).Elevate(Callers.Visitor));
                        break;
                    case "group":
                        var group = app.MapGroup("").Elevate(Callers.Visitor);
                        Map(group);
                        group.MapGet("/it", GuardSite.Answer);
                        break;
                    default:
                        Map(app.MapFileRoutes([new FileRoute("it.cs", "/it", typeof(ItFile), [new("GET", "Get")])]));
                        break;
                }

                app.UseEndpoints(static _ => { }); // so that no middleware is added for the application

                void Map<T>(T endpoint)
                    where T : IEndpointConventionBuilder
                {
                    _ = demand switch
                    {
                        "policy by name" => endpoint.RequireAuthorization("Demand"),
                        "policy in code" => endpoint.RequireAuthorization(policy => policy.AddRequirements(new Demand(isMet))),
                        "policy as metadata" =>
                            endpoint.WithMetadata(new AuthorizationPolicyBuilder().AddRequirements(new Demand(isMet)).Build()),
                        _ => endpoint.WithMetadata(new DemandAttribute(isMet)),
                    };
                    if (road.StartsWith("short", StringComparison.Ordinal))
                        endpoint.ShortCircuit();
                }
            },
            builder =>
            {
                builder.Services.AddFileRoutes().AddRouting();
                builder.Services.AddAuthorizationBuilder().AddPolicy("Demand", policy => policy.AddRequirements(new Demand(isMet)));
                builder.Services.Configure<RouteOptions>(options => options.SuppressCheckForUnhandledSecurityMetadata =
                    road.EndsWith("suppressed", StringComparison.Ordinal));
            });

    internal static class ItFile
    {
        [Elevate(Callers.Visitor)]
        public static Task Get(HttpContext context) => GuardSite.Answer(context);
    }

    private sealed class Demand(bool isMet) : IAuthorizationRequirement, IAuthorizationHandler
    {
        public Task HandleAsync(AuthorizationHandlerContext context)
        {
            if (isMet)
                context.Succeed(this);
            return Task.CompletedTask;
        }
    }

    [AttributeUsage(AttributeTargets.All)]
    private sealed class DemandAttribute(bool isMet) : Attribute, IAuthorizationRequirementData
    {
        public bool IsMet => isMet;

        public IEnumerable<IAuthorizationRequirement> GetRequirements() => [new Demand(isMet)];
    }
}
