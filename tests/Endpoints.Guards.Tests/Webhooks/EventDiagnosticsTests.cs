namespace Endpoints.Guards.Tests.Webhooks;

/// <summary>Tests what can't work, and where it is reported.</summary>
public sealed class EventDiagnosticsTests
{
    [Theory]
    [InlineData("[WixEvent({|EP1301:\"wix.ecom.v1.order_creted\"|})]")]
    [InlineData("[WixEvent({|EP1301:\"wix.ecom.v1.order_create\"|})]")]
    [InlineData("[WixEvent({|EP1301:\"wix.ecom.v1.Order_Created\"|})]")]
    [InlineData("[WixEvent({|EP1301:Names.Typo|})]")]
    [InlineData("[WixEvent(\"wix.ecom.v1.order_created\")]")]
    [InlineData("[WixEvent(\"wix.ecom.v1.order_frozen\")]")]
    [InlineData("[WixEvent(\"AppRemoved\")]")]
    public void An_event_that_is_close_to_a_known_one_is_reported(string attribute) => new WebhookProject().File("events/a.cs",
        $$"""
        {{attribute}}
        public class A { public void Handle(WixEvent e) { } }
        static class Names { public const string Typo = "wix.ecom.v2.order_created"; }
        """).Verify();

    [Theory]
    [InlineData("public class {|EP1302:A|};")]
    [InlineData("public class {|EP1302:A|} { public void Handles(OrderCreated e) { } }")]
    [InlineData("internal class {|EP1302:A|} { public void Handle(int e) { } }")]
    [InlineData("[WixEvent(\"x\")] public class {|EP1302:A|};")]
    [InlineData("interface I { void Handle(OrderCreated e); } public class {|EP1302:A|};")]
    public void A_file_needs_a_handler(string source) => new WebhookProject().File("events/a.cs", source).Verify();

