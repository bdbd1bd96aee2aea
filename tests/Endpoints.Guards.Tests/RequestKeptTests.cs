namespace Endpoints.Guards.Tests;

public sealed class RequestKeptTests
{
    public static TheoryData<string> Bound =>
        ["WixClient", "ElevatedWixClient", "WixAuth", "SiteProperties", "Caller", "Lazy<WixClient>", "Func<Task<Caller>>",
            "IEnumerable<WixClient>", "Dictionary<string, Caller>", "Caller[]"];

    public static TheoryData<string> Free =>
        ["AdminWixClient", "AppWixClient", "Lazy<AdminWixClient>", "Microsoft.Extensions.Logging.ILogger<WixClient>", "Func<Caller, bool>",
            "Action<WixClient>", "IEqualityComparer<Caller>", "IServiceScopeFactory", "string"];

    private static readonly (string Id, string Call)[] Registrations =
    [
        ("EP1012", "services.{0}AddSingleton<S>{1}();"),
        ("EP1012", "services.{0}AddSingleton<IS, S>{1}();"),
        ("EP1012", "services.{0}AddSingleton{1}(typeof(S));"),
        ("EP1012", "services.{0}AddSingleton{1}(typeof(IS), typeof(S));"),
        ("EP1012", "services.{0}AddKeyedSingleton<IS, S>{1}(\"a\");"),
        ("EP1012", "services.{0}TryAddSingleton<S>{1}();"),
        ("EP1012", "services.{0}TryAddKeyedSingleton<S>{1}(\"a\");"),
        ("EP1012", "services.Add(ServiceDescriptor.{0}Singleton<IS, S>{1}());"),
        ("EP1012", "services.TryAddEnumerable(ServiceDescriptor.{0}Singleton<IS, S>{1}());"),
        ("EP1012", "services.Add({0}new ServiceDescriptor(typeof(IS), typeof(S), ServiceLifetime.Singleton){1});"),
        ("EP1012", "services.Add(ServiceDescriptor.{0}Describe{1}(typeof(IS), typeof(S), ServiceLifetime.Singleton));"),
        ("EP1012", "services.{0}AddSingleton<IS>{1}(new S(null!));"),
        ("EP1013", "services.{0}AddHttpClient<S>{1}();"),
        ("EP1013", "services.{0}AddHttpClient<IS, S>{1}(client => client.Timeout = default);"),
        ("EP1013", "services.AddHttpClient(\"a\").{0}AddTypedClient<S>{1}();"),
        ("", "services.{0}AddScoped<S>{1}();"),
        ("", "services.{0}AddTransient<IS, S>{1}();"),
        ("", "services.Add({0}new ServiceDescriptor(typeof(IS), typeof(S), ServiceLifetime.Scoped){1});"),
        ("", "services.{0}AddSingleton<IS>{1}(_ => null!);"),
    ];

    [Theory]
    [MemberData(nameof(Bound))]
    public async Task S58_What_is_registered_for_longer_than_a_request_takes_nothing_of_a_request(string type)
    {
        foreach (var (id, call) in Registrations)
            await Registered($"public sealed class S({type} x) : IS;",
                string.Format(System.Globalization.CultureInfo.InvariantCulture, call,
                    id.Length == 0 ? "" : $"{{|{(id == "EP1012" ? IdOf(type) : id)}:", id.Length == 0 ? "" : "|}")).VerifyAsync();
    }

    [Theory]
    [MemberData(nameof(Free))]
    public async Task S58_What_is_nobodys_may_be_kept(string type)
    {
        foreach (var (_, call) in Registrations)
            await Registered($"public sealed class S({type} x) : IS;",
                string.Format(System.Globalization.CultureInfo.InvariantCulture, call, "", "")).VerifyAsync();
        foreach (var nature in Natures())
            await new Code("S.cs", string.Format(System.Globalization.CultureInfo.InvariantCulture, nature, $"{type} x", "")).VerifyAsync();
        await new Code("S.cs", $"public static class S {{ public static {type}? Kept; }}").VerifyAsync();
    }

    [Theory]
    [MemberData(nameof(Bound))]
    public async Task S58_A_class_that_outlives_requests_by_what_it_is_takes_nothing_of_a_request(string type)
    {
        foreach (var nature in Natures())
        {
            await new Code("S.cs",
                string.Format(System.Globalization.CultureInfo.InvariantCulture, nature, $"{type} {{|{IdOf(type)}:x|}}", "")).VerifyAsync();
            await new Code(
                "S.cs", string.Format(System.Globalization.CultureInfo.InvariantCulture, nature, "",
                    $"private {type}? {{|{IdOf(type)}:_kept|}} = null;")).VerifyAsync();
            await new Code(
                "S.cs", string.Format(System.Globalization.CultureInfo.InvariantCulture, nature, "",
                    $"public {type}? {{|{IdOf(type)}:Kept|}} {{ get; set; }}")).VerifyAsync();
        }
    }

