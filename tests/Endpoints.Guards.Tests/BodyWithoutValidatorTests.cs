using Microsoft.CodeAnalysis;

namespace Endpoints.Guards.Tests;

public sealed class BodyWithoutValidatorTests
{
    private static readonly IReadOnlyList<MetadataReference> References = [WixStub.Reference, Code.FluentValidation];

    [Theory]
    [InlineData("Post(Order {|EP1011:order|})")]
    [InlineData("PutAsync(string id, Order {|EP1011:order|}, CancellationToken ct)")]
    [InlineData("All(Order {|EP1011:order|})")]
    [InlineData("Get([FromBody] Order {|EP1011:order|})")]
    [InlineData("Delete([FromBody] Order {|EP1011:order|})")]
    [InlineData("Post([FromForm] Order {|EP1011:order|})")]
    [InlineData("Post([FromBody] IOrder {|EP1011:order|})")]
    [InlineData("Post(Order? {|EP1011:order|})")]
    [InlineData("Post(Order[] {|EP1011:orders|})")]
    [InlineData("Post(List<Order> {|EP1011:orders|})")]
    [InlineData("Post(IReadOnlyList<Order> {|EP1011:orders|})")]
    [InlineData("Post(Dictionary<string, Order> {|EP1011:orders|})")]
    [InlineData("Post(Dictionary<string, string> {|EP1011:values|})")]
    [InlineData("Post(IDictionary<string, object> {|EP1011:values|})")]
    [InlineData("Post(Point {|EP1011:point|})")]
    [InlineData("Post(Point? {|EP1011:point|})")]
    [InlineData("Post(Fixed {|EP1011:value|})")]
    [InlineData("Post(Envelope<Order> {|EP1011:value|})")]
    [InlineData("Post([AsParameters] Query {|EP1011:query|})")]
    [InlineData("Post([AsParameters] Form {|EP1011:form|})")]
    [InlineData("Post(Annotated {|EP1011:order|})")]
    [InlineData("Post(Business {|EP1011:value|})")]
    public async Task A_body_of_an_elevated_page_without_a_validator_is_reported(string handler)
    {
        await Page(handler).VerifyAsync();
        await Page(handler, elevate: "").With("pages/_folder.cs", "[Elevate(Callers.User)] public static class Folder;").VerifyAsync();

        var sound = handler.Replace("|}", "", StringComparison.Ordinal).Replace("{|EP1011:", "", StringComparison.Ordinal);
        await Page(sound, elevate: "").VerifyAsync();
        await Page(sound, references: [WixStub.Reference], types: Types).VerifyAsync();
        await Page(sound).With("Validators.cs", """
            using FluentValidation;
            public sealed class OrderValidator : AbstractValidator<Order>;
            public abstract class Base<T> : AbstractValidator<T>;
            internal sealed class PointValidator : Base<Point>;
            public static class Nested { private sealed class FixedValidator : AbstractValidator<Fixed>; }
            public sealed class AnnotatedValidator : AbstractValidator<Annotated>;
            public sealed class EnvelopeValidator : AbstractValidator<Envelope<Order>>;
            public sealed class ValuesValidator : AbstractValidator<Dictionary<string, string>>;
            public sealed class MoreValidator : AbstractValidator<IDictionary<string, object>>;
            public sealed class IOrderValidator(Uri address) : AbstractValidator<IOrder> { public Uri Address => address; }
            public sealed class BusinessValidator : AbstractValidator<Business>;
            """).VerifyAsync();
    }

