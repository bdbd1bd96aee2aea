using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Endpoints.Wix.Tests.Surfaces.Guards;

/// <summary>
/// The grant is the innermost filter, whatever is added when: other filters are not elevated, and the check sees what the handler gets.
/// </summary>
public sealed class FilterOrderTests
{
    private const string Own = "own";

    /// <summary>The place at which a filter is added, relative to <c>.Elevate()</c>.</summary>
    public static TheoryData<string> Places => new(
        "endpoint before", "endpoint after", "group before", "group after", "group elevated", "group elevated, added later", "inner group",
        "factory after", "finally",
        "convention adds to the list", "convention inserts", "convention replaces the last", "convention clears", "convention removes");

    private static readonly string[] Attacks =
        ["elevates", "changes the arguments", "passes another call", "passes a call that says two things", "changes them later"];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task S69_A_filter_gets_no_grant_and_the_check_sees_what_the_handler_gets(string place)
    {
        foreach (var attack in Attacks)
        {
            var journal = new Journal();
            await using var site =
                await WixSite.StartAsync(app => Map(app, place, new Attack(attack, journal)), build: builder => Add(builder, journal));
            var token = site.Wix.IssueToken(EmulatedIdentity.Member("alice"));

            foreach (var id in new[] { Own, "others" })
            {
                journal.Clear();
                var answer = await site.SendAsync("POST", $"/orders/{id}", token);
                Check($"{place}: {attack} {id}", answer, journal.Lines);
            }
        }
    }