    [Fact]
    public async Task S58_The_way_through_a_service_of_the_project_is_seen()
    {
        var reported = await Registered(
            "public sealed class Orders(WixClient wix) { public object A => wix; } public sealed class Prices(Orders orders) { public "
            + "object A => orders; } public sealed class S(Prices prices) : IS { public object A => prices; }",
            "services.AddScoped<Orders>(); services.AddScoped<Prices>(); services.{|EP1013:AddSingleton<S>|}();").VerifyAsync();

        Assert.Equal(
            "'S' takes WixClient (by way of Orders), which speaks for the request that is going on or for nobody, and is a singleton: "
            + "take it as a parameter where a request is handled, or AppWixClient or AdminWixClient for the application's own work",
            Assert.Single(reported).GetMessage(null));
    }

    [Theory]
    [InlineData("services.AddSingleton<IS>(provider => new S({|EP1013:provider.GetRequiredService<WixClient>()|}));")]
    [InlineData(
        "services.AddSingleton(provider => { var wix = (WixClient?){|EP1013:provider.GetService(typeof(WixClient))|}; return new "
        + "S(wix!); });")]
    [InlineData("services.AddKeyedSingleton<IS>(\"a\", (provider, _) => new S({|EP1013:provider.GetRequiredService<WixClient>()|}));")]
    [InlineData("services.AddHostedService(provider => new Job({|EP1013:provider.GetRequiredService<S>()|}));")]
    [InlineData(
        "services.AddHttpClient(\"a\").AddHttpMessageHandler(provider => new Handler({|EP1012:provider.GetRequiredService<Caller>()|}));")]
    [InlineData("services.AddHttpClient<IS, S>((http, provider) => new S({|EP1013:provider.GetRequiredService<WixClient>()|}));")]
    [InlineData("services.AddOptions<Job>().{|EP1013:Configure<WixClient>|}((job, wix) => { });")]
    [InlineData("services.AddScoped<IS>(provider => new S(provider.GetRequiredService<WixClient>()));")]
    [InlineData("services.AddSingleton<IS>(provider => new Other(provider.GetRequiredService<AdminWixClient>()));")]
    [InlineData("services.AddOptions<Job>().Configure<AdminWixClient>((job, wix) => { });")]
    public async Task S58_Factories_are_looked_into(string call) => await Registered(
        "public sealed class S(WixClient wix) : IS { public object A => wix; } public sealed class Other(AdminWixClient wix) : IS { "
        + "public object A => wix; } "
        + "public sealed class Job(S {|EP1013:s|}) : Microsoft.Extensions.Hosting.BackgroundService { public object A => s; protected "
            + "override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask; } "
        + "public sealed class Handler(Caller {|EP1012:caller|}) : DelegatingHandler { public object A => caller; }", call).VerifyAsync();

    [Theory]
    [InlineData("app.MapGet(\"/\", () => 1).{|EP1013:AddEndpointFilter|}(new Filter(null!));")]
    [InlineData("app.MapGroup(\"/\").{|EP1013:AddEndpointFilter|}(new Filter(null!));")]
    [InlineData("WebApplication.CreateBuilder().Services.AddControllers(options => options.Filters.{|EP1012:Add|}(new Action(null!)));")]
    [InlineData("app.MapGet(\"/\", () => 1).AddEndpointFilter<RouteHandlerBuilder, Filter>();")]
    [InlineData("WebApplication.CreateBuilder().Services.AddControllers(options => options.Filters.Add<Action>());")]
    [InlineData("app.MapGet(\"/\", () => 1).AddEndpointFilter((context, next) => next(context));")]
    [InlineData("app.UseMiddleware<Own>();")]
    public async Task S58_Filters_handed_over_as_objects_are_kept_for_all_requests(string statement) =>
        await new Code("Program.cs", $"var app = WebApplication.Create(); {statement}").With("Filters.cs", """
            public sealed class Filter(WixClient wix) : IEndpointFilter { public object A => wix; public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) => next(context); }
            public sealed class Action(Caller caller) : Microsoft.AspNetCore.Mvc.Filters.IActionFilter
            {
                public object A => caller;
                public void OnActionExecuting(Microsoft.AspNetCore.Mvc.Filters.ActionExecutingContext context) { }
                public void OnActionExecuted(Microsoft.AspNetCore.Mvc.Filters.ActionExecutedContext context) { }
            }
            public sealed class Own(RequestDelegate next) { public Task InvokeAsync(HttpContext context, WixClient wix, Caller caller) => next(context); }
            """).VerifyAsync();