    [Theory]
    [InlineData("Post(string id, int number, Guid key, DateTime at, Kind kind, decimal? price)")]
    [InlineData("Post([FromBody] string text)")]
    [InlineData("Post([FromBody] int number)")]
    [InlineData("Post(string[] names, List<Guid> keys)")]
    [InlineData("Post(System.Text.Json.JsonElement body)")]
    [InlineData("Post([FromBody] System.Text.Json.JsonDocument body)")]
    [InlineData("Post([FromBody] System.Text.Json.Nodes.JsonObject body)")]
    [InlineData("Post(System.IO.Stream body)")]
    [InlineData("Post(System.IO.Pipelines.PipeReader body)")]
    [InlineData("Post(IFormFile file, IFormFileCollection files, [FromForm] IFormCollection form)")]
    [InlineData("Post(HttpRequest request, HttpContext context, System.Security.Claims.ClaimsPrincipal user)")]
    [InlineData("Post([FromBody] object body)")]
    [InlineData("Post(Caller caller, ElevatedWixClient wix, WixAuth auth, SiteProperties site)")]
    [InlineData("Post(Store store, IOrder order, [FromServices] Order service, [FromKeyedServices(\"a\")] Order keyed)")]
    [InlineData("Post([FromQuery] Parsed parsed, [FromHeader] Parsed header, Parsed plain)")]
    [InlineData("Post(Database database)")]
    [InlineData("Post(Settings settings)")]
    [InlineData("Get(Order order)")]
    [InlineData("Delete(Order order)")]
    [InlineData("Post(Bound bound)")]
    [InlineData("Post([AsParameters] Plain plain)")]
    [InlineData("Post(Shape shape)")]
    [InlineData("Post(Registered registered)")]
    public async Task What_is_no_body_or_says_nothing_of_what_is_in_it_is_fine(string handler) =>
        await Page(handler)
            .With("Services.cs", """
                using FluentValidation;
                public static class Setup { public static void Add(IServiceCollection services) { services.AddSingleton<Settings>().AddScoped<IValidator<Registered>>(_ => new InlineValidator<Registered>()); } }
                public sealed class CircleValidator : AbstractValidator<Circle>;
                """).VerifyAsync();

    [Fact]
    public async Task F9_Attributes_count_on_endpoint_files_of_an_application_that_calls_AddValidation()
    {
        const string Handler = "[Elevate(Callers.User)] public static class A { public static void Post(Annotated order) { } }";
        await new Code("pages/a.cs", Handler) { References = References }.With("Types.cs", Types)
            .With("Setup.cs",
                "public static class Setup { public static void Add(IServiceCollection services) => services.AddValidation(); }")
                .VerifyAsync();
        await new Code("pages/a.cs",
            Handler.Replace("Annotated order", "Annotated {|EP1011:order|}", StringComparison.Ordinal)) { References = References }.With(
                "Types.cs", Types).VerifyAsync();
    }

    [Theory]
    [InlineData("public abstract class V : FluentValidation.AbstractValidator<Order>;")]
    [InlineData("public sealed class V<T> : FluentValidation.AbstractValidator<Order>;")]
    [InlineData("public sealed class V(string name) : FluentValidation.AbstractValidator<Order> { public string Name => name; }")]
    [InlineData("public sealed class V : FluentValidation.AbstractValidator<IOrder>;")]
    [InlineData("public sealed class V : FluentValidation.AbstractValidator<List<Order>>;")]
    public async Task A_class_that_would_not_be_found_or_is_of_another_type_is_no_validator(string validator) =>
        await Page("Post(Order {|EP1011:order|})").With("V.cs", validator).VerifyAsync();

    [Theory]
    [InlineData("public class Base { public string? Name { get; set; } } public sealed class Sub : Base;", "Base", "Sub order")]
    [InlineData("public abstract record Base(string Name); public record Middle(string Name) : Base(Name); public sealed record Sub("
        + "string Name) : Middle(Name);", "Base", "Sub order")]
    [InlineData("public interface INamed { string? Name { get; } } public sealed record Sub(string? Name) : INamed;", "INamed",
        "List<Sub> orders")]
    [InlineData("public class Base<T> { public T? Name { get; set; } } public sealed class Sub : Base<string>;", "Base<string>",
        "Sub[] orders")]
    public async Task A_validator_of_a_base_class_or_an_interface_counts_as_it_runs(string types, string validated, string parameter)
    {
        var validator = $"public sealed class V : FluentValidation.AbstractValidator<{validated}>;";
        await Page($"Post({parameter})").With("Sub.cs", types).With("V.cs", validator).VerifyAsync();

        var (type, name) = (parameter.Split(' ')[0], parameter.Split(' ')[1]);
        await Page($"Post({type} {{|EP1011:{name}|}})").With("Sub.cs", types).VerifyAsync();
    }

    [Theory]
    [InlineData("IAsyncEnumerable<Order> {|EP1011:orders|}")]
    [InlineData("HashSet<Order> {|EP1011:orders|}")]
    [InlineData("System.Collections.Immutable.ImmutableArray<Order> {|EP1011:orders|}")]
    [InlineData("Order[][] {|EP1011:orders|}")]
    [InlineData("Dictionary<string, List<Order>> {|EP1011:orders|}")]
    [InlineData("Envelope<List<string>> {|EP1011:value|}")]
    [InlineData("[FromBody] Query {|EP1011:query|}")]
    public async Task A_body_is_one_in_whatever_collection_it_comes(string parameter) => await Page($"Post({parameter})").VerifyAsync();

