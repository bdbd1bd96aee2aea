namespace Endpoints.Guards.Tests;

public sealed class ElevationWithoutGuardTests
{
    private const string Program = """
        var builder = WebApplication.CreateBuilder(args);
        var app = builder.Build();
        {0}
        app.Run();
        """;

    [Theory]
    [InlineData("public static Task Get({|EP1001:WixAuth|} auth) => null!;")]
    [InlineData("public static Task PostAsync(string id, {|EP1001:ElevatedWixClient|} wix) => null!;")]
    [InlineData("public static Task Get(AdminWixClient {|EP1001:wix|}) => null!;")]
    [InlineData("public static Task Get(AppWixClient {|EP1001:wix|}) => null!;")]
    [InlineData(
        "public static object Get(HttpContext context) => {|EP1001:context.RequestServices.GetRequiredService<AdminWixClient>()|};")]
    [InlineData("public static Task All(Lazy<ElevatedWixClient> {|EP1001:wix|}) => null!;")]
    [InlineData("[HttpMethod(\"PROPFIND\")] public static Task Find(WixAuth {|EP1001:auth|}) => null!;")]
    [InlineData(
        "public static object Get(HttpContext context) => {|EP1001:context.RequestServices.GetRequiredService<ElevatedWixClient>()|};")]
    [InlineData("public static object? Get(HttpContext context) => {|EP1001:context.RequestServices.GetService(typeof(WixAuth))|};")]
    [InlineData("public static void Get([AsParameters] Query {|EP1001:query|}) { } public record struct Query(string Id, WixAuth Auth);")]
    public async Task A_page_that_asks_for_elevation_without_Elevate_is_an_error(string handler)
    {
        // The parameter's name is what is marked, whatever its type.
        handler = handler.Replace("{|EP1001:WixAuth|} auth", "WixAuth {|EP1001:auth|}").Replace("{|EP1001:ElevatedWixClient|} wix",
            "ElevatedWixClient {|EP1001:wix|}");

        await new Code("pages/api/orders.cs", $"public static class Orders {{ {handler} }}").VerifyAsync();
    }

    [Theory]
    [InlineData("pages/api/orders.cs",
        "[Elevate(Callers.Member)] public static class Orders { public static Task Get(WixAuth auth) => null!; }")]
    [InlineData("pages/api/orders.cs",
        "public static class Orders { [Elevate(Callers.Member)] public static Task Get(WixAuth auth) => null!; }")]
    [InlineData("pages/api/orders.cs",
        "[Elevate(Callers.Member)] public static class Orders { public static Task Get(AdminWixClient wix) => null!; }")]
    [InlineData("Jobs/Nightly.cs",
        "public sealed class Nightly(AdminWixClient wix) { private readonly AdminWixClient _wix = wix; public Task RunAsync() => "
        + "Task.Run(() => _wix.GetAsync<string>(\"/\")); }")]
    [InlineData("pages/api/orders.cs", "public static class Orders { public static Task Get(WixClient wix, Caller caller) => null!; }")]
    [InlineData("pages/api/orders.cs",
        "public static class Orders { public static Task Get() => null!; public static void Help(WixAuth auth) { } static void "
        + "Post(WixAuth auth) { } }")]
    [InlineData("pages/api/_orders.cs", "public static class Orders { public static Task Get(WixAuth auth) => null!; }")]
    [InlineData("Services/Orders.cs", "public static class Orders { public static Task Get(WixAuth auth) => null!; }")]
    public async Task A_page_that_is_guarded_or_asks_for_nothing_and_a_class_that_is_no_page_are_fine(string file, string code) =>
        await new Code(file, code).VerifyAsync();

    [Fact]
    public async Task The_guard_of_a_folder_covers_the_pages_beneath_and_no_others() =>
        await new Code("pages/admin/_folder.cs", "namespace Shop; [Elevate(Callers.User)] public static class Admin;")
            .With("pages/admin/deep/a.cs", "public static class A { public static void Get(WixAuth auth) { } }")
            .With("pages/administration/b.cs", "public static class B { public static void Get(WixAuth {|EP1001:auth|}) { } }")
            .VerifyAsync();

    [Fact]
    public async Task A_guard_is_inherited_from_a_base_class() =>
        await new Code("Base.cs", "[Elevate(Callers.User)] public abstract class Guarded;")
            .With("pages/a.cs", "public sealed class A : Guarded { public void Get(WixAuth auth) { } }")
            .VerifyAsync();