    [Fact]
    public async Task S58_Middleware_that_is_made_for_each_request_may_take_it_unless_it_is_a_singleton() =>
        await new Code("M.cs", """
            using Microsoft.Extensions.DependencyInjection.Extensions;
            public sealed class M(WixClient wix) : IMiddleware { public object A => wix; public Task InvokeAsync(HttpContext context, RequestDelegate next) => next(context); }
            public sealed class H(Caller caller) : IAuthorizationHandler { public object A => caller; public Task HandleAsync(AuthorizationHandlerContext context) => Task.CompletedTask; }
            public static class Setup
            {
                public static void Add(IServiceCollection services)
                {
                    services.AddScoped<M>().AddScoped<IAuthorizationHandler, H>();
                    services.{|EP1013:AddSingleton<M>|}().{|EP1012:AddSingleton<IAuthorizationHandler, H>|}();
                }
            }
            """).VerifyAsync();

    [Theory]
    [InlineData("public static class S { public static WixClient? {|EP1013:Kept|}; }")]
    [InlineData("public static class S { public static Caller? {|EP1012:Kept|} { get; set; } }")]
    [InlineData("public static class S { private static readonly Dictionary<string, SiteProperties> {|EP1013:kept|} = []; }")]
    [InlineData(
        "public static class S { private static object? kept; public static void Keep(Caller caller) => {|EP1012:kept|} = caller; }")]
    [InlineData(
        "public static class S { private static object? kept; public static void Keep(WixClient wix) => {|EP1013:kept|} ??= "
        + "wix.SiteProperties; }")]
    [InlineData("public static class S { public static ElevatedWixClient? {|EP1003:Kept|}; }")]
    [InlineData("public static class S { private static string? kept; public static void Keep(Caller caller) => kept = caller.Id; }")]
    [InlineData(
        "public static class S { public static WixClient Of(HttpContext context) => "
        + "context.RequestServices.GetRequiredService<WixClient>(); public static Caller? Nobody => null; }")]
    [InlineData(
        "public sealed class S(WixClient wix, Caller caller) { private readonly WixClient _wix = wix; public Caller Caller => caller; "
        + "public object A => _wix; }")]
    [InlineData("public sealed record S(Caller Caller, SiteProperties Site);")]
    public async Task S58_A_static_member_keeps_nothing_of_a_request_and_a_service_may(string code) =>
        await new Code("S.cs", code).VerifyAsync();

    private static Code Registered(string types, string statement) => new("S.cs", $$"""
        using Microsoft.Extensions.DependencyInjection.Extensions;
        public interface IS;
        {{types}}
        public static class Setup { public static void Add(IServiceCollection services) { {{statement}} } }
        """);

    private static string IdOf(string type) => type.Contains("Caller", StringComparison.Ordinal) ? "EP1012" : "EP1013";

    // {0} is a constructor's parameter, {1} a member.
    private static string[] Natures() =>
    [
        "public sealed class S : Microsoft.Extensions.Hosting.BackgroundService {{ public S({0}) {{ }} {1} protected override Task "
        + "ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask; }}",
        "public sealed class S({0}) : Microsoft.Extensions.Hosting.IHostedService {{ {1} public Task StartAsync(CancellationToken ct) => "
        + "Task.CompletedTask; public Task StopAsync(CancellationToken ct) => Task.CompletedTask; }}",
        "public sealed class S : DelegatingHandler {{ public S({0}) {{ }} {1} }}",
        "public sealed class S : HttpMessageHandler {{ public S({0}) {{ }} {1} protected override Task<HttpResponseMessage> "
        + "SendAsync(HttpRequestMessage request, CancellationToken ct) => null!; }}",
        "public sealed class S {{ public S(RequestDelegate next) => Next = next; public S({0}) => Next = null!; {1} public "
        + "RequestDelegate Next {{ get; }} public Task InvokeAsync(HttpContext context) => Next(context); }}",
        "public sealed class S : Microsoft.Extensions.ObjectPool.PooledObjectPolicy<string> {{ public S({0}) {{ }} {1} public override "
        + "string Create() => \"\"; public override bool Return(string obj) => true; }}",
        "public sealed class S : Attribute {{ public S({0}) {{ }} {1} }}",
        "public sealed class S : Microsoft.AspNetCore.Diagnostics.IExceptionHandler {{ public S({0}) {{ }} {1} public ValueTask<bool> "
        + "TryHandleAsync(HttpContext context, Exception exception, CancellationToken ct) => new(false); }}",
        "public sealed class S : Microsoft.Extensions.Options.IConfigureOptions<string> {{ public S({0}) {{ }} {1} public void "
        + "Configure(string options) {{ }} }}",
        "public sealed class S : Microsoft.AspNetCore.Hosting.IStartupFilter {{ public S({0}) {{ }} {1} public "
        + "Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => next; }}",
    ];
}
