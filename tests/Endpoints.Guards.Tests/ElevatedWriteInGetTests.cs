using Endpoints.Wix.Analyzers.Symbols;

namespace Endpoints.Guards.Tests;

public sealed class ElevatedWriteInGetTests
{
    [Theory]
    [InlineData("{|EP1009:site.UpdateSitePropertiesAsync(\"x\")|}")]
    [InlineData("auth.Elevate({|EP1009:site.UpdateSitePropertiesAsync|})(\"x\")")]
    [InlineData("{|EP1009:wix.PostAsync<string>(\"/stores/v1/orders\", 1)|}")]
    [InlineData("{|EP1009:wix.SendAsync<string>(System.Net.Http.HttpMethod.Delete, \"/stores/v1/orders/1\")|}")]
    [InlineData("Task.WhenAll(new[] { 1 }.Select(_ => {|EP1009:site.UpdateSitePropertiesAsync(\"x\")|}))")]
    [InlineData("site.GetSitePropertiesAsync()")]
    [InlineData("auth.Elevate(site.GetSitePropertiesAsync)(default)")]
    [InlineData("site.BulkGetAsync()")]
    [InlineData("site.SettingsAsync()")]
    [InlineData("wix.GetAsync<string>(\"/a\")")]
    [InlineData("wix.PostAsync<string>(\"/stores-reader/v1/products/query\", 1)")]
    [InlineData("wix.SendAsync<string>(System.Net.Http.HttpMethod.Get, \"/a\")")]
    [InlineData("UpdateOwnNotes()")]
    public async Task An_elevated_Get_that_changes_something_at_Wix_is_reported(string call)
    {
        await new Code("pages/a.cs", Page("Get", call)).VerifyAsync();
        await new Code("pages/a.cs", Page("HEAD", call)).VerifyAsync();

        var sound = call.Replace("|}", "", StringComparison.Ordinal).Replace("{|EP1009:", "", StringComparison.Ordinal);
        await new Code("pages/a.cs", Page("Post", sound)).VerifyAsync();
        await new Code("Services/a.cs", Page("Get", sound)).VerifyAsync();
    }

    [Fact]
    public async Task Without_elevation_the_callers_own_rights_decide() =>
        await new Code("pages/a.cs",
            "public static class A { public static Task Get(SiteProperties site) => site.UpdateSitePropertiesAsync(\"x\"); }").VerifyAsync();

    [Fact]
    public async Task An_action_that_names_no_HTTP_method_answers_GET() =>
        await new Code("OrdersController.cs", """
            [Elevate(Callers.User)]
            public sealed class OrdersController(SiteProperties site) : ControllerBase
            {
                [HttpGet] public Task Get() => {|EP1009:site.UpdateSitePropertiesAsync("x")|};
                public Task Index() => {|EP1009:site.UpdateSitePropertiesAsync("x")|};
                [HttpPost] public Task Post() => site.UpdateSitePropertiesAsync("x");
                [AcceptVerbs("POST", "GET")] public Task Both() => {|EP1009:site.UpdateSitePropertiesAsync("x")|};
                private Task Own() => site.UpdateSitePropertiesAsync("x");
            }
            """).VerifyAsync();

    [Theory]
    [InlineData(
        "endpoints.MapGet(\"/a\", (SiteProperties site) => {|EP1009:site.UpdateSitePropertiesAsync(\"x\")|}).Elevate(Callers.User);")]
    [InlineData(
        "endpoints.MapGet(\"/a\", Local).Elevate(Callers.User); Task Local(SiteProperties site) => "
        + "{|EP1009:site.UpdateSitePropertiesAsync(\"x\")|};")]
    [InlineData(
        "endpoints.MapMethods(\"/a\", [\"HEAD\"], (SiteProperties site) => "
        + "{|EP1009:site.UpdateSitePropertiesAsync(\"x\")|}).Elevate(Callers.User);")]
    [InlineData("endpoints.MapPost(\"/a\", (SiteProperties site) => site.UpdateSitePropertiesAsync(\"x\")).Elevate(Callers.User);")]
    [InlineData("endpoints.MapGet(\"/a\", (SiteProperties site) => site.UpdateSitePropertiesAsync(\"x\"));")]
    public async Task Minimal_APIs_are_looked_at(string route) =>
        await new Code("Routes.cs",
            $"public static class Routes {{ public static void Map(IEndpointRouteBuilder endpoints) {{ {route} }} }}").VerifyAsync();

    [Theory]
    [InlineData("CreateOrder", true)]
    [InlineData("Delete", true)]
    [InlineData("DeleteAsync", true)]
    [InlineData("BulkInsertItems", true)]
    [InlineData("Send2", true)]
    [InlineData("BulkGetItems", false)]
    [InlineData("Settings", false)]
    [InlineData("Posts", false)]
    [InlineData("GetOrCreate", false)]
    [InlineData("Query", false)]
    public void A_write_is_told_by_the_first_word_of_its_name(string name, bool isWrite) => Assert.Equal(isWrite, WixWrites.IsWrite(name));

    private static string Page(string method, string call) => $$"""
        [Elevate(Callers.User)]
        public static class A
        {
            public static async Task {{method}}(WixAuth auth, ElevatedWixClient wix, SiteProperties site) => await {{call}};
            private static Task UpdateOwnNotes() => Task.CompletedTask;
        }
        """;
}
