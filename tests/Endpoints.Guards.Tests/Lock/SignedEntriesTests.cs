using Endpoints.Guards.Tests.Webhooks;
using Endpoints.Shared.Lock;
using Endpoints.Wix.Analyzers.Lock;
using Endpoints.Wix.Analyzers.Webhooks;
using Microsoft.CodeAnalysis;

namespace Endpoints.Guards.Tests.Lock;

/// <summary>Tests that what Wix calls, which acts as the app, is in the lock.</summary>
public sealed class SignedEntriesTests
{
    private const string Handler = "public class A { public void Handle(OrderCreated e) { } }";

    [Theory]
    [InlineData("events/a.cs", Handler, "EVENT wix.ecom.v1.order_created")]
    [InlineData("events/a.cs", "[WixEvent(Only = [\"POST /b\", \"GET /a/*\"])] " + Handler,
        "EVENT wix.ecom.v1.order_created only GET /a/*, POST /b")]
    [InlineData("events/a.cs", "[WixEvent(\"a.b_c\"), WixEvent(\"a.b_d\")] public class A { public void Handle(WixEvent e) { } }",
        "EVENT a.b_c; EVENT a.b_d")]
    [InlineData("events/a.cs", "[WixApp(\"shop\")] " + Handler, "EVENT wix.ecom.v1.order_created App=shop")]
    [InlineData("events/a.cs", "[WixApp(\"a\")] public abstract class B { } public class A : B { public void Handle(OrderCreated e) { } }",
        "EVENT wix.ecom.v1.order_created App=a")]
    [InlineData("plugins/a.cs", "[WixApp(\"shop\")] public class A : ShippingRatesPlugin" + WebhookProject.RatesBody,
        "PLUGIN ECOM_SHIPPING_RATES App=shop")]
    [InlineData("events/_a.cs", Handler, "")]
    [InlineData("handlers/a.cs", Handler, "")]
    [InlineData("events/a.cs", "class A { public void Handle(OrderCreated e) { } }", "")]
    [InlineData("plugins/a.cs", "[WixPlugin(Only = [\"GET /a\"])] public class A : ShippingRatesPlugin" + WebhookProject.RatesBody,
        "PLUGIN ECOM_SHIPPING_RATES only GET /a")]
    [InlineData("plugins/a.cs", "[WixPlugin(Only = [\"GET /a\"]), WixTool(\"one\", \"Says something.\")] public class A"
        + WebhookProject.ToolBody + " [WixTool(\"two\", \"Says something.\")] public class B" + WebhookProject.ToolBody,
        "PLUGIN TOOLS_PROVIDER_CONFIG/one only GET /a; PLUGIN TOOLS_PROVIDER_CONFIG/two")]
    [InlineData("a.cs", "[WixTool(\"one\", \"Says something.\")] public class A" + WebhookProject.ToolBody
        + " static class R { static void M(IServiceCollection services) => services.AddWixPlugin<A>(); }",
        "PLUGIN TOOLS_PROVIDER_CONFIG/one")]
    public void A_file_that_Wix_calls_has_an_entry(string file, string source, string entries) =>
        Assert.Equal(entries, string.Join("; ", Read(file, source).Select(Text)));

    [Fact]
    public void An_entry_stands_at_the_class_and_is_of_Wix()
    {
        var (entry, place) = Assert.Single(Found("events/a.cs", Handler));

        Assert.Equal(["Wix"], entry.Callers);
        Assert.True(entry is { IsElevated: true, IsSigned: true });
        Assert.Equal("A", place.SourceTree!.GetText().ToString(place.SourceSpan));
    }

    [Fact]
    public void Lifted_guards_are_listed_beside_what_Wix_calls() => Assert.Contains(
        Found("events/a.cs", Handler + " public static class R { public static void M(WebApplication app) => "
            + "app.MapGet(\"/x\", () => 1).AllowAnonymous(); }"),
        static found => found.Endpoint.Method == LockedEndpoint.Unguards);

    [Fact]
    public void Entries_are_written_and_read()
    {
        var entries = Read("events/a.cs", "[WixApp(\"shop\"), WixEvent(Only = [\"GET /a\"])] " + Handler);

        var text = LockFile.Write(entries);

        Assert.Contains("""
            { "method": "EVENT", "route": "wix.ecom.v1.order_created", "callers": ["Wix"], "settings": ["App=shop"],
                  "only": ["GET /a"] }
            """, text, StringComparison.Ordinal);
        Assert.Equal(entries, LockFile.TryRead(text, out _)!.Select(static entry => entry.Endpoint));
    }

