using Endpoints.Wix.Analyzers.Routes;

namespace Endpoints.Guards.Tests;

public sealed class WriteWithoutCheckTests
{
    [Theory]
    [InlineData("orders/[id]", "Post")]
    [InlineData("orders/[orderId]", "PutAsync")]
    [InlineData("orders/[id]", "PATCH")]
    [InlineData("orders/[id]/cancel", "Delete")]
    [InlineData("orders/[id]", "All")]
    [InlineData("files/[...path]", "Post")]
    [InlineData("[lang]/orders/[id]", "Post")]
    [InlineData("v[version]/[slug].json", "Post")]
    [InlineData("[handle]", "Post")]
    public async Task A_page_that_changes_what_its_path_names_is_reported(string path, string method)
    {
        await new Code($"pages/{path}.cs", Page("Callers.Member", $"{{|EP1010:{method}|}}")).VerifyAsync();
        await new Code($"pages/{path}.cs",
            Page("Callers.Visitor | Callers.User, RateLimit = \"1/1s\", Check = null", $"{{|EP1010:{method}|}}")).VerifyAsync();

        await new Code($"pages/{path}.cs", Page("Callers.Member, Check = typeof(Owns)", method)).VerifyAsync();
        await new Code($"pages/{path}.cs", Page("Callers.User | Callers.App", method)).VerifyAsync();
        await new Code($"pages/{path}.cs", Page(null, method)).VerifyAsync();
        await new Code($"Services/{path}.cs", Page("Callers.Member", method)).VerifyAsync();
    }

    [Theory]
    [InlineData("orders/index", "Post")]
    [InlineData("[lang]/orders", "Post")]
    [InlineData("[locale]/v[api-version]/orders", "Post", true)]
    [InlineData("orders/[id]", "Get")]
    [InlineData("orders/[id]", "Head")]
    [InlineData("orders/[id]", "Options")]
    [InlineData("_orders/[id]", "Post")]
    public async Task A_page_that_reads_or_names_nothing_that_is_somebodys_is_fine(string path, string method,
        bool mayHaveErrors = false) =>
        await new Code($"pages/{path}.cs", Page("Callers.Member", method)) { MayHaveErrors = mayHaveErrors }.VerifyAsync("EP1018");

    [Fact]
    public async Task The_nearest_guard_of_method_class_base_class_and_folder_decides() =>
        await new Code("pages/a/[id].cs", "[Elevate(Callers.Member, Check = typeof(Owns))] public static class A { public static void "
            + "Post(string id) { } [Elevate(Callers.Member)] public static void {|EP1010:Put|}(string id) { } }")
            .With("pages/b/[id].cs",
                "[Elevate(Callers.Member)] public static class B { public static void {|EP1010:Post|}(string id) { } "
                + "[Elevate(Callers.Member, Check = typeof(Owns))] public static void Put(string id) { } [Elevate(Callers.App)] public "
                    + "static void Delete(string id) { } }")
            .With("pages/c/_folder.cs", "[Elevate(Callers.Member)] public static class Folder;")
            .With("pages/c/[id].cs", "public static class C { public static void {|EP1010:Post|}(string id) { } }")
            .With("pages/d/_folder.cs", "[Elevate(Callers.Member, Check = typeof(Owns))] public static class Checked;")
            .With("pages/d/[id].cs", "public static class D { public static void Post(string id) { } }")
            .With("Base.cs", "[Elevate(Callers.Member)] public abstract class Base { public void {|EP1010:Delete|}(string id) { } }")
            .With("pages/e/[id].cs", "public sealed class E : Base { public void {|EP1010:Post|}(string id) { } }")
            .With("Owns.cs", Check)
            .VerifyAsync();

    [Fact]
    public async Task With_the_accounts_key_another_sites_users_are_others_too() =>
        await new Code("pages/a/[id].cs",
            "[Elevate(Callers.User)] public static class A { public static void {|EP1010:Post|}(string id, AdminWixClient wix) { } "
            + "public static void Put(string id, ElevatedWixClient wix) { } }")
            .With("pages/b/[id].cs",
                "[Elevate(Callers.App)] public sealed class B(AdminWixClient wix) { public object {|EP1010:Delete|}(string id) => wix; }")
            .VerifyAsync();

