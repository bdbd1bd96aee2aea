using Microsoft.CodeAnalysis;

namespace Endpoints.Guards.Tests.Lock;

/// <summary>Every way to write elevation, or to lift a guard, changes the lock: by meaning, however it is spelled.</summary>
public sealed class S60FormsTests
{
    private const string Before = """
        using Microsoft.AspNetCore.Mvc.Filters;
        using Microsoft.AspNetCore.Mvc.Authorization;
        using Microsoft.AspNetCore.Mvc.ApplicationModels;
        using Microsoft.AspNetCore.Antiforgery;
        using Microsoft.AspNetCore.RateLimiting;

        var builder = WebApplication.CreateBuilder(args);
        var app = builder.Build();
        app.MapGet("/known", () => 1).Elevate(Callers.User);
        """;

    private const string Types = "public static class Known { public const int Value = 1; }";

    /// <summary>Statements that are added to the program, and types to a file of their own.</summary>
    public static TheoryData<string, string> Forms => new()
    {
        // Elevating, on a route.
        { "app.MapGet(\"/a\", () => 1).Elevate(Callers.User);", "" },
        { "app.MapGet(\"/a\", () => 1)?.Elevate(Callers.User);", "" },
        { "app?.MapGet(\"/a\", () => 1)?.WithName(\"a\")?.Elevate(Callers.User);", "" },
        { "app.MapGet(\"/a\", () => 1)!.Elevate(Callers.User);", "" },
        { "(app.MapGet(\"/a\", () => 1)).Elevate(Callers.User);", "" },
        { "ElevateEndpointConventionBuilderExtensions.Elevate(app.MapGet(\"/a\", () => 1), Callers.User);", "" },
        { "global::Microsoft.AspNetCore.Builder.ElevateEndpointConventionBuilderExtensions.Elevate<RouteHandlerBuilder>(builder: "
            + "app.MapGet(\"/a\", () => 1), callers: Callers.User);", "" },
        { "Added.Map(app);",
            "static class Added { public static void Map(WebApplication app) => app.MapGet(\"/a\", () => 1).Elevate(Callers.User); }" },
        { "Added.Map(app);",
            "static class Added { public static void Map(IEndpointRouteBuilder app) => app.MapGet(\"/a\", () => 1).Elevate(Callers.User); }" },
        { "Added.Guard(app.MapGet(\"/a\", () => 1));",
            "static class Added { public static T Guard<T>(this T b) where T : IEndpointConventionBuilder => b.Elevate(Callers.User); }" },
        { "Func<RouteHandlerBuilder, Callers, Action<ElevateOptions>?, RouteHandlerBuilder> guard = "
            + "ElevateEndpointConventionBuilderExtensions.Elevate; guard(app.MapGet(\"/a\", () => 1), Callers.User, null);", "" },
        { "var guard = (RouteHandlerBuilder b) => b.Elevate(Callers.User); guard(app.MapGet(\"/a\", () => 1));", "" },
        { "RouteHandlerBuilder Guard(RouteHandlerBuilder b) => b.Elevate(Callers.User); Guard(app.MapGet(\"/a\", () => 1));", "" },
        { "foreach (var b in new[] { app.MapGet(\"/a\", () => 1) }) b.Elevate(Callers.User);", "" },
        { "foreach (var path in args) app.MapGroup(path).Elevate(Callers.User).MapGet(\"/x\", () => 1);", "" },
        { "var route = args.Length > 0 ? app.MapGet(\"/a\", () => 1) : app.MapGet(\"/b\", () => 1); route.Elevate(Callers.User);", "" },
        { "(args.Length > 0 ? app.MapGet(\"/a\", () => 1) : app.MapGet(\"/b\", () => 1)).Elevate(Callers.User);", "" },
        { "RouteHandlerBuilder? route = null; route ??= app.MapGet(\"/a\", () => 1); route.Elevate(Callers.User);", "" },
        { "dynamic route = app.MapGet(\"/a\", () => 1); ElevateEndpointConventionBuilderExtensions.Elevate(route, Callers.User);", "" },
        { "app.MapGet(\"/known\", () => 1).Elevate(Callers.User);", "" },
        { "app.MapControllers().Elevate(Callers.User);", "" },
        { "app.MapFileRoutes()?.Elevate(Callers.User);", "" },
        { "app.MapHub<Added>(\"/hub\").Elevate(Callers.User);", "public sealed class Added : Microsoft.AspNetCore.SignalR.Hub;" },
        { "new Added(app.MapGet(\"/a\", () => 1));",
            "sealed class Added { public Added(IEndpointConventionBuilder b) => b.Elevate(Callers.User); }" },
        { "Added.On = app.MapGet(\"/a\", () => 1);",
            "static class Added { public static IEndpointConventionBuilder On { set => value.Elevate(Callers.User); } }" },
        { "new List<RouteHandlerBuilder> { app.MapGet(\"/a\", () => 1) }.ForEach(b => b.Elevate(Callers.User));", "" },
        { "((Action)(() => app.MapGet(\"/a\", () => 1).Elevate(Callers.User)))();", "" },
        // ... by the attribute.
        { "builder.Services.AddControllers(options => options.Filters.Add(new ElevateAttribute(Callers.User)));", "" },
        { "builder.Services.AddControllers(options => { ElevateAttribute all = new(Callers.User); options.Filters.Add(all); });", "" },
        { "builder.Services.AddControllers(options => options.Filters.Add(Added.All));",
            "static class Added { public static readonly IFilterMetadata All = new ElevateAttribute(Callers.User); } " },
        { "builder.Services.AddControllers(options => "
            + "options.Filters.Add((IFilterMetadata)Activator.CreateInstance(typeof(ElevateAttribute), Callers.User)!));", "" },
        { "app.MapGet(\"/a\", () => 1).WithMetadata(new ElevateAttribute(Callers.User));", "" },
        { "app.MapGet(\"/a\", () => 1).Add(b => b.Metadata.Add(new ElevateAttribute(Callers.User)));", "" },
        { "app.MapGet(\"/a\", [Elevate(Callers.User)] () => 1);", "" },
        { "", "public sealed class AddedController : ControllerBase { [HttpGet(\"/a\")] [Elevate(Callers.User)] public int Get() => 1; }" },
        { "", "[Guard(Callers.User)] public sealed class AddedController : ControllerBase { [HttpGet(\"/a\")] public int Get() => 1; }" },
        { "", "public sealed partial class AddedController : ControllerBase { [HttpGet(\"/a\")] public int Get() => 1; } "
            + "[Elevate(Callers.User)] public partial class AddedController;" },
        { "", "[Elevate(Callers.User)] public abstract class Base : ControllerBase; public sealed class AddedController : Base { "
            + "[HttpGet(\"/a\")] public int Get() => 1; }" },
        { "", "[Elevate(Callers.User)] internal sealed class Added : ControllerBase { [HttpGet(\"/a\")] public int Get() => 1; }" },
        { "", "[Elevate(Callers.User)] public sealed class Added : Microsoft.AspNetCore.Mvc.RazorPages.PageModel;" },
        { "", "sealed class Added : IApplicationModelConvention { public void Apply(ApplicationModel m) => "
            + "m.Controllers[0].Filters.Add(new ElevateAttribute(Callers.User)); }" },
        { "", "sealed class Added : IActionModelConvention { public void Apply(ActionModel m) => "
            + "((ICollection<IFilterMetadata>)m.Filters).Add(new ElevateAttribute(Callers.User)); }" },
        { "app.MapGet(\"/a\", () => 1).Add(b => { foreach (var c in b.Metadata.OfType<IEndpointConvention>().ToList()) c.Apply(b); });",
            "" },
        { "Console.Write(typeof(Callers).Assembly.GetType(\"Endpoints.Wix.ElevateAttribute\"));", "" },
        { "Console.Write(Type.GetType($\"Endpoints.Wix.ElevateAttribute, {args[0]}\"));", "" },
        // ... and by loosening what is there.
        { "app.MapGet(\"/b\", () => 1).Add(b => b.Metadata.OfType<ElevateAttribute>().Single().RateLimit = null);", "" },
        { "app.MapGet(\"/b\", () => 1).Add(b => { foreach (var e in b.Metadata) if (e is ElevateAttribute x) (x.Policy, x.Check) = "
            + "(null, null); });", "" },
        { "Console.Write(typeof(ElevateOptions).GetProperty(args[0]));", "" },
        { "Console.Write(typeof(Callers).Assembly.GetType(\"Endpoints.Wix.ElevateOptions\"));", "" },
        { "ElevateOptions? kept = null; kept!.Only = null;", "" },
        { "", "static class Added { public static void Loosen(ElevateOptions options) => options.Only = null; }" },
        { "", "static class Added { public static void Loosen(ElevateOptions options) => (options.Policy, options.Check) = (null, null); }" },
        { "", "static class Added { public static void Loosen(ElevateOptions options) => options.RateLimit ??= \"1/1s\"; }" },
        { "var known = app.MapGet(\"/b\", () => 1); if (args.Length > 0) known.Elevate(Callers.User); else known.Elevate(Callers.App);",
            "" },
        // Lifting a guard.
        { "app.MapGet(\"/a\", () => 1).AllowAnonymous();", "" },
        { "app.MapGet(\"/a\", () => 1)?.AllowAnonymous();", "" },
        { "AuthorizationEndpointConventionBuilderExtensions.AllowAnonymous(app.MapGet(\"/a\", () => 1));", "" },
        { "Func<RouteHandlerBuilder, RouteHandlerBuilder> open = AuthorizationEndpointConventionBuilderExtensions.AllowAnonymous; "
            + "open(app.MapGet(\"/a\", () => 1));", "" },
        { "app.MapGroup(\"/g\").AllowAnonymous().MapGet(\"/a\", () => 1);", "" },
        { "app.MapGet(\"/a\", () => 1).WithMetadata(new AllowAnonymousAttribute());", "" },
        { "app.MapGet(\"/a\", [AllowAnonymous] () => 1);", "" },
        { "app.MapGet(\"/a\", () => 1).WithMetadata(new Added());", "sealed class Added : IAllowAnonymous;" },
        { "app.MapGet(\"/a\", () => 1).WithMetadata(Added.One);",
            "sealed class Added : Attribute, IAllowAnonymous { public static readonly object One = new Added(); }" },
        { "", "[AllowAnonymous] public sealed class AddedController : ControllerBase { [HttpGet(\"/a\")] public int Get() => 1; }" },
        { "", "[Open] public sealed class AddedController : ControllerBase { [HttpGet(\"/a\")] public int Get() => 1; } sealed class "
            + "OpenAttribute : AllowAnonymousAttribute;" },
        { "builder.Services.AddControllers(options => options.Filters.Add(new AllowAnonymousFilter()));", "" },
        { "builder.Services.AddControllers(options => options.Filters.Add<AllowAnonymousFilter>());", "" },
        { "builder.Services.AddControllers(options => options.Filters.Clear());", "" },
        { "builder.Services.AddControllers(options => options.Filters.RemoveAt(0));", "" },
        { "builder.Services.AddRazorPages(options => options.Conventions.AllowAnonymousToFolder(\"/\"));", "" },
        { "app.MapPost(\"/a\", () => 1).DisableAntiforgery();", "" },
        { "app.MapPost(\"/a\", () => 1).DisableRateLimiting();", "" },
        { "app.MapPost(\"/a\", () => 1).WithMetadata(new RequireAntiforgeryTokenAttribute(required: false));", "" },
        { "app.MapPost(\"/a\", (HttpRequest request) => 1).WithMetadata(new RawBodyAttribute());", "" },
        { "", "public sealed class AddedController : ControllerBase { [RawBody, HttpPost(\"/a\")] public int Post() => 1; }" },
        { "", "[IgnoreAntiforgeryToken] public sealed class AddedController : ControllerBase { [HttpPost(\"/a\")] public int Post() => 1; }" },
        { "", "[RequireAntiforgeryToken(false)] public sealed class AddedController : ControllerBase { [HttpPost(\"/a\")] public int "
            + "Post() => 1; }" },
        { "app.MapGet(\"/b\", () => 1).Add(b => b.Metadata.Clear());", "" },
        { "builder.Services.Clear();", "" },
        { "Microsoft.Extensions.DependencyInjection.Extensions.ServiceCollectionDescriptorExtensions.RemoveAll<Microsoft.AspNetCore.Hosting.IStartupFilter>(builder.Services);", "" },
        { "builder.Services.Remove(builder.Services[0]);", "" },
        { "app.MapGet(\"/b\", () => 1).Finally(b => b.Metadata.RemoveAt(0));", "" },
        { "app.MapGet(\"/b\", () => 1).Finally(b => b.Metadata[0] = \"x\");", "" },
        { "app.MapGet(\"/b\", () => 1).Finally(b => { var all = b.Metadata; all.Clear(); });", "" },
        { "app.MapGet(\"/b\", () => 1).Finally(b => { if (b is { Metadata: { } all }) all.Clear(); });", "" },
        { "app.MapGet(\"/b\", () => 1).Finally(b => b.Metadata.Remove(b.Metadata.OfType<IAuthorizeData>().First()));", "" },
        { "app.MapGet(\"/b\", () => 1).Finally(b => b.RequestDelegate = context => Task.CompletedTask);", "" },
        { "app.MapGet(\"/b\", () => 1).Finally(b => b.FilterFactories.Clear());", "" },
        { "app.MapGet(\"/b\", () => 1).Add(b => Added.Open(b));",
            "static class Added { public static void Open(EndpointBuilder b) => Strip(b.Metadata); static void Strip(IList<object> all) "
            + "=> all.Clear(); }" },
        { "app.Use((context, next) => { context.SetEndpoint(new Endpoint(null, EndpointMetadataCollection.Empty, null)); return "
            + "next(context); });", "" },
        { "", "sealed class Added : IActionModelConvention { public void Apply(ActionModel m) => m.Filters.Clear(); }" },
        { "", "sealed class Added : IActionModelConvention { public void Apply(ActionModel m) { foreach (var s in m.Selectors) "
            + "s.EndpointMetadata.Clear(); } }" },
        { "", "sealed class Added : Microsoft.AspNetCore.Authorization.Policy.PolicyEvaluator { public Added(IAuthorizationService s) : "
            + "base(s) { } }" },
        { "", "static class Added { static readonly System.Linq.Expressions.Expression<Action<RouteHandlerBuilder>> Open = b => "
            + "b.AllowAnonymous(); }" },
        // Past what middleware would have asked: the delegate of an endpoint, taken out.
        { "app.Use((context, next) => context.GetEndpoint()?.RequestDelegate?.Invoke(context) ?? next(context));", "" },
        { "app.Use((context, next) => ((IEndpointRouteBuilder)app).DataSources.First().Endpoints[0] is { RequestDelegate: { } answer } ? "
            + "answer(context) : next(context));", "" },
        { "RequestDelegate? taken = null; app.MapGet(\"/b\", () => 1).RequireAuthorization().Add(b => taken = b.RequestDelegate);", "" },
        { "app.Use((context, next) => { context.Features.Set<Microsoft.AspNetCore.Http.Features.IEndpointFeature>(null); return "
            + "next(context); });", "" },
        { "app.Use((context, next) => { context.Features[typeof(Microsoft.AspNetCore.Http.Features.IEndpointFeature)] = null; return "
            + "next(context); });", "" },
        // Past the access of what elevates.
        { "", "static class Made { [System.Runtime.CompilerServices.UnsafeAccessor(System.Runtime.CompilerServices.UnsafeAccessorKind."
            + "Constructor)] public static extern ElevateAttribute New(Callers callers); }" },
        { "", "static class Made { [System.Runtime.CompilerServices.UnsafeAccessor(System.Runtime.CompilerServices.UnsafeAccessorKind."
            + "Method, Name = \"set_Only\")] public static extern void Only(ElevateOptions options, string[]? only); }" },
        { "", "static class Made { [System.Runtime.CompilerServices.UnsafeAccessor(System.Runtime.CompilerServices.UnsafeAccessorKind."
            + "Field, Name = \"_x\")] public static extern ref object Field(WixAuth auth); }" },
        { "builder.Services.AddControllers(o => o.Filters.Add((IFilterMetadata)Made(4))); "
            + "[System.Runtime.CompilerServices.UnsafeAccessor(System.Runtime.CompilerServices.UnsafeAccessorKind.Constructor)] [return: "
            + "System.Runtime.CompilerServices.UnsafeAccessorType(\"Endpoints.Wix.ElevateAttribute, Endpoints.Wix\")] static extern object "
            + "Made(int callers);", "" },
        // Past what the framework and the library do of their own accord.
        { "builder.Services.Configure<RouteOptions>(o => o.SuppressCheckForUnhandledSecurityMetadata = true);", "" },
        { "", "sealed class Added : IRateLimitStore { public ValueTask<RateLimitVerdict> DecideAsync(ReadOnlyMemory<RateLimitCounter> c, "
            + "CancellationToken t) => throw new NotSupportedException(); public ValueTask<RateLimitState> "
            + "InspectAsync(RateLimitCounter c, CancellationToken t) => default; public ValueTask ResetAsync(RateLimitCounter c, "
            + "CancellationToken t) => default; }" },
        { "app.MapPost(\"/a\", () => 1).WithMetadata(new RequestSizeLimitAttribute(1024 * 1024 + 1));", "" },
        { "app.MapPost(\"/a\", () => 1).WithMetadata(new RequestSizeLimitAttribute(args.Length));", "" },
        { "", "public sealed class AddedController : ControllerBase { [RequestSizeLimit(long.MaxValue), HttpPost(\"/a\")] public int "
            + "Post() => 1; }" },
        { "", "abstract class Marker<T> where T : new() { public object It => new T(); } sealed class Added : "
            + "Marker<AllowAnonymousAttribute>;" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void S60_Whatever_elevates_or_lifts_a_guard_is_an_entry_or_an_error(string statements, string types)
    {
        var locked = GuardLockGeneratorTests.LockOf(GuardLockGeneratorTests.Run(Program("", ""), write: true));
        Assert.Empty(GuardLockGeneratorTests.Run(Program("", ""), locked).Diagnostics);
        var code = Program(statements, types);

        var errors = GuardLockGeneratorTests.Run(code, locked).Diagnostics;

        Assert.Contains(errors, static error => error is { Severity: DiagnosticSeverity.Error, Id: "EP1101" or "EP1102" or "EP1105" });
        // And written anew, the lock has it: the same code passes, and none that does it once more.
        var anew = GuardLockGeneratorTests.LockOf(GuardLockGeneratorTests.Run(code, write: true));
        Assert.Empty(GuardLockGeneratorTests.Run(code, anew).Diagnostics);
        Assert.NotEqual(locked, anew);
    }

    [Fact]
    public void S60_A_method_that_is_called_in_the_place_of_another_is_an_entry()
    {
        var locked = GuardLockGeneratorTests.LockOf(GuardLockGeneratorTests.Run(Program("", ""), write: true));
        var code = Program("", "").With("Placed.cs", """
            namespace System.Runtime.CompilerServices
            {
                file sealed class InterceptsLocationAttribute(int version, string data) : Attribute
                {
                    public (int, string) Place => (version, data);
                }
            }

            namespace Microsoft.AspNetCore.Http.Generated
            {
                static class Placed
                {
                    [System.Runtime.CompilerServices.InterceptsLocation(1, "")]
                    public static T RequireAuthorization<T>(this T builder) => builder;
                }
            }
            """);

        Assert.Contains(GuardLockGeneratorTests.Run(code, locked).Diagnostics, static error => error.Id == "EP1105");
        var anew = GuardLockGeneratorTests.LockOf(GuardLockGeneratorTests.Run(code, write: true));
        Assert.Empty(GuardLockGeneratorTests.Run(code, anew).Diagnostics);
    }

    /// <summary>Code that the lock knows, and a further use of it.</summary>
    public static TheoryData<string, string, string> Reuses => new()
    {
        { "app.MapGet(\"/a\", () => 1).Guard();", "app.MapGet(\"/b\", () => 1).Guard();",
            "static class Added { public static T Guard<T>(this T b) where T : IEndpointConventionBuilder => b.Elevate(Callers.User); }" },
        { "app.MapGet(\"/a\", () => 1).Guard();",
            "Func<RouteHandlerBuilder, RouteHandlerBuilder> f = Added.Guard; f(app.MapGet(\"/b\", () => 1));",
            "static class Added { public static T Guard<T>(this T b) where T : IEndpointConventionBuilder => b.Elevate(Callers.User); }" },
        { "app.MapGroup(\"/x\").Shop();", "app.MapGroup(\"/y\").Shop();",
            "static class Added { public static void Shop(this IEndpointRouteBuilder r) => r.MapGet(\"/a\", () => "
            + "1).Elevate(Callers.User); }" },
        { "app.MapGroup(\"/x\").Outer();", "app.MapGroup(\"/y\").Outer();",
            "static class Added { public static void Outer(this IEndpointRouteBuilder r) => Shop(r); static void "
            + "Shop(IEndpointRouteBuilder r) => r.MapGet(\"/a\", () => 1).Elevate(Callers.User); }" },
        { "IModule m = new Shop(); m.Map(app.MapGroup(\"/x\"));", "m.Map(app.MapGroup(\"/y\"));",
            "interface IModule { void Map(IEndpointRouteBuilder r); } sealed class Shop : IModule { public void "
            + "Map(IEndpointRouteBuilder r) => r.MapGet(\"/a\", () => 1).Elevate(Callers.User); }" },
        { "var open = new AllowAnonymousAttribute(); app.MapGet(\"/a\", () => 1).WithMetadata(open);",
            "app.MapGet(\"/b\", () => 1).WithMetadata(open);", "" },
        { "app.MapGet(\"/a\", () => 1).WithMetadata(Added.Open);", "app.MapGet(\"/b\", () => 1).WithMetadata(Added.Open);",
            "static class Added { public static object Open { get; } = new AllowAnonymousAttribute(); }" },
        { "app.MapGet(\"/a\", () => 1).WithMetadata(new Added());", "app.MapGet(\"/b\", () => 1).WithMetadata(new Added());",
            "sealed class Added : IAllowAnonymous;" },
        { "void Open(RouteHandlerBuilder b) => b.AllowAnonymous(); Open(app.MapGet(\"/a\", () => 1));",
            "Open(app.MapGet(\"/b\", () => 1));", "" },
        { "app.MapGet(\"/a\", () => 1).Add(Added.Strip);", "app.MapGet(\"/b\", () => 1).Add(Added.Strip);",
            "static class Added { public static void Strip(EndpointBuilder b) => b.Metadata.Clear(); }" },
        { "app.MapGet(\"/a\", () => 1).Add(b => b.Metadata.Clear());", "app.MapGet(\"/b\", () => 1).Add(b => b.Metadata.Clear());", "" },
        { "builder.Services.AddControllers(o => o.Conventions.Add(new Added()));", "",
            "sealed class Added : IActionModelConvention { public void Apply(ActionModel m) => m.Filters.Clear(); } [Strip] public "
            + "sealed class XController : ControllerBase { [HttpGet(\"/x\")] public int Get() => 1; } sealed class StripAttribute : "
                + "Attribute, IActionModelConvention { public void Apply(ActionModel m) => m.Filters.Clear(); } /*+ [Strip] public "
                    + "sealed class YController : ControllerBase { [HttpGet(\"/y\")] public int Get() => 1; } +*/" },
        { "", "", "[AllowAnonymous] public abstract class Open : ControllerBase; public sealed class XController : Open { "
            + "[HttpGet(\"/x\")] public int Get() => 1; } /*+ public sealed class YController : Open { [HttpGet(\"/y\")] public int "
                + "Get() => 1; } +*/" },
        // What keeps a delegate, or metadata, until it is used.
        { "var all = new List<Action<RouteHandlerBuilder>> { b => b.AllowAnonymous() }; all[0](app.MapGet(\"/a\", () => 1));",
            "all.ForEach(open => open(app.MapGet(\"/b\", () => 1)));", "" },
        { "var all = new List<Action<RouteHandlerBuilder>>(); all.Add(b => b.AllowAnonymous());",
            "all[0](app.MapGet(\"/b\", () => 1));", "" },
        { "var all = new Queue<Action<RouteHandlerBuilder>>(); void Open(RouteHandlerBuilder b) => b.AllowAnonymous(); all.Enqueue(Open);",
            "all.Dequeue()(app.MapGet(\"/b\", () => 1));", "" },
        { "var all = new Dictionary<string, Action<RouteHandlerBuilder>>(); all[\"open\"] = b => b.AllowAnonymous();",
            "all[\"open\"](app.MapGet(\"/b\", () => 1));", "" },
        { "var all = new Action<RouteHandlerBuilder>[1]; all[0] = b => b.AllowAnonymous();", "all[0](app.MapGet(\"/b\", () => 1));", "" },
        { "var all = new List<object>(); all.Add(new AllowAnonymousAttribute());",
            "app.MapGet(\"/b\", () => 1).WithMetadata([.. all]);", "" },
        { "var (times, open) = (1, (Action<RouteHandlerBuilder>)(b => b.AllowAnonymous()));", "open(app.MapGet(\"/b\", () => 1));", "" },
        { "var made = new Opening(b => b.AllowAnonymous());", "made.Do(app.MapGet(\"/b\", () => 1));",
            "sealed class Opening(Action<RouteHandlerBuilder> open) { public void Do(RouteHandlerBuilder b) => open(b); }" },
        { "var made = new Lazy<Action<RouteHandlerBuilder>>(() => b => b.AllowAnonymous());",
            "made.Value(app.MapGet(\"/b\", () => 1));", "" },
        { "Added.Keep(b => b.AllowAnonymous());", "Added.Kept!(app.MapGet(\"/b\", () => 1));",
            "static class Added { public static Action<RouteHandlerBuilder>? Kept; public static void Keep(Action<RouteHandlerBuilder> a) "
            + "=> Kept = a; }" },
        { "Added.Keep(b => b.AllowAnonymous());", "Added.All[0](app.MapGet(\"/b\", () => 1));",
            "static class Added { public static readonly List<Action<RouteHandlerBuilder>> All = []; public static void "
            + "Keep(Action<RouteHandlerBuilder> a) => Further(a); static void Further(Action<RouteHandlerBuilder> a) => All.Add(a); }" },
        { "var open = Added.Same(b => b.AllowAnonymous());", "open(app.MapGet(\"/b\", () => 1));",
            "static class Added { public static Action<RouteHandlerBuilder> Same(Action<RouteHandlerBuilder> a) => a; }" },
        // What the language calls without a name.
        { "_ = new Added(app.MapGet(\"/a\", () => 1));", "_ = new Added(app.MapGet(\"/b\", () => 1));", Opener("~Added() => Open();") },
        { "_ = new Added { app.MapGet(\"/a\", () => 1) };", "_ = new Added { app.MapGet(\"/b\", () => 1) };",
            "sealed class Added : List<int> { public void Add(RouteHandlerBuilder b) => b.AllowAnonymous(); }" },
        { "Console.Write($\"{new Added(app.MapGet(\"/a\", () => 1))}\");", "Console.Write($\"{new Added(app.MapGet(\"/b\", () => 1))}\");",
            Opener("public override string ToString() { Open(); return \"\"; }") },
        { "Added x = app.MapGet(\"/a\", () => 1);", "Added y = app.MapGet(\"/b\", () => 1);",
            "sealed class Added { public static implicit operator Added(RouteHandlerBuilder b) { b.AllowAnonymous(); return new(); } }" },
        { "Use<Added>(app.MapGet(\"/a\", () => 1)); static void Use<T>(RouteHandlerBuilder b) where T : IOpen => T.Open(b);",
            "Use<Added>(app.MapGet(\"/b\", () => 1));", "interface IOpen { static abstract void Open(RouteHandlerBuilder b); } sealed "
            + "class Added : IOpen { public static void Open(RouteHandlerBuilder b) => b.AllowAnonymous(); }" },
        { "var x = new Added(app.MapGet(\"/a\", () => 1)); x++;", "var y = new Added(app.MapGet(\"/b\", () => 1)); y++;",
            Opener("public static Added operator ++(Added a) { a.Open(); return a; }") },
        { "foreach (var x in new Added(app.MapGet(\"/a\", () => 1))) { }", "foreach (var y in new Added(app.MapGet(\"/b\", () => 1))) { }",
            Opener("public IEnumerator<int> GetEnumerator() { Open(); return Enumerable.Empty<int>().GetEnumerator(); }") },
        { "foreach (var x in new Added(app.MapGet(\"/a\", () => 1))) { }", "foreach (var y in new Added(app.MapGet(\"/b\", () => 1))) { }",
            Opener("") + "static class More { public static IEnumerator<int> GetEnumerator(this Added a) { a.Open(); return "
                + "Enumerable.Empty<int>().GetEnumerator(); } }" },
        { "await foreach (var x in new Added(app.MapGet(\"/a\", () => 1))) { }",
            "await foreach (var y in new Added(app.MapGet(\"/b\", () => 1))) { }",
            Opener("public Added GetAsyncEnumerator() => this; public int Current => 1; public Task<bool> MoveNextAsync() { Open(); "
                + "return Task.FromResult(false); }") },
        { "await new Added(app.MapGet(\"/a\", () => 1));", "await new Added(app.MapGet(\"/b\", () => 1));",
            Opener("public System.Runtime.CompilerServices.TaskAwaiter GetAwaiter() { Open(); return Task.CompletedTask.GetAwaiter(); }") },
        { "await using (new Added(app.MapGet(\"/a\", () => 1))) { }", "await using (new Added(app.MapGet(\"/b\", () => 1))) { }",
            Opener("public Task DisposeAsync() { Open(); return Task.CompletedTask; }") },
        { "await using var x = new Added(app.MapGet(\"/a\", () => 1));", "await using var y = new Added(app.MapGet(\"/b\", () => 1));",
            Opener("public Task DisposeAsync() { Open(); return Task.CompletedTask; }") },
        { "var (a, b) = new Added(app.MapGet(\"/a\", () => 1));", "var (c, d) = new Added(app.MapGet(\"/b\", () => 1));",
            Opener("public void Deconstruct(out int a, out int b) { Open(); a = b = 1; }") },
        { "if (new Added(app.MapGet(\"/a\", () => 1)) is (1, 1)) { }", "if (new Added(app.MapGet(\"/b\", () => 1)) is (1, 1)) { }",
            Opener("public void Deconstruct(out int a, out int b) { Open(); a = b = 1; }") },
        { "if (new Added(app.MapGet(\"/a\", () => 1)) is { It: 1 }) { }", "if (new Added(app.MapGet(\"/b\", () => 1)) is { It: 1 }) { }",
            Opener("public int It { get { Open(); return 1; } }") },
        { "if (new Added(app.MapGet(\"/a\", () => 1)) is [1, ..]) { }", "if (new Added(app.MapGet(\"/b\", () => 1)) is [1, ..]) { }",
            Opener("public int Length { get { Open(); return 1; } } public int this[int at] => at;") },
        { "Console.Write(new Added(app.MapGet(\"/a\", () => 1))[^1]);", "Console.Write(new Added(app.MapGet(\"/b\", () => 1))[^1]);",
            Opener("public int Length { get { Open(); return 1; } } public int this[int at] => at;") },
        { "if (new Added(app.MapGet(\"/a\", () => 1))) { }", "if (new Added(app.MapGet(\"/b\", () => 1))) { }", Opener(
            "public static bool operator true(Added a) { a.Open(); return true; } public static bool operator false(Added a) => false;") },
        { "var x = new Added(app.MapGet(\"/a\", () => 1)); Console.Write((x && x).GetType());",
            "var y = new Added(app.MapGet(\"/b\", () => 1)); Console.Write((y && y).GetType());",
            Opener("public static Added operator &(Added a, Added b) => a; public static bool operator true(Added a) => true; public "
                + "static bool operator false(Added a) { a.Open(); return false; }") },
        { "Added x = [app.MapGet(\"/a\", () => 1)];", "Added y = [app.MapGet(\"/b\", () => 1)];",
            "[System.Runtime.CompilerServices.CollectionBuilder(typeof(Added), \"Of\")] sealed class Added : List<RouteHandlerBuilder> { "
            + "public static Added Of(ReadOnlySpan<RouteHandlerBuilder> all) { foreach (var one in all) one.AllowAnonymous(); return []; "
                + "} }" },
        { "_ = new Sub(app.MapGet(\"/a\", () => 1)) with { };", "_ = new Sub(app.MapGet(\"/b\", () => 1)) with { };",
            "sealed record Sub(RouteHandlerBuilder On) { private Sub(Sub other) { On = other.On; On.AllowAnonymous(); } }" },
        { "_ = new Sub(app.MapGet(\"/a\", () => 1));", "_ = new Sub(app.MapGet(\"/b\", () => 1));",
            "abstract class Base { protected Base() { On().AllowAnonymous(); } protected abstract RouteHandlerBuilder On(); } sealed "
            + "class Sub(RouteHandlerBuilder on) : Base { protected override RouteHandlerBuilder On() => on; }" },
        { "var g = app.MapGroup(\"/x\").MapGroup(args[0]).AllowAnonymous();", "g.MapGet(\"/b\", () => 1);", "" },
    };

    [Theory]
    [MemberData(nameof(Reuses))]
    public void S60_A_further_use_of_what_elevates_or_lifts_a_guard_is_an_error(string known, string more, string types)
    {
        var moreTypes = types.Replace("/*+", "", StringComparison.Ordinal).Replace("+*/", "", StringComparison.Ordinal);
        var locked = GuardLockGeneratorTests.LockOf(GuardLockGeneratorTests.Run(Program(known, types), write: true));
        Assert.Empty(GuardLockGeneratorTests.Run(Program(known, types), locked).Diagnostics);

        var errors = GuardLockGeneratorTests.Run(Program($"{known} {more}", moreTypes), locked).Diagnostics;

        Assert.Contains(errors, static error => error is { Severity: DiagnosticSeverity.Error, Id: "EP1101" or "EP1102" or "EP1105" });
    }

    /// <summary>The settings of one <c>.Elevate(...)</c>, before and after.</summary>
    public static TheoryData<string, string, string, string> Settings => new()
    {
        { "options => options.Only = [\"GET /a\"]", "", "options => options.Only = [\"GET /b\"]", "" },
        { "options => options.Only = [\"GET /a\"]", "", "options => { options.Only = [\"GET /a\"]; options.Only = null; }", "" },
        { "options => { if (args.Length > 0) options.Only = [\"GET /a\"]; }", "",
            "options => { if (args.Length > 0) options.Only = [\"GET /b\"]; }", "" },
        { "options => { options.Only = [\"GET /a\"]; if (args.Length > 0) options.Policy = \"P\"; }", "",
            "options => { options.Only = [\"GET /a\"]; if (args.Length > 0) options.Only = null; }", "" },
        // In a value, where the statement sets something else.
        { "options => { options.Only = [\"GET /a\"]; options.Policy = \"P\"; }", "",
            "options => { options.Only = [\"GET /a\"]; options.Policy = (options.Only = null) is null ? \"P\" : \"P\"; }", "" },
        { "options => { options.RateLimit = \"1/1m\"; options.Policy = \"1/1m\"; }", "",
            "options => { options.RateLimit = \"1/1m\"; options.Policy = options.RateLimit = \"9/1s\"; }", "" },
        // What comes after a wait comes too late.
        { "options => { options.Only = [\"GET /a\"]; options.Policy = Added.Of(); }", Named,
            "async options => { options.Policy = await Task.FromResult(Added.Of()); options.Only = [\"GET /a\"]; }", Named },
        // Other options than its own.
        { "options => options.Only = [\"GET /a\"]", Other, "options => Added.Other.Only = [\"GET /a\"]", Other },
        { "options => { options.Only = [\"GET /a\"]; options.Policy = Added.Of(); }", Named,
            "options => { options.Only = [\"GET /a\"]; options.Policy = Added.Of(() => options.Only = null); }", Named },
        // Elsewhere.
        { "Added.Set", Set("options.Only = [\"GET /a\"]"), "Added.Set", Set("options.Only = [\"GET /b\"]") },
        { "options => Added.Set(options)", Set("options.Only = [\"GET /a\"]"), "options => Added.Set(options)",
            Set("options.Only = null") },
        { "options => options.Only = [\"GET /a\"]", Set("options.Policy = \"P\""), "Added.Set", Set("options.Policy = \"P\"") },
        { "options => options.Only = [\"GET /a\"]", "", "args.Length > 0 ? options => options.Only = [\"GET /a\"] : null", "" },
        { "options => options.Only = [\"GET /a\"]", "", "null", "" },
    };

    private const string Named = "static class Added { public static string Of(Action? first = null) { first?.Invoke(); return \"P\"; } }";

    private const string Other = "static class Added { public static ElevateOptions Other => throw new InvalidOperationException(); }";

    private static string Set(string statement) =>
        $"static class Added {{ public static void Set(ElevateOptions options) {{ {statement}; }} }}";

    [Theory]
    [MemberData(nameof(Settings))]
    public void S60_A_setting_that_is_changed_is_an_error_wherever_it_is_set(string before, string typesBefore, string after,
        string typesAfter)
    {
        static Code With(string settings, string types) =>
            Program($"app.MapGet(\"/set\", () => 1).Elevate(Callers.User, {settings});", types);
        var locked = GuardLockGeneratorTests.LockOf(GuardLockGeneratorTests.Run(With(before, typesBefore), write: true));
        Assert.Empty(GuardLockGeneratorTests.Run(With(before, typesBefore), locked).Diagnostics);

        var errors = GuardLockGeneratorTests.Run(With(after, typesAfter), locked).Diagnostics;

        Assert.Contains(errors, static error => error is { Severity: DiagnosticSeverity.Error, Id: "EP1101" or "EP1102" or "EP1105" });
    }

    [Fact]
    public void S60_What_a_lambda_only_assigns_is_in_its_endpoints_entry_and_what_another_one_sets_has_its_own()
    {
        static string[] Code(string settings) =>
        [
            .. GuardLockGeneratorTests.LockOf(
                GuardLockGeneratorTests.Run(Program($"app.MapGet(\"/set\", () => 1).Elevate(Callers.User, {settings});", ""), write: true))
                .Split('\n').Where(static line => line.Contains("\"kind\"", StringComparison.Ordinal)),
        ];

        Assert.Empty(Code("options => { options.Only = [\"GET /a\"]; options.Policy = args[0]; }"));
        Assert.Equal(
            ["""    { "kind": "elevates", "where": "Program.cs", "what": "options.Only = [\"GET /a\"], in app.MapGet(\"/set\", () => ...).Elevate(Callers.User, options => ...)", "callers": ["?"] }"""],
            Code("options => { if (args.Length > 0) options.Only = [\"GET /a\"]; }"));
    }

    [Theory]
    [InlineData("app.MapGet(\"/a\", () => 1).WithName(\"a\").WithTags(\"b\").RequireAuthorization();")]
    [InlineData("app.MapGet(\"/a\", () => 1).Add(b => b.Metadata.Add(new Microsoft.AspNetCore.Http.TagsAttribute(\"a\")));")]
    [InlineData("app.MapGet(\"/a\", () => 1).Add(b => { foreach (var m in b.Metadata) Console.Write(m); });")]
    [InlineData(
        "app.MapGet(\"/a\", () => 1).Add(b => Console.Write(b.Metadata.OfType<ElevateAttribute>().Any() || b.Metadata.Count > 0 || "
        + "b.RequestDelegate is null));")]
    [InlineData(
        "app.Use((context, next) => { Console.Write(context.GetEndpoint()?.Metadata.GetMetadata<ElevateAttribute>()?.RateLimit); return "
        + "next(context); });")]
    [InlineData(
        "app.Use((context, next) => { Console.Write(context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>()); return "
        + "next(context); });")]
    [InlineData("app.MapPost(\"/a\", () => 1).WithMetadata(new RequestSizeLimitAttribute(1024 * 1024));")]
    [InlineData("var all = new List<Action<RouteHandlerBuilder>>(); all.Add(b => b.WithName(\"a\")); all[0](app.MapGet(\"/a\", () => 1));")]
    [InlineData("Console.Write(nameof(ElevateEndpointConventionBuilderExtensions.Elevate) + nameof(AllowAnonymousAttribute));")]
    [InlineData(
        "builder.Services.AddControllers(options => { options.Filters.Add(new ProducesAttribute(\"a/b\")); "
        + "options.Filters.Add<RequireHttpsAttribute>(); });")]
    [InlineData(
        "builder.Services.AddAuthorization(); app.UseAuthorization(); "
        + "app.MapGroup(\"/g\").RequireAuthorization(\"Staff\").MapGet(\"/x\", (WixAuth auth) => 1);")]
    public void S60_What_does_neither_is_no_entry(string statements)
    {
        var locked = GuardLockGeneratorTests.LockOf(GuardLockGeneratorTests.Run(Program("", ""), write: true));

        Assert.Equal(locked, GuardLockGeneratorTests.LockOf(GuardLockGeneratorTests.Run(Program(statements, ""), write: true)));
    }

    [Fact]
    public void S60_An_entry_of_code_is_the_same_however_the_code_is_laid_out_and_names_what_it_is_called_on()
    {
        var one = Program(
            "var g = app.MapGroup(\"/g\"); g.AllowAnonymous(); builder.Services.AddControllers(o => o.Filters.Add(new "
            + "ElevateAttribute(Callers.User|Callers.App){RateLimit=\"1/1m\"}));", "");
        var other = Program("""
            var g = app.MapGroup("/g");
            g // open to all
                .AllowAnonymous();
            builder.Services
                .AddControllers(o =>
                    o.Filters.Add(
                        new ElevateAttribute(Callers.User | Callers.App) { RateLimit = "1/1m" }));
            """, "");

        var text = GuardLockGeneratorTests.LockOf(GuardLockGeneratorTests.Run(one, write: true));

        Assert.Equal(text, GuardLockGeneratorTests.LockOf(GuardLockGeneratorTests.Run(other, write: true)));
        string[] lines = [.. text.Split('\n').SkipWhile(static line => line != "  \"code\": [").Skip(1)];
        Assert.Equal(
            """    { "kind": "elevates", "where": "Program.cs", "what": "o.Filters.Add(new ElevateAttribute(Callers.User | Callers.App) { RateLimit = \"1/1m\" }), in builder.Services.AddControllers(o => ...)", "callers": ["User", "App"], "limit": "1/1m" },""",
            lines[0]);
        Assert.Equal("""    { "kind": "unguards", "where": "Program.cs", "what": "g.AllowAnonymous(), on /g/**" }""", lines[1]);
    }

    private static string Opener(string member) =>
        $"sealed class Added(RouteHandlerBuilder on) {{ public void Open() => on.AllowAnonymous(); {member} }}";

    internal static Code Program(string statements, string types)
    {
        var code = new Code("Program.cs", $"{Before}\n{statements}\n") { References = Code.RealWix };
        code = code.With("More.cs", $"""
            using Microsoft.AspNetCore.Mvc.Filters;
            using Microsoft.AspNetCore.Mvc.ApplicationModels;
            using Microsoft.AspNetCore.Antiforgery;
            using Guard = Endpoints.Wix.ElevateAttribute;

            {types}
            """).With("Types.cs", Types);
        Assert.Empty(
            code.Compile().GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                .Select(static diagnostic => diagnostic.ToString()));
        return code;
    }
}