    [Fact]
    public async Task A_page_class_that_takes_elevation_when_it_is_made_needs_a_guard() =>
        await new Code("pages/a.cs", "public sealed class A(WixAuth {|EP1001:auth|}) { public object Get() => auth; }")
            .With("pages/b.cs", "[Elevate(Callers.User)] public sealed class B(WixAuth auth) { public object Get() => auth; }")
            .With("pages/c.cs",
                "public sealed class C(WixAuth auth) { [Elevate(Callers.User)] public object Get() => auth; public string Head() => "
                + "\"\"; public object Post() => {|EP1001:auth|}; }")
            .VerifyAsync();

    [Fact]
    public async Task An_action_that_asks_for_elevation_without_Elevate_is_an_error() =>
        await new Code("Controllers/OrdersController.cs", """
            [Route("orders")]
            public sealed class OrdersController : ControllerBase
            {
                [HttpGet] public object Get([FromServices] WixAuth {|EP1001:auth|}) => auth;
                [HttpPost, Elevate(Callers.Member)] public object Post([FromServices] WixAuth auth) => auth;
                [NonAction] public object Help(WixAuth auth) => auth;
                private object Own(WixAuth auth) => auth;
            }

            [Elevate(Callers.User)]
            public sealed class AdminController(ElevatedWixClient wix) : Controller
            {
                public object Index() => wix;
                public object Lookup() => HttpContext.RequestServices.GetRequiredService<WixAuth>();
            }

            public sealed class PlainController(ElevatedWixClient {|EP1001:wix|}) : ControllerBase { public object Index() => wix; }

            public sealed class Service { public object Get(WixAuth auth) => auth; }
            """).VerifyAsync();

    [Theory]
    [InlineData("app.MapGet(\"/a\", (WixAuth {|EP1001:auth|}) => \"\");")]
    [InlineData(
        "app.MapPost(\"/a\", async (string id, ElevatedWixClient {|EP1001:wix|}) => await "
        + "wix.GetAsync<string>(id)).WithName(\"a\").RequireAuthorization();")]
    [InlineData("app.MapGet(\"/a\", {|EP1001:Handlers.Get|});")]
    [InlineData("app.MapGet(\"/a\", (HttpContext context) => {|EP1001:context.RequestServices.GetRequiredService<WixAuth>()|});")]
    [InlineData("app.MapGroup(\"/g\").WithTags(\"t\").MapGet(\"/a\", (WixAuth {|EP1001:auth|}) => \"\");")]
    [InlineData("var group = app.MapGroup(\"/g\"); group.WithTags(\"t\"); group.MapGet(\"/a\", (WixAuth {|EP1001:auth|}) => \"\");")]
    [InlineData(
        "var group = app.MapGroup(\"/g\"); group.MapGet(\"/b\", (WixAuth auth) => \"\").Elevate(Callers.User); group.MapGet(\"/a\", "
        + "(WixAuth {|EP1001:auth|}) => \"\");")]
    [InlineData("var a = app.MapGet(\"/a\", (WixAuth {|EP1001:auth|}) => \"\"); a.WithName(\"a\");")]
    [InlineData("_ = app.MapMethods(\"/a\", [\"GET\"], (WixAuth {|EP1001:auth|}) => \"\");")]
    [InlineData("app.UseRouting(); app.UseEndpoints(endpoints => endpoints.MapGet(\"/a\", (WixAuth {|EP1001:auth|}) => \"\"));")]
    [InlineData("object Local(WixAuth auth) => auth; app.MapGet(\"/a\", {|EP1001:Local|});")]
    public async Task A_minimal_API_that_asks_for_elevation_without_Elevate_is_an_error(string routes) =>
        await new Code("Program.cs", Program.Replace("{0}", routes)).With("Handlers.cs", Handlers).VerifyAsync();

    [Theory]
    [InlineData("app.MapGet(\"/a\", (WixAuth auth) => \"\").Elevate(Callers.User);")]
    [InlineData("app.MapGet(\"/a\", (WixAuth auth) => \"\").WithName(\"a\").Elevate(Callers.User).WithTags(\"t\");")]
    [InlineData("app.MapGet(\"/a\", (WixAuth auth) => \"\").WithMetadata(new ElevateAttribute(Callers.User));")]
    [InlineData("app.MapGet(\"/a\", [Elevate(Callers.User)] (WixAuth auth) => \"\");")]
    [InlineData("app.MapGet(\"/a\", Handlers.Guarded);")]
    [InlineData("app.MapGroup(\"/g\").Elevate(Callers.User).MapGet(\"/a\", (WixAuth auth) => \"\");")]
    [InlineData("app.MapGroup(\"/g\").Elevate(Callers.User).MapGroup(\"/h\").WithTags(\"t\").MapGet(\"/a\", (WixAuth auth) => \"\");")]
    [InlineData("var group = app.MapGroup(\"/g\").Elevate(Callers.User); group.MapGet(\"/a\", (WixAuth auth) => \"\");")]
    [InlineData("var group = app.MapGroup(\"/g\"); group.MapGet(\"/a\", (WixAuth auth) => \"\"); group.Elevate(Callers.User);")]
    [InlineData(
        "var outer = app.MapGroup(\"/g\").Elevate(Callers.User); var inner = outer.MapGroup(\"/h\"); inner.MapGet(\"/a\", (WixAuth auth) "
        + "=> \"\");")]
    [InlineData("var a = app.MapGet(\"/a\", (WixAuth auth) => \"\"); a.Elevate(Callers.User);")]
    [InlineData(
        "app.MapGet(\"/a\", (HttpContext context) => context.RequestServices.GetRequiredService<WixAuth>()).Elevate(Callers.User);")]
    [InlineData("app.MapGet(\"/a\", (WixClient wix) => \"\");")]
    public async Task A_minimal_API_that_is_guarded_is_fine(string routes) =>
        await new Code("Program.cs", Program.Replace("{0}", routes)).With("Handlers.cs", Handlers).VerifyAsync();