    [Fact]
    public async Task A_validator_in_a_referenced_assembly_counts()
    {
        var library =
            Code.Emit("Shared",
                "namespace Shared { public sealed record Order(string Name); internal sealed class OrderValidator : "
                + "FluentValidation.AbstractValidator<Order>; public sealed record Other(string Name); }", Code.FluentValidation);
        await new Code("pages/a.cs",
            "[Elevate(Callers.User)] public static class A { public static void Post(Shared.Order order) { } public static void "
            + "Put(Shared.Other {|EP1011:other|}) { } }")
        {
            References = [.. References, library],
        }.VerifyAsync();
    }

    [Theory]
    [InlineData("app.MapPost(\"/\", (Order {|EP1011:order|}) => 1).Elevate(Callers.User);")]
    [InlineData("app.MapGroup(\"/g\").Elevate(Callers.User).MapPut(\"/{id}\", (string id, Order {|EP1011:order|}) => 1);")]
    [InlineData("app.MapPost(\"/\", {|EP1011:Handlers.Post|}).Elevate(Callers.User);")]
    [InlineData("app.MapMethods(\"/\", [\"PROPPATCH\"], (Order {|EP1011:order|}) => 1).Elevate(Callers.User);")]
    [InlineData("app.MapPost(\"/\", ([AsParameters] Form {|EP1011:form|}) => 1).Elevate(Callers.User);")]
    [InlineData("app.MapPost(\"/\", (Annotated {|EP1011:order|}) => 1).Elevate(Callers.User);")]
    [InlineData(
        "WebApplication.CreateBuilder().Services.AddValidation(); app.MapPost(\"/\", (Annotated order) => 1).Elevate(Callers.User);")]
    [InlineData("app.MapPost(\"/\", (Order order) => 1);")]
    [InlineData("app.MapGet(\"/\", (Order order) => 1).Elevate(Callers.User);")]
    public async Task Minimal_APIs_and_groups_are_looked_at(string routes) =>
        await new Code("Program.cs", $"var app = WebApplication.Create(); {routes}") { References = References }
            .With("Handlers.cs", "public static class Handlers { public static string Post(Order order) => order.Name; }")
            .With("Types.cs", Types).VerifyAsync();

    [Fact]
    public async Task Actions_and_the_bound_properties_of_their_controllers_are_looked_at() =>
        await new Code("Controllers.cs", """
            [ApiController, Route("orders"), Elevate(Callers.User)]
            public sealed class OrdersController : ControllerBase
            {
                [HttpPost] public void Post(Order {|EP1011:order|}) { }
                [HttpPut] public void Put(Annotated order) { }
                [HttpPatch] public void Patch(Checked order) { }
                [HttpGet] public void Get([FromQuery] Order order) { }
                [HttpDelete] public void Delete(string id) { }
            }
            public sealed class HomeController : Controller
            {
                [BindProperty] public Order? {|EP1011:Bound|} { get; set; }
                [BindProperty] public string? Name { get; set; }
                public Order? Own { get; set; }
                [HttpPost, Elevate(Callers.User)] public void Add(Order {|EP1011:order|}) { }
                [HttpPost] public void Plain(Order order) { }
            }
            """) { References = References }.With("Types.cs", Types).VerifyAsync();