    [Fact]
    public async Task A_change_in_a_handler_of_GET_is_one_as_well() =>
        await new Code("pages/orders/[id].cs", """
            [Elevate(Callers.Member)]
            public static class A
            {
                public static async Task {|EP1010:Get|}(string id, SiteProperties site)
                {
                    await {|EP1009:site.UpdateSitePropertiesAsync(id)|};
                    await {|EP1009:site.UpdateSitePropertiesAsync(id)|};
                }
                public static Task Head(string id, SiteProperties site) => site.GetSitePropertiesAsync();
            }
            """).VerifyAsync();

    [Theory]
    [InlineData("app.MapPost({|EP1010:\"/orders/{id}\"|}, (string id) => id).Elevate(Callers.Member);")]
    [InlineData(
        "app.MapPut({|EP1010:\"/orders/{id:guid}/lines\"|}, (Guid id) => id).Elevate(Callers.Member, options => options.RateLimit = "
        + "\"1/1s\");")]
    [InlineData("app.MapDelete({|EP1010:\"/files/{**path}\"|}, (string path) => path).Elevate(Callers.Member);")]
    [InlineData(
        "app.MapPatch({|EP1010:\"/{lang}/a-{code:regex(^\\\\d{{3}}$)}\"|}, (string lang, string code) => code).Elevate(Callers.Member);")]
    [InlineData("app.Map({|EP1010:\"/orders/{id?}\"|}, (string? id) => id).Elevate(Callers.Member);")]
    [InlineData("app.MapMethods({|EP1010:\"/orders/{id}\"|}, [\"GET\", \"post\"], (string id) => id).Elevate(Callers.Member);")]
    [InlineData(
        "app.MapPost({|EP1010:\"/orders/{id}\"|}, (Delegate)Handlers.Post).WithName(\"a\").Elevate(Callers.Member).WithTags(\"t\");")]
    [InlineData("Delegate handler = (string id) => id; app.MapPost({|EP1010:\"/orders/{id}\"|}, handler).Elevate(Callers.Member);")]
    [InlineData(
        "app.MapGroup(\"/orders/{orderId}\").Elevate(Callers.Member).MapGroup(\"lines\").MapPost({|EP1010:\"/\"|}, (string orderId) => "
        + "orderId);")]
    [InlineData(
        "var group = app.MapGroup(\"/orders\"); group.Elevate(Callers.Member); group.MapPost({|EP1010:\"/{id}\"|}, (string id) => id); "
        + "group.MapGet(\"/{id}\", (string id) => id); group.MapPost(\"/\", () => 1);")]
    [InlineData("var who = Enum.Parse<Callers>(\"User\"); app.MapPost({|EP1010:\"/orders/{id}\"|}, (string id) => id).Elevate(who);")]
    [InlineData(
        "app.MapGet({|EP1010:\"/orders/{id}\"|}, (string id, SiteProperties site) => "
        + "{|EP1009:site.UpdateSitePropertiesAsync(id)|}).Elevate(Callers.Member);")]
    [InlineData("app.MapPost({|EP1010:\"/orders/{id}\"|}, (string id, AdminWixClient wix) => id).Elevate(Callers.User);")]
    [InlineData("var path = Environment.MachineName; app.MapPost({|EP1010:path|}, (string orderId) => orderId).Elevate(Callers.Member);")]
    [InlineData("app.MapFallback({|EP1010:\"/orders/{id}\"|}, (string id) => id).Elevate(Callers.Member);")]
    [InlineData("const string Path = \"/orders/\"; app.MapPost({|EP1010:Path + \"{id:int:min(1)}\"|}, (int id) => "
        + "id).Elevate(Callers.Member);")]
    [InlineData(
        "app.MapPost({|EP1010:\"/orders/{id=1}\"|}, async context => await context.Response.WriteAsync(\"a\")).Elevate(Callers.Member);")]
    [InlineData(
        "app.MapGroup(\"/shops/{shopId}\").MapGroup(\"/orders\").Elevate(Callers.Member).MapPost({|EP1010:\"/\"|}, (HttpContext "
            + "context) => "
        + "1);")]
    [InlineData("app.MapPost({|EP1010:\"/orders/{id}\"|}, (string id) => id).Elevate(Callers.Member, options => options.Check = null);")]
    [InlineData("(args.Length > 0 ? app : app).MapPost({|EP1010:\"/orders/{id}\"|}, (string id) => id)?.Elevate(Callers.Member);")]
    [InlineData(
        "var path = Environment.MachineName; app.MapPost(path, (string name, [FromQuery] string id, [FromServices] Uri orderId) => "
        + "name).Elevate(Callers.Member);")]
    [InlineData("app.MapPost(\"/orders/{{id}}\", () => 1).Elevate(Callers.Member);")]
    [InlineData("app.MapPost(\"/{culture}/orders\", () => 1).Elevate(Callers.Member);")]
    [InlineData("app.MapPost(\"/orders/{id}\", (string id) => id).Elevate(Callers.Member, options => options.Check = typeof(Owns));")]
    [InlineData("app.MapPost(\"/orders/{id}\", (string id) => id).Elevate(Callers.Member, elevate => elevate.Check = typeof(Owns));")]
    [InlineData(
        "app.MapGroup(\"/g\").Elevate(Callers.Member).MapPost(\"/orders/{id}\", (string id) => id).Elevate(Callers.Member, options => "
        + "options.Check = typeof(Owns));")]
    [InlineData(
        "app.MapPost(\"/orders/{id}\", [Elevate(Callers.Member, Check = typeof(Owns))] (string id) => id).Elevate(Callers.Member);")]
    [InlineData("app.MapPost(\"/orders/{id}\", (string id) => id).Elevate(Callers.User);")]
    [InlineData("app.MapPost(\"/orders/{id}\", (string id) => id);")]
    [InlineData("app.MapPost(\"/orders\", (string id) => id).Elevate(Callers.Member);")]
    [InlineData("app.MapGet(\"/orders/{id}\", (string id) => id).Elevate(Callers.Member);")]
    public async Task Minimal_APIs_and_groups_are_looked_at(string routes) =>
        await new Code("Program.cs", $"var app = WebApplication.Create(); {routes}").With("Owns.cs", Check)
            .With("Handlers.cs", "static class Handlers { public static string Post(string id) => id; }").VerifyAsync();