    [Theory]
    [InlineData("app.MapGet(\"/a\", (WixAuth auth) => \"\").Guarded();")]
    [InlineData("Handlers.Keep(app.MapGet(\"/a\", (WixAuth auth) => \"\"));")]
    [InlineData("var group = app.MapGroup(\"/g\"); Handlers.Keep(group); group.MapGet(\"/a\", (WixAuth auth) => \"\");")]
    [InlineData("var group = app.MapGroup(\"/g\").Guarded(); group.MapGet(\"/a\", (WixAuth auth) => \"\");")]
    [InlineData("Handlers.MapAll(app.MapGroup(\"/g\").Elevate(Callers.User));")]
    [InlineData("Delegate handler = (WixAuth auth) => \"\"; app.MapGet(\"/a\", handler);")]
    public async Task What_another_method_may_guard_is_not_reported(string routes) =>
        await new Code("Program.cs", Program.Replace("{0}", routes)).With("Handlers.cs", Handlers).VerifyAsync();

    [Theory]
    [InlineData("app.MapFileRoutes().Elevate(Callers.User); app.MapControllers().Elevate(Callers.User);")]
    [InlineData(
        "var files = app.MapFileRoutes(); files.Elevate(Callers.User); var controllers = app.MapControllers(); "
        + "controllers.Elevate(Callers.User);")]
    [InlineData("app.MapGroup(\"/g\").Elevate(Callers.User).MapFileRoutes(); app.MapControllers().Guarded();")]
    public async Task Pages_and_controllers_that_are_guarded_where_they_are_mapped_are_fine(string routes) =>
        await new Code("Program.cs", Program.Replace("{0}", routes)).With("Handlers.cs", Handlers)
            .With("pages/a.cs", "public static class A { public static void Get(WixAuth auth) { } }")
            .With("AController.cs", "public sealed class AController(WixAuth auth) : ControllerBase { public object Get() => auth; }")
            .VerifyAsync();

    [Fact]
    public async Task Pages_that_are_mapped_without_a_guard_are_reported_each() =>
        await new Code("Program.cs",
            Program.Replace("{0}", "app.MapFileRoutes().WithTags(\"t\"); app.MapGet(\"/x\", (WixAuth auth) => 1).Elevate(Callers.User);"))
            .With("pages/a.cs", "public static class A { public static void Get(WixAuth {|EP1001:auth|}) { } }")
            .VerifyAsync();

    [Fact]
    public async Task The_message_names_the_endpoint_and_the_mend()
    {
        var reported =
            await new Code("pages/api/orders.cs",
                "public static class Orders { public static void Get(WixAuth {|EP1001:auth|}) { } }").VerifyAsync();

        Assert.Equal(
            "'Orders.Get' asks for WixAuth without a guard: say who may call with [Elevate(Callers...)], or take WixClient to call as "
            + "the caller",
            Assert.Single(reported).GetMessage(null));
    }

    [Fact]
    public async Task Nothing_is_reported_in_a_project_without_Endpoints_Wix() =>
        await new Code("pages/a.cs",
            "public class WixAuth; public class ElevateAttribute(int callers) : Attribute; [Elevate(0)] public static class A { public "
            + "static void Get(WixAuth auth) { } }")
        {
            References = [], MayHaveErrors = true,
        }.VerifyAsync();

    private const string Handlers = """
        public static class Handlers
        {
            public static object Get(WixAuth auth) => auth;
            [Elevate(Callers.User)] public static object Guarded(WixAuth auth) => auth;
            public static void Keep(object route) { }
            public static T Guarded<T>(this T builder) where T : IEndpointConventionBuilder => builder.Elevate(Callers.User);
            public static void MapAll(IEndpointRouteBuilder endpoints) => endpoints.MapGet("/b", (WixAuth auth) => "");
        }
        """;
}
