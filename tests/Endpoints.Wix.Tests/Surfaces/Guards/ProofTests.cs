using System.Net;
using Endpoints.Wix.Emulator;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.SignalR;

namespace Endpoints.Wix.Tests.Surfaces.Guards;

/// <summary>A guard that hangs on what may not run is proved to run, or the application does not start.</summary>
public sealed class ProofTests
{
    [Fact]
    public async Task S56_A_check_that_a_foreign_source_would_never_ask_stops_the_start()
    {
        await GuardSite.StopsAsync(
            "endpoint", app => Foreign(app).Elevate(Callers.Member, options => options.Check = typeof(GuardSite.Asked)));
        await GuardSite.StopsAsync("group", app =>
        {
            IEndpointRouteBuilder group = app.MapGroup("/in").Elevate(Callers.Member, options => options.Check = typeof(GuardSite.Asked));
            group.DataSources.Add(new ForeignSource(app.Services, "/foreign", GuardSite.Answer));
        });
        await GuardSite.StopsAsync("attribute alone", app => Foreign(app).WithMetadata(new ElevateAttribute(Callers.Member)));
        await GuardSite.StopsAsync("no final conventions", static _ => new OldBuilder().Elevate(Callers.Member));
    }

    [Fact]
    public async Task S56_A_foreign_source_is_guarded_where_there_is_no_check_and_granted_nothing()
    {
        var (site, journal) = await GuardSite.StartAsync(app =>
        {
            Foreign(app).Elevate(Callers.Member);
            Foreign(app, "/granted", TryAsync)
                .Elevate(Callers.Member);
        });
        await using (site)
        {
            await GuardSite.HoldsAsync("foreign", site, journal, "POST", "/foreign", hasCheck: false);
            Assert.Contains("Elevation has not been granted here",
                (await site.GetAsync("/granted", site.Wix.IssueToken(EmulatedIdentity.Member()))).Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task S56_An_endpoint_that_appears_later_and_cant_be_guarded_is_never_run()
    {
        ForeignSource? check = null, attribute = null, replaced = null, good = null;
        var (site, journal) = await GuardSite.StartAsync(app =>
        {
            ForeignSource Late(string path)
            {
                var source = new ForeignSource(app.Services, path, GuardSite.Answer, isLate: true);
                ((IEndpointRouteBuilder)app).DataSources.Add(source);
                return source;
            }

            (check = Late("/check")).Elevate(Callers.Member, options => options.Check = typeof(GuardSite.Asked));
            (attribute = Late("/attribute")).WithMetadata(new ElevateAttribute(Callers.Member));
            (replaced = Late("/replaced")).Elevate(Callers.Member).Finally(static builder => builder.RequestDelegate = GuardSite.Answer);
            (good = Late("/good")).Elevate(Callers.Member);
        });
        await using (site)
        {
            var member = site.Wix.IssueToken(EmulatedIdentity.Member());
            Assert.Equal(HttpStatusCode.NotFound, (await site.GetAsync("/good", member)).Status);

            foreach (var source in new[] { check, attribute, replaced, good })
                source!.Appear();

            foreach (var path in new[] { "/check", "/attribute", "/replaced" })
                Assert.Equal(HttpStatusCode.InternalServerError,
                    (await site.GetAsync(path, member, headers: (GuardSite.Asked.Header, "yes"))).Status);
            Assert.DoesNotContain(GuardSite.Ran, journal.Lines);
            Assert.Contains(site.Logs.Of("UnguardedEndpointPolicy"), static line => line.Contains("is not run", StringComparison.Ordinal));
            await GuardSite.HoldsAsync("good", site, journal, "GET", "/good", hasCheck: false);
        }
    }

    [Theory]
    [InlineData("static class")]
    [InlineData("instance")]
    [InlineData("lambda")]
    [InlineData("class inside")]
    [InlineData("fallback in a group")]
    public async Task S56_An_attribute_on_the_class_of_a_mapped_method_stops_the_start(string where)
    {
        await GuardSite.StopsAsync(where, app => _ = where switch
        {
            "static class" => app.MapGet("/it", GuardedClass.Get),
            "instance" => app.MapGet("/it", new GuardedInstance().Get),
            "lambda" => GuardedClass.Map(app),
            "class inside" => app.MapGet("/it", GuardedClass.Inside.Get),
            _ => (IEndpointConventionBuilder)app.MapGroup("/group").MapFallback(GuardedClass.Get),
        });
        var (site, journal) = await GuardSite.StartAsync(
            static app => app.MapGet("/it", new GuardedInstance().Get).Elevate(Callers.Member));
        await using (site)
            await GuardSite.HoldsAsync(where, site, journal, "GET", "/it", hasCheck: false);
    }

    public static TheoryData<string> Replacements => new(
        "after, in a convention", "after, at the end", "before, at the end", "before, in a convention", "in a group",
        "by what keeps the endpoint's builder", "sometimes");

    [Theory]
    [MemberData(nameof(Replacements))]
    public async Task S56_A_request_delegate_that_was_replaced_stops_the_start(string how)
    {
        foreach (var isFile in new[] { false, true })
        {
            await GuardSite.StopsAsync(
                how,
                app =>
                {
                    IEndpointConventionBuilder endpoint = isFile
                        ? app.MapFileRoutes([new FileRoute("api/it.cs", "/api/it", typeof(CheckedFile), [new("GET", "Get")])])
                        : how == "in a group" ? app.MapGroup("") : app.MapGet("/it", static () => GuardSite.Ran);
                    IEndpointConventionBuilder Elevate() =>
                        isFile ? endpoint : endpoint.Elevate(Callers.Member, options => options.Check = typeof(GuardSite.Asked));
                    switch (how)
                    {
                        case "after, in a convention":
                            Elevate().Add(Replace);
                            break;
                        case "before, in a convention":
                            endpoint.Add(Replace);
                            Elevate();
                            break;
                        case "before, at the end":
                            endpoint.Finally(Replace);
                            Elevate();
                            break;
                        case "by what keeps the endpoint's builder":
                            Elevate().Finally(
                                static builder =>
                                    builder.RequestDelegate =
                                        context => builder.DisplayName is null ? Task.CompletedTask : GuardSite.Answer(context));
                            break;
                        case "in a group":
                            Elevate().Finally(Replace);
                            if (endpoint is RouteGroupBuilder group && !isFile)
                                group.MapGet("/it", static () => GuardSite.Ran);
                            break;
                        default:
                            Elevate().Finally(Replace);
                            break;
                    }
                },
                builder => builder.Services.AddFileRoutes());
        }

        static void Replace(EndpointBuilder builder) => builder.RequestDelegate = GuardSite.Answer;
    }

    [Fact]
    public async Task S56_A_request_delegate_that_was_wrapped_is_none_that_was_replaced()
    {
        var (site, journal) = await GuardSite.StartAsync(app =>
        {
            var group = app.MapGroup("");
            var endpoint = group.MapPost("/it", static (HttpContext context, string? name) => GuardSite.Answer(context))
                .AddEndpointFilter<PassOn>();
            ((IEndpointConventionBuilder)endpoint).Add(Wrap);
            endpoint.Elevate(Callers.Member, options => options.Check = typeof(GuardSite.Asked));
            endpoint.AddEndpointFilter(new PassOn()).AddEndpointFilter(static async (call, next) => await next(call));
            ((IEndpointConventionBuilder)endpoint).Add(Wrap);
            endpoint.Finally(Wrap);
            ((IEndpointConventionBuilder)group).Finally(
                static builder => builder.RequestDelegate = new Wrapper(builder.RequestDelegate!).InvokeAsync);
        });
        await using (site)
            await GuardSite.HoldsAsync("wrapped", site, journal, "POST", "/it");

        static void Wrap(EndpointBuilder builder)
        {
            var next = builder.RequestDelegate!;
            builder.RequestDelegate = async context => await next(context);
        }
    }

    [Fact]
    public async Task S56_A_copied_endpoint_with_another_delegate_stops_the_start()
    {
        await GuardSite.StopsAsync("minimal", app =>
        {
            app.MapGet("/it", static () => "").Elevate(Callers.Member);
            Copy(app, GuardSite.Answer);
        });
        await GuardSite.StopsAsync("action", app =>
        {
            app.MapControllers();
            Copy(app, GuardSite.Answer);
        }, builder => OnlyControllers.AddTo(builder, typeof(CheckedController)));
        await GuardSite.StopsAsync("action, replaced",
            app => app.MapControllers().Add(static builder => builder.RequestDelegate = GuardSite.Answer),
            builder => OnlyControllers.AddTo(builder, typeof(CheckedController)));
        await GuardSite.StopsAsync("mapped action, replaced",
            app => app.MapControllers().Elevate(Callers.Member, options => options.Check = typeof(GuardSite.Asked))
                .Add(static builder => builder.RequestDelegate = GuardSite.Answer),
            builder => OnlyControllers.AddTo(builder, typeof(BareController)));

        var (site, journal) = await GuardSite.StartAsync(app =>
        {
            app.MapGet("/it", static (HttpContext context, string? name) => GuardSite.Answer(context))
                .Elevate(Callers.Member, options => options.Check = typeof(GuardSite.Asked));
            Copy(app, null);
        });
        await using (site)
            await GuardSite.HoldsAsync("copied with its delegate", site, journal, "GET", "/copy");

        static void Copy(WebApplication app, RequestDelegate? other)
        {
            var endpoints = ((IEndpointRouteBuilder)app).DataSources.SelectMany(static source => source.Endpoints).OfType<RouteEndpoint>()
                .ToList();
            var made = endpoints.Select(endpoint =>
            {
                var own = endpoint.RequestDelegate!;
                return (Endpoint)new RouteEndpoint(other ?? (context => own(context)), RoutePatternFactory.Parse("/copy"), 0,
                    endpoint.Metadata, "copy");
            });
            ((IEndpointRouteBuilder)app).DataSources.Add(new MadeEndpoints([.. made]));
        }
    }

    [Fact]
    public async Task S56_An_attribute_where_nothing_reads_it_stops_the_start()
    {
        await GuardSite.StopsAsync("hub", static app => app.MapHub<ElevatedHub>("/hub"), static builder => builder.Services.AddSignalR());
        await GuardSite.StopsAsync("hub method", static app => app.MapHub<HubWithMethod>("/hub").Elevate(Callers.Member),
            static builder => builder.Services.AddSignalR());
        await GuardSite.StopsAsync("page handler", static app => app.MapRazorPages(),
            static builder => OnlyPages.AddTo(builder, ("/It", typeof(PageTests.OnHandler))));
    }

    private static async Task TryAsync(HttpContext context)
    {
        var wix = context.RequestServices.GetRequiredService<ElevatedWixClient>();
        await context.Response.WriteAsync((await Record.ExceptionAsync(() => wix.SiteProperties.GetSitePropertiesAsync()))!.Message);
    }

    private static ForeignSource Foreign(WebApplication app, string path = "/foreign", RequestDelegate? answer = null)
    {
        var source = new ForeignSource(app.Services, path, answer ?? GuardSite.Answer);
        ((IEndpointRouteBuilder)app).DataSources.Add(source);
        return source;
    }

    internal static class CheckedFile
    {
        [Elevate(Callers.Member, Check = typeof(GuardSite.Asked))]
        public static string Get() => GuardSite.Ran;
    }

    [Elevate(Callers.Member)]
    internal sealed class ElevatedHub : Hub;

    internal sealed class HubWithMethod : Hub
    {
        [Elevate(Callers.User)]
        public string? Call() => Context.ConnectionId;
    }

    [Elevate(Callers.Member)]
    internal static class GuardedClass
    {
        public static Task Get(HttpContext context) => GuardSite.Answer(context);

        public static IEndpointConventionBuilder Map(WebApplication app) => app.MapGet("/it", static string (string? id) => id ?? "in");

        internal static class Inside
        {
            public static string Get() => GuardSite.Ran;
        }
    }

    [Elevate(Callers.Member)]
    internal sealed class GuardedInstance
    {
        private readonly RequestDelegate _answer = GuardSite.Answer;

        public Task Get(HttpContext context, string? id) => _answer(context);
    }

    private sealed class PassOn : IEndpointFilter
    {
        public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) => next(context);
    }

    private sealed class Wrapper(RequestDelegate next)
    {
        public Task InvokeAsync(HttpContext context) => next(context);
    }

    [Route("/it")]
    internal sealed class CheckedController : ControllerBase
    {
        [HttpGet]
        [Elevate(Callers.Member, Check = typeof(GuardSite.Asked))]
        public string Get() => GuardSite.Ran + HttpContext.Request.Method;
    }

    [Route("/it")]
    internal sealed class BareController : ControllerBase
    {
        [HttpGet]
        public string Get() => GuardSite.Ran + HttpContext.Request.Method;
    }
}