    [Theory]
    [InlineData("public void OnPost(Order {|EP1011:order|}) { }")]
    [InlineData("public void OnPostAddAsync(List<Order> {|EP1011:orders|}, string name) { }")]
    [InlineData("public void OnGet([FromForm] Order {|EP1011:order|}) { }")]
    [InlineData("[BindProperty] public Order? {|EP1011:Bound|} { get; set; } public void OnPost() { }")]
    [InlineData("[BindProperty] public Order? Bound { get; set; } public void OnGet() { }")]
    [InlineData("[BindProperty] public Annotated? Bound { get; set; } public void OnPost(Checked order) { }")]
    [InlineData(
        "[BindProperty] public string? Name { get; set; } public Order? Own { get; set; } public void OnPost(string id, IFormFile file) { }")]
    [InlineData("public void OnGet(Order order) { }")]
    [InlineData("public void OnPost(Wanted order) { }")]
    [InlineData("public void Post(Order order) { }")]
    public async Task Handlers_and_bound_properties_of_Razor_Pages_are_looked_at(string members)
    {
        static Code Model(string elevate, string members) =>
            new Code("A.cshtml.cs",
                $"{elevate} public sealed class AModel : Microsoft.AspNetCore.Mvc.RazorPages.PageModel {{ {members} }}") { References =
                    References }
                .With("Types.cs", Types).With("Wanted.cs",
                    "public sealed record Wanted(string Name); public sealed class WantedValidator : "
                    + "FluentValidation.AbstractValidator<Wanted>;");

        await Model("[Elevate(Callers.User)]", members).VerifyAsync();
        await Model("", members.Replace("|}", "", StringComparison.Ordinal).Replace("{|EP1011:", "", StringComparison.Ordinal))
            .VerifyAsync();
    }

    [Fact]
    public async Task All_bound_properties_of_a_Razor_Page_are_looked_at() =>
        await new Code("A.cshtml.cs", """
            [BindProperties, Elevate(Callers.User)]
            public sealed class AModel : Microsoft.AspNetCore.Mvc.RazorPages.PageModel
            {
                public Order? {|EP1011:Bound|} { get; set; }
                [BindNever] public Order? Own { get; set; }
                public void OnPost() { }
            }
            """) { References = References }.With("Types.cs", Types).With("Usings.cs", "global using Microsoft.AspNetCore.Mvc.ModelBinding;").VerifyAsync();

    [Fact]
    public async Task All_pages_may_be_elevated_where_they_are_mapped() =>
        await Page("Post(Order {|EP1011:order|})", elevate: "")
            .With("Program.cs", "var app = WebApplication.Create(); app.MapFileRoutes().Elevate(Callers.User);").VerifyAsync();

    [Fact]
    public async Task The_message_names_the_endpoint_the_type_and_the_mend()
    {
        var reported = await Page("Post(List<Order?>? {|EP1011:orders|})").VerifyAsync();

        Assert.Equal(
            "'A.Post' takes Order from the request, and there is no validator of it: write a class that derives from "
            + "AbstractValidator<Order>, which is found and run before the handler",
            Assert.Single(reported).GetMessage(null));
    }

    private const string Types = """
        using System.ComponentModel.DataAnnotations;
        using System.Text.Json.Serialization;
        public interface IOrder { string Name { get; set; } }
        public sealed record Order(string Name, int Count);
        public record struct Point(int X, int Y);
        public sealed class Fixed(string name) { public string Name { get; } = name; }
        public sealed record Envelope<T>(T Value);
        public sealed record Query(string Id, Order Order);
        public sealed class Form { [FromForm] public Order? Order { get; set; } [FromQuery] public string? Name { get; set; } }
        public sealed record Plain(string Id, [FromQuery] int Page, HttpContext Context, Store Store);
        public sealed class Annotated { [Required, StringLength(10)] public string? Name { get; set; } }
        public sealed class Checked : IValidatableObject { public string? Name { get; set; } public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => []; }
        public sealed class Store(IServiceProvider services) { public object? Find(string id) => services.GetService(typeof(string)); public int Count => 0; }
        public sealed class Settings { public string? Name { get; set; } }
        public sealed class Registered { public string? Name { get; set; } }
        public sealed class Database : System.Data.DataSet { public string? Name { get; set; } }
        public sealed class Parsed : IParsable<Parsed> { public string? Name { get; set; } public static Parsed Parse(string s, IFormatProvider? p) => new(); public static bool TryParse(string? s, IFormatProvider? p, out Parsed r) { r = new(); return true; } }
        public sealed class Bound { public string? Name { get; set; } public static ValueTask<Bound?> BindAsync(HttpContext context) => default; }
        [JsonDerivedType(typeof(Circle), "circle")] public class Shape { public string? Name { get; set; } }
        public sealed class Circle : Shape;
        public enum Kind { One }
        """;

    private static Code Page(string handler, string elevate = "[Elevate(Callers.User)]",
        IReadOnlyList<MetadataReference>? references = null, string types = Types) =>
        new Code("pages/a.cs",
            $"{elevate} public static class A {{ public static void {handler} {{ }} }}") { References = references ?? References }.With(
                "Types.cs", types);
}