    [Fact]
    public async Task All_pages_and_all_controllers_may_be_guarded_where_they_are_mapped() =>
        await new Code("Program.cs",
            "var app = WebApplication.Create(); app.MapFileRoutes().Elevate(Callers.Member); "
            + "app.MapControllers().Elevate(Callers.Member, options => options.Check = typeof(Owns));")
            .With("pages/[id].cs", "public static class A { public static void {|EP1010:Post|}(string id) { } }")
            .With("B.cs",
                "[Route(\"b/{id}\")] public sealed class BController : ControllerBase { [HttpPost] public void Post(string id) { } }")
            .With("Owns.cs", Check)
            .VerifyAsync();

    [Fact]
    public async Task Actions_are_looked_at_by_their_routes_and_without_one_by_their_parameters() =>
        await new Code("Controllers.cs", """
            [ApiController, Route("api/[controller]/{shop}"), Elevate(Callers.Member)]
            public sealed class OrdersController : ControllerBase
            {
                [HttpGet("{id}")] public void Get(string id) { }
                [HttpPost] public void {|EP1010:Post|}() { }
                [HttpPut("{id:guid}")] public void {|EP1010:Put|}(Guid id) { }
                [HttpPost("/orders")] public void Plain() { }
                [HttpPost("~/orders/{id}")] public void {|EP1010:Own|}(string id) { }
                [HttpDelete("/{id}"), Elevate(Callers.Member, Check = typeof(Owns))] public void Delete(string id) { }
                [HttpDelete("/users/{id}"), Elevate(Callers.User)] public void Remove(string id) { }
                [NonAction] public void Help(string id) { }
            }

            [Elevate(Callers.Member)]
            public sealed class HomeController : Controller
            {
                public void {|EP1010:Cancel|}(int id) { }
                [HttpPost] public void {|EP1010:Close|}(string orderId, string reason) { }
                [HttpPost] public void Add([FromForm] string id, string name) { }
                [HttpGet] public void Index(string id) { }
                [AcceptVerbs("PUT", Route = "x")] public void Named([FromRoute(Name = "lang")] string language) { }
                [HttpPost] public void {|EP1010:Taken|}([FromRoute(Name = "number")] string id) { }
            }
            """).With("Owns.cs", Check).VerifyAsync();