    [Fact]
    public async Task S69_A_filter_that_cant_be_kept_out_stops_the_start()
    {
        var failure = await Record.ExceptionAsync(() => WixSite.StartAsync(app =>
        {
            var endpoint = app.MapPost("/orders/{id}", (string id) => id).Elevate(Callers.Member);
            ((IEndpointConventionBuilder)endpoint).Add(static builder =>
                ((List<Func<EndpointFilterFactoryContext, EndpointFilterDelegate, EndpointFilterDelegate>>)builder.FilterFactories).Add(
                    static (_, next) => next));
        }));

        Assert.Contains("between the grant and the handler", Assert.IsType<InvalidOperationException>(failure).Message,
            StringComparison.Ordinal);
        Assert.Contains("/orders/{id}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task S69_The_list_of_filters_is_a_list_but_for_its_last()
    {
        var order = new List<string>();
        await using var site = await WixSite.StartAsync(app =>
        {
            var endpoint = app.MapGet("/", () => "in").Elevate(Callers.Visitor);
            ((IEndpointConventionBuilder)endpoint).Add(builder =>
            {
                var filters = builder.FilterFactories;
                var others = filters.Count;
                var (a, b, c) = (Filter("a"), Filter("b"), Filter("c"));
                Assert.False(filters.Remove(a)); // it is not there
                filters.Add(a);
                filters.Insert(0, b);
                Assert.Equal(others + 2, filters.Count);
                Assert.True(filters.Remove(a));
                Assert.False(filters.Remove(a));
                filters.Add(a);
                filters[0] = c;
                Assert.DoesNotContain(b, filters);
                filters.Insert(1, b);
                Assert.True(filters.Remove(c));
                filters.Insert(0, c);
                filters.RemoveAt(0);
                filters.Add(c);
            });
        });

        Assert.Equal("in", (await site.GetAsync("/")).Body);

        Assert.Equal(["b", "a", "c"], order);

        Func<EndpointFilterFactoryContext, EndpointFilterDelegate, EndpointFilterDelegate> Filter(string name) => (_, next) => call =>
        {
            order.Add(name);
            return next(call);
        };
    }

    [Fact]
    public async Task S69_What_a_filter_makes_of_the_arguments_is_validated()
    {
        var journal = new Journal();
        await using var site = await WixSite.StartAsync(
            app => app.MapPost("/orders", (OrderChange change) => change.Quantity).WithValidation().Elevate(Callers.Member)
                .AddEndpointFilter(static (call, next) =>
            {
                call.Arguments[0] = new OrderChange { Quantity = 1_000 };
                return next(call);
            }),
            build: builder =>
            {
                Add(builder, journal);
                builder.Services.AddSingleton<IValidator<OrderChange>, OrderChangeValidator>();
            });
        using var content = new StringContent("""{"quantity":3}""", System.Text.Encoding.UTF8, "application/json");

        var answer = await site.SendAsync("POST", "/orders", site.Wix.IssueToken(EmulatedIdentity.Member("alice")), content: content);

        Assert.Equal((HttpStatusCode.BadRequest, "validation"), (answer.Status, answer.Problem));
    }

    [Theory]
    [InlineData("global filter")]
    [InlineData("provider appends")]
    [InlineData("provider clears")]
    [InlineData("provider prepends")]
    [InlineData("provider with the last word appends")]
    [InlineData("provider with the last word moves")]
    [InlineData("provider with the last word clears")]
    public async Task S69_An_actions_filter_gets_no_grant_and_the_check_sees_what_the_action_gets(string place)
    {
        foreach (var attack in new[] { "elevates", "changes the arguments" })
        {
            foreach (var mapped in new[] { false, true })
            {
                var journal = new Journal();
                var filter = new ActionAttack(attack, journal);
                await using var site = await WixSite.StartAsync(
                    app =>
                    {
                        var all = app.MapControllers();
                        if (mapped)
                            all.Elevate(Callers.Member, options => options.Check = typeof(OwnOrders));
                    },
                    build: builder =>
                    {
                        Add(builder, journal);
                        OnlyControllers.AddTo(builder, mapped ? typeof(BareController) : typeof(GuardedController));
                        if (place == "global filter")
                            builder.Services.Configure<MvcOptions>(options => options.Filters.Add(filter));
                        else if (!place.Contains("last word", StringComparison.Ordinal))
                            builder.Services.AddSingleton<IFilterProvider>(new LateProvider(place, filter));
                    },
                    first: builder =>
                    {
                        if (place.Contains("last word", StringComparison.Ordinal))
                            builder.Services.AddSingleton<IFilterProvider>(new LastProvider(place, filter));
                    });
                var token = site.Wix.IssueToken(EmulatedIdentity.Member("alice"));

                for (var i = 0; i < 2; i++) // filters are remembered after the first
                {
                    foreach (var id in new[] { Own, "others" })
                    {
                        journal.Clear();
                        var answer = await site.SendAsync("POST", $"/orders/{id}", token);
                        Check($"{place}: {attack} {id} {mapped}", answer, journal.Lines);
                    }

                    Assert.Equal(HttpStatusCode.Unauthorized, (await site.SendAsync("POST", "/orders/" + Own)).Status);
                }
            }
        }
    }

    [Theory]
    [InlineData("filter")]
    [InlineData("middleware")]
    [InlineData("action filter")]
    public async Task S69_What_was_begun_before_the_handler_is_not_elevated_beside_it(string place)
    {
        var (begun, tried) = (new TaskCompletionSource(), new TaskCompletionSource<Exception?>());
        async Task BesideAsync(HttpContext context, Func<Task> next)
        {
            var beside = Task.Run(async () =>
            {
                await begun.Task;
                tried.SetResult(await Record.ExceptionAsync(
                    () => context.RequestServices.GetRequiredService<ElevatedWixClient>().SiteProperties.GetSitePropertiesAsync()));
            });
            await next();
            await beside;
        }

        async Task<string> HandleAsync(ElevatedWixClient wix)
        {
            await wix.SiteProperties.GetSitePropertiesAsync();
            begun.SetResult();
            await tried.Task;
            return "in";
        }

        await using var site = await WixSite.StartAsync(
            app =>
            {
                if (place == "middleware")
                    app.Use((context, next) => BesideAsync(context, () => next(context)));
                var endpoint = app.MapGet("/it", HandleAsync).Elevate(Callers.Visitor);
                if (place == "filter")
                {
                    endpoint.AddEndpointFilter(async (call, next) =>
                    {
                        object? result = null;
                        await BesideAsync(call.HttpContext, async () => result = await next(call));
                        return result;
                    });
                }

                app.MapControllers();
            },
            build: builder =>
            {
                builder.Services.AddSingleton<Func<ElevatedWixClient, Task<string>>>(HandleAsync);
                OnlyControllers.AddTo(builder, typeof(BesideController));
                if (place == "action filter")
                    builder.Services.Configure<MvcOptions>(options => options.Filters.Add(new Around(BesideAsync)));
            });

        Assert.Equal("in", (await site.GetAsync(place == "action filter" ? "/action" : "/it")).Body);
        Assert.Contains("has not been granted here", Assert.IsType<InvalidOperationException>(await tried.Task).Message,
            StringComparison.Ordinal);
    }

    private static void Check(string what, Answer answer, IReadOnlyList<string> journal)
    {
        Assert.DoesNotContain("filter elevated", journal);
        var asked = journal.LastOrDefault(static line => line.StartsWith("check ", StringComparison.Ordinal))?["check ".Length..];
        var got = journal.LastOrDefault(static line => line.StartsWith("handler ", StringComparison.Ordinal))?["handler ".Length..];
        Assert.True(asked is not null, what);
        Assert.True(got is null || (got == asked && got == Own), $"{what}: asked about {asked}, got {got}");
        Assert.True((answer.Status == HttpStatusCode.OK) == (got is not null), $"{what}: {answer.Status} {answer.Body}");
    }

    private static void Add(WebApplicationBuilder builder, Journal journal)
    {
        builder.Services.AddSingleton(journal);
        builder.Services.AddScoped<OwnOrders>();
    }

    private static async Task<string> HandleAsync(HttpContext context, string id, ElevatedWixClient wix)
    {
        await wix.SiteProperties.GetSitePropertiesAsync();
        context.RequestServices.GetRequiredService<Journal>().Add("handler " + id);
        return id;
    }

    private static void Map(WebApplication app, string place, Attack attack)
    {
        Func<EndpointFilterInvocationContext, EndpointFilterDelegate, ValueTask<object?>> filter = attack.InvokeAsync;
        RouteHandlerBuilder On(Microsoft.AspNetCore.Routing.IEndpointRouteBuilder routes) => routes.MapPost("/orders/{id}", HandleAsync);
        TBuilder Elevate<TBuilder>(TBuilder builder)
            where TBuilder : IEndpointConventionBuilder => builder.Elevate(Callers.Member, options => options.Check = typeof(OwnOrders));
        IEndpointConventionBuilder endpoint;
        switch (place)
        {
            case "endpoint before":
                Elevate(On(app).AddEndpointFilter(filter));
                break;
            case "endpoint after":
                Elevate(On(app)).AddEndpointFilter(filter);
                break;
            case "group before":
                Elevate(On(app.MapGroup("").AddEndpointFilter(filter)));
                break;
            case "group after":
                var group = app.MapGroup("");
                Elevate(On(group));
                group.AddEndpointFilter(filter);
                break;
            case "group elevated":
                On(Elevate(app.MapGroup(""))).AddEndpointFilter(filter);
                break;
            case "group elevated, added later":
                var elevated = Elevate(app.MapGroup(""));
                var inner = On(elevated);
                elevated.AddEndpointFilter(filter);
                inner.AddEndpointFilter(filter);
                break;
            case "inner group":
                On(Elevate(app.MapGroup("")).MapGroup("").AddEndpointFilter(filter)).AddEndpointFilter(filter);
                break;
            case "factory after":
                Elevate(On(app)).AddEndpointFilterFactory((_, next) => call => filter(call, next));
                break;
            case "finally":
                endpoint = Elevate(On(app));
                endpoint.Add(
                    builder => builder.FilterFactories.Insert(builder.FilterFactories.Count, (_, next) => call => filter(call, next)));
                endpoint.Finally(builder => builder.FilterFactories.Clear());
                break;
            case "convention adds to the list":
                endpoint = Elevate(On(app));
                endpoint.Add(builder => builder.FilterFactories.Add((_, next) => call => filter(call, next)));
                break;
            case "convention inserts":
                endpoint = Elevate(On(app));
                endpoint.Add(
                    builder => builder.FilterFactories.Insert(builder.FilterFactories.Count, (_, next) => call => filter(call, next)));
                break;
            case "convention replaces the last":
                endpoint = Elevate(On(app));
                endpoint.Add(builder => builder.FilterFactories[^1] = (_, next) => call => filter(call, next));
                break;
            case "convention clears":
                endpoint = Elevate(On(app));
                endpoint.Add(builder =>
                {
                    builder.FilterFactories.Clear();
                    builder.FilterFactories.Add((_, next) => call => filter(call, next));
                });
                break;
            default:
                endpoint = Elevate(On(app));
                endpoint.Add(builder =>
                {
                    builder.FilterFactories.RemoveAt(builder.FilterFactories.Count - 1);
                    builder.FilterFactories.Remove(builder.FilterFactories[^1]);
                    builder.FilterFactories.Add((_, next) => call => filter(call, next));
                });
                break;
        }
    }

    internal sealed class OwnOrders(Journal journal) : IElevationCheck
    {
        public ValueTask<bool> IsAllowedAsync(ElevationCheckContext context, CancellationToken cancellationToken)
        {
            var id = context.Argument<string>("id");
            journal.Add("check " + id);
            return new(id == Own);
        }
    }

    private sealed class Attack(string kind, Journal journal) : IEndpointFilter
    {
        public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
        {
            var others = context.Arguments.Select(static argument => argument is string ? "others" : argument).ToArray();
            switch (kind)
            {
                case "elevates":
                    if (await Record.ExceptionAsync(
                        () => context.HttpContext.RequestServices.GetRequiredService<ElevatedWixClient>()
                            .SiteProperties.GetSitePropertiesAsync()) is null)
                        journal.Add("filter elevated");
                    return await next(context);
                case "changes the arguments":
                    context.Arguments[1] = "others";
                    return await next(context);
                case "passes another call":
                    return await next(new DefaultEndpointFilterInvocationContext(context.HttpContext, others));
                case "passes a call that says two things":
                    return await next(new TwoFaced(context, others));
                default:
                    return await next(new TwoFaced(context, [.. context.Arguments]) { Later = "others" });
            }
        }
    }

    /// <summary>Says one thing to who asks for all arguments, and another to who asks for one.</summary>
    private sealed class TwoFaced(EndpointFilterInvocationContext own, object?[] others) : EndpointFilterInvocationContext
    {
        public string? Later { get; init; }

        public override HttpContext HttpContext => own.HttpContext;

        public override IList<object?> Arguments => Later is null ? own.Arguments : others;

        public override T GetArgument<T>(int index) => (T)(Later is not null && others[index] is string ? Later : others[index])!;
    }

    private sealed class ActionAttack(string kind, Journal journal) : IAsyncActionFilter, IOrderedFilter
    {
        public int Order => int.MaxValue;

        public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
        {
            if (kind == "changes the arguments")
                context.ActionArguments["id"] = "others";
            else if (await Record.ExceptionAsync(
                () => context.HttpContext.RequestServices.GetRequiredService<ElevatedWixClient>()
                    .SiteProperties.GetSitePropertiesAsync()) is null)
                journal.Add("filter elevated");
            await next();
        }
    }

    private sealed class LateProvider(string how, IFilterMetadata filter) : IFilterProvider
    {
        public int Order => int.MaxValue;

        public void OnProvidersExecuting(FilterProviderContext context)
        {
            var item = new FilterItem(new(filter, int.MaxValue), filter) { IsReusable = how == "provider appends" };
            if (how == "provider clears")
                context.Results.Clear();
            if (how == "provider prepends")
                context.Results.Insert(0, item);
            else
                context.Results.Add(item);
        }

        public void OnProvidersExecuted(FilterProviderContext context)
        {
        }
    }

    /// <summary>Was added before the library, with the lowest order that there is.</summary>
    private sealed class LastProvider(string how, IFilterMetadata filter) : IFilterProvider
    {
        public int Order => int.MinValue;

        public void OnProvidersExecuting(FilterProviderContext context)
        {
        }

        public void OnProvidersExecuted(FilterProviderContext context)
        {
            var filters = context.Results;
            if (how.EndsWith("moves", StringComparison.Ordinal))
            {
                filters.Insert(0, filters[^1]);
                filters.RemoveAt(filters.Count - 1);
            }

            if (how.EndsWith("clears", StringComparison.Ordinal))
                filters.Clear();
            filters.Add(new(new(filter, int.MaxValue), filter) { IsReusable = true });
        }
    }

    private sealed class Around(Func<HttpContext, Func<Task>, Task> around) : IAsyncActionFilter
    {
        public Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next) =>
            around(context.HttpContext, () => next());
    }

    internal sealed class BesideController(Func<ElevatedWixClient, Task<string>> handler, ElevatedWixClient wix) : ControllerBase
    {
        [HttpGet("/action")]
        [Elevate(Callers.Visitor)]
        public Task<string> Get() => handler(wix);
    }

    [Route("/orders/{id}")]
    internal sealed class GuardedController(ElevatedWixClient wix) : ControllerBase
    {
        [HttpPost]
        [Elevate(Callers.Member, Check = typeof(OwnOrders))]
        public Task<string> Post(string id) => HandleAsync(HttpContext, id, wix);
    }

    [Route("/orders/{id}")]
    internal sealed class BareController(ElevatedWixClient wix) : ControllerBase
    {
        [HttpPost]
        public Task<string> Post(string id) => HandleAsync(HttpContext, id, wix);
    }
}