    [Theory]
    [InlineData("[WixEvent(Only = [\"GET /a/*\"])] ", "", true)]
    [InlineData("[WixEvent(Only = [\"GET /a/*\"])] ", "[WixEvent(Only = [\"GET /b\"])] ", true)]
    [InlineData("[WixEvent(Only = [\"GET /a/*\"])] ", "[WixEvent(Only = [\"GET /a/b\"])] ", false)]
    [InlineData("", "[WixEvent(Only = [\"GET /a\"])] ", false)]
    [InlineData("[WixEvent(Inbox = true)] ", "", null)]
    [InlineData("", "[WixApp(\"shop\")] ", false)] // a lock of before apps were in it
    [InlineData("[WixApp(\"shop\")] ", "", true)]
    [InlineData("[WixApp(\"shop\")] ", "[WixApp(\"store\")] ", true)]
    [InlineData("[WixApp(\"shop\")] ", "[WixApp(\"shop\")] ", null)]
    public void What_opens_wider_is_seen(string before, string after, bool? isWider)
    {
        var differences = LockComparison.Compare(Read("events/a.cs", before + Handler), Read("events/a.cs", after + Handler));

        if (isWider is null)
            Assert.Empty(differences);
        else
            Assert.Equal(isWider.Value ? LockDifferenceKind.Wider : LockDifferenceKind.Narrower, Assert.Single(differences).Kind);
    }

    [Fact]
    public void A_second_handler_of_an_event_is_new() => Assert.Equal(LockDifferenceKind.New, Assert.Single(LockComparison.Compare(
        Read("events/a.cs", Handler), Read("events/a.cs", Handler + " public class B { public void Handle(OrderCreated e) { } }"))).Kind);

    [Theory]
    [InlineData("services.AddWixEventHandler<OrderCreated, H>();", "EVENT wix.ecom.v1.order_created")]
    [InlineData("services.AddWixEventHandler<OrderCreated, H>(options => options.Only = [\"GET /a\"]);",
        "EVENT wix.ecom.v1.order_created only GET /a")]
    [InlineData("services.AddWixEventHandler<OrderCreated, H>(options => { if (services.Count > 1) options.Only = [\"GET /a\"]; });",
        "EVENT wix.ecom.v1.order_created only ?")]
    [InlineData("services.AddWixEventHandler<R>(\"x.y\", options => options.Inbox = true);", "EVENT x.y")]
    [InlineData("services.AddWixEventHandler<R>(services.Count.ToString());", "EVENT ?")]
    [InlineData("services.AddWixEventHandler<OrderCreated, S>();", "EVENT wix.ecom.v1.order_created App=shop")]
    public void What_is_registered_in_code_has_an_entry(string statement, string entry) => Assert.Equal(entry, Text(Assert.Single(Read(
        "Program.cs", $$"""
            static class P { public static void M(IServiceCollection services) { {{statement}} } static void Main() { } }
            public class H : IWixEventHandler<OrderCreated> { public Task HandleAsync(OrderCreated e, CancellationToken ct) => null!; }
            [WixApp("shop")] public class S : H;
            public class R : IWixEventHandler<WixEvent> { public Task HandleAsync(WixEvent e, CancellationToken ct) => null!; }
            """))));

    private static LockedEndpoint[] Read(string file, string source) =>
        [.. Found(file, source).Select(static found => found.Endpoint)];

    private static IReadOnlyList<(LockedEndpoint Endpoint, Location Location)> Found(string file, string source)
    {
        var compilation = new Code(file, source) { References = [.. Code.RealWix, WebhookProject.Ecom] }
            .With("Usings.cs", "global using Endpoints.Wix.Ecom;").Compile();
        Assert.Empty(compilation.GetDiagnostics().Where(static one => one.Severity == DiagnosticSeverity.Error));
        var options = Code.Options.Of([]).GlobalOptions;
        return GuardedCode.ReadAll(compilation, Endpoints.Shared.Pages.PagesOptions.Read([], options), default,
            webhooks: WebhookOptions.Read([], options));
    }

    private static string Text(LockedEndpoint entry) =>
        entry.Name + string.Concat(entry.Settings.Select(static one => " " + one))
            + (entry.Only is { } only ? $" only {string.Join(", ", only)}" : "");
}