    [Fact]
    public async Task Inherited_partial_and_generic_actions_are_looked_at() =>
        await new Code("Controllers.cs", """
            public abstract class Base<T> : ControllerBase
            {
                [HttpPut("{id}")] public virtual void {|EP1010:Put|}(T id) { }
                [HttpGet("{id}")] public void Get(T id) { }
            }

            [Route("orders"), Elevate(Callers.Member)]
            public sealed class OrdersController : Base<string>;

            [Route("parts/{id}")]
            public sealed partial class PartsController : ControllerBase
            {
                [HttpPost] public void {|EP1010:Post|}() { }
                [Purge("cache")] public void {|EP1010:Purge|}() { }
            }

            public sealed class PurgeAttribute(string template) : Microsoft.AspNetCore.Mvc.Routing.HttpMethodAttribute(["PURGE"], template);
            """).With("Parts.cs", "[Elevate(Callers.Member)] public partial class PartsController;").VerifyAsync();

    [Fact]
    public async Task Handlers_of_Razor_Pages_are_looked_at() =>
        await new Code("Order.cshtml.cs", """
            [Elevate(Callers.Member)]
            public sealed class OrderModel : Microsoft.AspNetCore.Mvc.RazorPages.PageModel
            {
                public void OnGet(string id) { }
                public void {|EP1010:OnPost|}(string id) { }
                public Task {|EP1010:OnPostCancelAsync|}(int orderId) => Task.CompletedTask;
                public void OnPostClear() { }
                private void OnPut(string id) { }
                public void Once(string id) { }
            }

            [Elevate(Callers.Member)]
            public sealed class BoundModel : Microsoft.AspNetCore.Mvc.RazorPages.PageModel
            {
                [BindProperty(SupportsGet = true)] public string? Id { get; set; }
                [BindProperty] public string? Name { get; set; }
                public void {|EP1010:OnPost|}() { }
            }

            public sealed class PlainModel : Microsoft.AspNetCore.Mvc.RazorPages.PageModel { public void OnPost(string id) { } }
            """).VerifyAsync();

    [Fact]
    public async Task The_message_names_the_endpoint_the_parameter_the_callers_and_the_mend()
    {
        var reported =
            await new Code("pages/orders/[id].cs",
                Page("Callers.Visitor | Callers.Member, RateLimit = \"1/1s\"", "{|EP1010:Post|}")).VerifyAsync();

        Assert.Equal(
            "'A.Post' changes what 'id' names, for Visitor, Member, and nothing says whose it is: add Check = typeof(...), a type that "
            + "lets a caller through to what is the caller's own",
            Assert.Single(reported).GetMessage(null));
    }

    [Theory]
    [InlineData("/a/{b}/c-{d:int}.{e?}", "b d e")]
    [InlineData("{**a}/{*b}/{c=1}/{d:length(1,2)=x}", "a b c d")]
    [InlineData("{{a}}/{b:regex(^x{{2}}y$)}/{c}", "b c")]
    [InlineData("{", "")]
    [InlineData("{}/{*}/{:int}", "")]
    [InlineData("{a", "a")]
    [InlineData("", "")]
    public void The_parameters_of_a_route_are_read(string template, string names) =>
        Assert.Equal(names, string.Join(" ", RouteTemplate.Parameters(template)));

    private const string Check =
        "public sealed class Owns : IElevationCheck { public ValueTask<bool> IsAllowedAsync(ElevationCheckContext context, "
        + "CancellationToken cancellationToken) => new(false); }";

    private static string Page(string? elevate, string method) => $$"""
        {{(elevate is null ? "" : $"[Elevate({elevate})]")}}
        public static class A
        {
            public static void {{method}}() { }
            {{Check.Replace("public sealed", "private sealed", StringComparison.Ordinal)}}
        }
        """;
}