    [Fact]
    public void An_empty_file_needs_a_handler()
    {
        var found = Assert.Single(new WebhookProject().File("events/a.cs", "// later").Run().Result.Diagnostics);

        Assert.Equal("EP1302", found.Id);
        Assert.Contains("'events/a.cs'", found.GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public class A { public void Handle(OrderCreated e) { } public void {|EP1303:Handle|}(OrderCanceled e) { } }")]
    [InlineData("public class A { public void Handle(OrderCreated e) { } public Task {|EP1303:HandleAsync|}(OrderCreated e) => null!; }")]
    [InlineData("public abstract class B { public void Handle(OrderCreated e) { } } "
        + "public class A : B { public void {|EP1303:Handle|}(OrderCanceled e) { } }")]
    public void A_class_handles_with_one_method(string source) => new WebhookProject().File("events/a.cs", source).Verify();

    [Theory]
    [InlineData("class {|EP1304:A|} { public void Handle(OrderCreated e) { } }")]
    [InlineData("file class {|EP1304:A|} { public void Handle(OrderCreated e) { } }")]
    [InlineData("public struct {|EP1304:A|} { public void Handle(OrderCreated e) { } }")]
    [InlineData("public class {|EP1304:A|}<T> { public void Handle(OrderCreated e) { } }")]
    [InlineData("public abstract class {|EP1304:A|} { public void Handle(OrderCreated e) { } }")]
    [InlineData("public class {|EP1304:A|} { private A() { } public void Handle(OrderCreated e) { } }")]
    [InlineData("public class {|EP1304:A|} { public A() { } public A(IServiceProvider s) { } public void Handle(OrderCreated e) { } }")]
    [InlineData("public class A { public A() { } [ActivatorUtilitiesConstructor] public A(IServiceProvider s) { } "
        + "public void Handle(OrderCreated e) { } }")]
    public void A_class_must_be_one_that_can_be_made(string source) => new WebhookProject().File("events/a.cs", source).Verify();

    [Theory]
    [InlineData("void {|EP1305:Handle|}(OrderCreated e) { }")]
    [InlineData("internal void {|EP1305:Handle|}(OrderCreated e) { }")]
    [InlineData("public void {|EP1305:Handle|}<T>(OrderCreated e) { }")]
    [InlineData("public async {|EP1305:void|} Handle(OrderCreated e) => await Task.Yield();")]
    [InlineData("public {|EP1305:int|} Handle(OrderCreated e) => 1;")]
    [InlineData("public {|EP1305:Task<int>|} Handle(OrderCreated e) => null!;")]
    [InlineData("public {|EP1305:IAsyncEnumerable<int>|} Handle(OrderCreated e) => null!;")]
    [InlineData("public void Handle(ref OrderCreated {|EP1305:e|}) { }")]
    [InlineData("public void Handle(in OrderCreated {|EP1305:e|}) { }")]
    [InlineData("public void Handle(OrderCreated e, out IServiceProvider {|EP1305:s|}) => s = null!;")]
    public void A_method_must_be_one_that_can_be_called(string method) =>
        new WebhookProject().File("events/a.cs", $"public class A {{ {method} }}").Verify();

    [Theory]
    [InlineData("public class A { public void {|EP1306:Handle|}() { } }")]
    [InlineData("public class A { public void {|EP1306:Handle|}(IServiceProvider s) { } }")]
    [InlineData("public class A { public void Handle(WixEvent {|EP1306:e|}) { } }")]
    [InlineData("[WixEvent({|EP1306:\" \"|})] public class A { public void Handle(WixEvent e) { } }")]
    [InlineData("[{|EP1306:WixEvent(Inbox = true)|}] public class A { public void Handle(WixEvent e) { } }")]
    public void A_handler_says_what_it_handles(string source) => new WebhookProject().File("events/a.cs", source).Verify();

    [Theory]
    [InlineData("int {|EP1307:x|}")]
    [InlineData("int {|EP1307:x|} = 3")]
    [InlineData("string {|EP1307:x|}")]
    [InlineData("object {|EP1307:x|}")]
    [InlineData("Guid {|EP1307:x|}")]
    [InlineData("string[] {|EP1307:x|}")]
    [InlineData("DayOfWeek? {|EP1307:x|}")]
    [InlineData("HttpContext {|EP1307:x|}")]
    [InlineData("System.Security.Claims.ClaimsPrincipal {|EP1307:x|}")]
    [InlineData("ReadOnlySpan<byte> {|EP1307:x|}")]
    [InlineData("[FromBody] Lazy<string> {|EP1307:x|}")]
    [InlineData("OrderCanceled {|EP1307:x|}")]
    [InlineData("ElevatedWixClient x")]
    [InlineData("IEnumerable<IComparable> x")]
    [InlineData("WixAuth x, ElevatedWixClient y, Caller z, Func<string> f")]
    public void A_parameter_must_be_one_that_a_service_can_be(string parameter) =>
        new WebhookProject().File("events/a.cs", $"public class A {{ public void Handle(OrderCreated e, {parameter}) {{ }} }}").Verify();

    [Theory]
    [InlineData("[WixEvent({|EP1308:\"wix.ecom.v1.order_canceled\"|})] public class A { public void Handle(OrderCreated e) { } }")]
    [InlineData("[{|EP1308:WixEvent(OrderedByEntity = true)|}] public class A { public void Handle(OrderCreated e) { } }")]
    [InlineData("[{|EP1308:WixEvent(Name = \"\")|}] public class A { public void Handle(OrderCreated e) { } }")]
    [InlineData("[WixEvent(\"x.a\"), {|EP1308:WixEvent(\"x.a\")|}] public class A { public void Handle(WixEvent e) { } }")]
    [InlineData("[WixEvent(\"x.a\"), {|EP1308:WixEvent(\"x.b\", Inbox = true)|}] public class A { public void Handle(WixEvent e) { } }")]
    [InlineData("[WixEvent(\"x.a\", Only = [\"GET /a\"]), {|EP1308:WixEvent(\"x.b\")|}] public class A "
        + "{ public void Handle(WixEvent e) { } }")]
    [InlineData("[WixEvent(\"wix.ecom.v1.order_created\")] public class A { public void Handle(OrderCreated e) { } }")]
    public void What_the_attribute_says_must_be_so(string source) => new WebhookProject().File("events/a.cs", source).Verify();

    [Fact]
    public void Two_handlers_of_one_name_are_reported_and_one_is_left_out()
    {
        var project = new WebhookProject()
            .File("events/a.cs", "[WixEvent(Name = \"n\")] public class A { public void Handle(OrderCreated e) { } }")
            .File("events/b.cs", "[WixEvent(Name = \"n\")] public class {|EP1308:B|} { public void Handle(OrderCanceled e) { } }").Verify();

        Assert.Equal("A", Assert.Single(project.Load().LoadEvents()).Handler.Name);
    }

    [Theory]
    [InlineData("{|EP1008:\"stores\"|}")]
    [InlineData("\"GET /a\", {|EP1008:\"GET a\"|}")]
    public void A_call_that_is_no_pattern_is_reported(string only) => new WebhookProject()
        .File("events/a.cs", $"[WixEvent(Only = [{only}])] public class A {{ public void Handle(OrderCreated e) {{ }} }}")
        .File("plugins/b.cs", $"[WixPlugin(Only = [{only}])] public class B : ShippingRatesPlugin"
            + WebhookProject.RatesBody).Verify();

    [Theory]
    [InlineData("public class {|EP1311:A|};")]
    [InlineData("public abstract class {|EP1304:A|} : ShippingRatesPlugin;")]
    [InlineData("class {|EP1304:A|} : ShippingRatesPlugin" + WebhookProject.RatesBody)]
    [InlineData("public class {|EP1304:A|}<T> : ShippingRatesPlugin" + WebhookProject.RatesBody)]
    public void A_plugin_file_needs_a_plugin(string source) => new WebhookProject().File("plugins/a.cs", source).Verify();

    [Fact]
    public void A_plugin_with_a_missing_method_is_the_compilers_to_report()
    {
        var project = new WebhookProject().File("plugins/a.cs", "public class A : ShippingRatesPlugin;").Verify(mayHaveErrors: true);

        Assert.Equal("CS0534", Assert.Single(project.Output.GetDiagnostics(),
            static one => one.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error).Id);
    }

    [Fact]
    public void Two_plugins_of_one_type_are_reported()
    {
        var project = new WebhookProject().File("plugins/a.cs", "public class A : ShippingRatesPlugin" + WebhookProject.RatesBody)
            .File("plugins/b.cs", "public abstract class Base : ShippingRatesPlugin; public class {|EP1309:B|} : Base"
                + WebhookProject.RatesBody).Verify();

        Assert.Equal("A", Assert.Single(project.Load().LoadPlugins()).Plugin.Name);
    }

    private const string Says = "Says something of a thing.";

    [Theory]
    [InlineData("public class {|EP1313:A|}")]
    [InlineData("[{|EP1313:WixTool(\"\", \"" + Says + "\")|}] public class A")]
    [InlineData("[{|EP1313:WixTool(\"a b\", \"" + Says + "\")|}] public class A")]
    [InlineData("[{|EP1313:WixTool(\"abcdefghijklmnopqrstuvwxyz01234\", \"" + Says + "\")|}] public class A")]
    [InlineData("[WixTool(\"abcdefghijklmnopqrstuvwxyz0123\", \"" + Says + "\")] public class A")]
    [InlineData("[{|EP1313:WixTool(\"a\", \"Too short\")|}] public class A")]
    [InlineData("[WixTool(\"a\", \"Is enough.\")] public class A")]
    [InlineData("[{|EP1313:WixTool(\"a\", Long)|}] public class A")]
    public void A_tool_is_declared_as_Wix_accepts_it(string source) => new WebhookProject()
        .File("plugins/a.cs", source + WebhookProject.ToolBody.Replace("=> null!;",
            $"=> null!; const string Long = \"{new string('a', 1001)}\";", StringComparison.Ordinal)).Verify();

    [Fact]
    public void Two_tools_of_one_name_are_reported_and_others_stand_beside_each_other()
    {
        static string Tool(string name) => $"[WixTool(\"{name}\", \"{Says}\")] public class ";
        var project = new WebhookProject().File("plugins/a.cs", Tool("one") + "A" + WebhookProject.ToolBody)
            .File("plugins/tools/b.cs", Tool("two") + "B" + WebhookProject.ToolBody)
            .File("plugins/tools/c.cs", Tool("one") + "{|EP1309:C|}" + WebhookProject.ToolBody).Verify();

        Assert.Equal([("A", "tools-provider-config"), ("B", "tools-provider-config")],
            project.Load().LoadPlugins().Select(static one => (one.Plugin.Name, one.Address)));
    }

    [Theory]
    [InlineData("Console.WriteLine();", true)]
    [InlineData("static void MapWixEvents(string app) { } MapWixEvents(\"app\");", false)]
    public void Handlers_that_nothing_maps_are_reported_in_an_application(string program, bool isReported) => new WebhookProject()
        .Application().File("Program.cs", program)
        .File("events/a.cs", $"public class {(isReported ? "{|EP1310:A|}" : "A")} {{ public void Handle(OrderCreated e) {{ }} }}")
        .File("events/b.cs", "public class B { public void Handle(OrderCreated e) { } }").Verify();

    [Theory]
    [InlineData("Events/a.cs", "public class {|EP1312:A|} { public void Handle(OrderCreated e) { } }")]
    [InlineData("Events/a.cs", "public class A { public void Handle(string e) { } }")]
    [InlineData("Events/a.cs", "internal class A { public void Handle(OrderCreated e) { } }")]
    [InlineData("/other/events/a.cs", "public class {|EP1312:A|} { public void Handle(OrderCreated e) { } }")]
    [InlineData("/other/handlers/a.cs", "public class A { public void Handle(OrderCreated e) { } }")]
    [InlineData("Plugins/a.cs", "public class {|EP1312:A|} : ShippingRatesPlugin" + WebhookProject.RatesBody)]
    public void A_handler_outside_its_folder_is_reported(string path, string source) =>
        Assert.Empty(new WebhookProject().File(path, source).Verify().Load().LoadEvents());
}
