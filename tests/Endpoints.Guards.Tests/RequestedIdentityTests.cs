using Endpoints.Wix.Analyzers.Requests;

namespace Endpoints.Guards.Tests;

public sealed class RequestedIdentityTests
{
    [Theory]
    [InlineData("public static void Get(string {|EP1005:instanceId|}) { }")]
    [InlineData("public static void Get(Guid {|EP1005:siteId|}) { }")]
    [InlineData("public static void Get(Guid? {|EP1005:metaSiteId|}) { }")]
    [InlineData("public static void Get(string[] {|EP1005:instance_id|}) { }")]
    [InlineData("public static void Get([FromHeader(Name = \"wix-site-id\")] string {|EP1005:site|}) { }")]
    [InlineData("public static void Get([FromQuery(Name = \"instanceId\")] string {|EP1005:i|}) { }")]
    [InlineData("public static void Post(Order {|EP1005:order|}) { } public sealed record Order(string Name, string InstanceId);")]
    [InlineData(
        "public static void Post(Order {|EP1005:order|}) { } public sealed class Order { public Site? Site { get; set; } } public sealed "
        + "class Site { public string? SiteId { get; set; } }")]
    [InlineData(
        "public static void Post(Order {|EP1005:order|}) { } public sealed class Order { "
        + "[System.Text.Json.Serialization.JsonPropertyName(\"instance_id\")] public string? I { get; init; } }")]
    [InlineData(
        "public static void Post(Order {|EP1005:order|}) { } public sealed record Order(List<Line> Lines); public sealed record "
        + "Line(Guid SiteId);")]
    [InlineData(
        "public static void Get([AsParameters] Query {|EP1005:query|}) { } public record struct Query(string Name, string SiteId);")]
    [InlineData("public static void Get([FromBody] Order {|EP1005:order|}) { } public sealed record Order(string InstanceId);")]
    [InlineData("public static string? Get(HttpContext context) => {|EP1005:context.Request.Headers[\"wix-site-id\"]|};")]
    [InlineData("public static object? Get(HttpContext context) => {|EP1005:context.Request.RouteValues[\"instanceId\"]|};")]
    [InlineData("public static object? Get(HttpRequest request) => {|EP1005:request.Query[\"site_id\"]|};")]
    [InlineData("public static void Get(string id, string website, Caller caller) { }")]
    [InlineData(
        "public static void Get(Caller caller, HttpContext context) { var site = caller.SiteId; "
        + "context.Response.Headers[\"wix-site-id\"] = site; }")]
    [InlineData("public static void Get(Settings settings) { } public sealed class Settings { public string? SiteId { get; set; } }")]
    [InlineData(
        "public static void Post([FromServices] Settings settings) { } public sealed class Settings { public string? SiteId { get; set; } }")]
    [InlineData(
        "public static void Post(Order order) { } public sealed class Order { public string? Name { get; set; } public string SiteId => "
        + "\"\"; }")]
    [InlineData("public static void Post(IOrder order) { } public interface IOrder { string SiteId { get; set; } }")]
    [InlineData("public static void Post(Node node) { } public sealed record Node(Node? Next, string Name);")]
    public async Task An_elevated_page_that_takes_a_site_or_instance_from_the_request_is_reported(string handler)
    {
        await new Code("pages/a.cs", $"[Elevate(Callers.User)] public static class A {{ {handler} }}").VerifyAsync();

        // Without elevation it is harmless: the caller's own token decides.
        var plain = handler.Replace("|}", "", StringComparison.Ordinal).Replace("{|EP1005:", "", StringComparison.Ordinal);
        await new Code("pages/a.cs", $"public static class A {{ {plain} }}").VerifyAsync();
    }

    [Fact]
    public async Task An_elevated_action_and_the_bound_properties_of_its_controller_are_looked_at() =>
        await new Code("OrdersController.cs", """
            public sealed class OrdersController : ControllerBase
            {
                [BindProperty] public string? {|EP1005:InstanceId|} { get; set; }
                [FromQuery(Name = "site-id")] public string? {|EP1005:Site|} { get; set; }
                public string? SiteId { get; set; }
                [HttpGet, Elevate(Callers.User)] public void Get(string {|EP1005:siteId|}) { }
                [HttpPost] public void Post(string siteId) { }
            }
            """).VerifyAsync();

    [Theory]
    [InlineData("endpoints.MapGet(\"/{siteId}\", (string {|EP1005:siteId|}) => siteId).Elevate(Callers.User);")]
    [InlineData("endpoints.MapGet(\"/{siteId}\", (string {|EP1005:siteId|}, WixAuth auth) => siteId);")]
    [InlineData("endpoints.MapGroup(\"/g\").Elevate(Callers.User).MapPost(\"/\", (Order {|EP1005:order|}) => order);")]
    [InlineData("endpoints.MapGet(\"/\", (HttpContext context, WixAuth auth) => {|EP1005:context.Request.Query[\"siteId\"]|});")]
    [InlineData("endpoints.MapGet(\"/{siteId}\", (string {|EP1005:siteId|}, AdminWixClient wix) => wix.ForSite(siteId));")]
    [InlineData("endpoints.MapGet(\"/{siteId}\", (string siteId) => siteId);")]
    [InlineData("endpoints.MapGet(\"/\", (HttpContext context) => context.Request.Query[\"siteId\"]);")]
    public async Task Minimal_APIs_are_looked_at(string route) =>
        await new Code("Routes.cs",
            $"public sealed record Order(string SiteId); public static class Routes {{ public static void Map(IEndpointRouteBuilder "
            + $"endpoints) {{ {route} }} }}").VerifyAsync();

    [Theory]
    [InlineData("instanceId", true)]
    [InlineData("INSTANCE_ID", true)]
    [InlineData("X-Wix-Site-Id", true)]
    [InlineData("metaSiteId", true)]
    [InlineData("id", false)]
    [InlineData("websiteId", false)]
    [InlineData("siteIds", false)]
    [InlineData("", false)]
    public void Names_are_compared_however_they_are_written(string name, bool isSite) => Assert.Equal(isSite, RequestedIds.IsName(name));
}
