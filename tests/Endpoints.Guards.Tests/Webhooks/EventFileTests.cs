using Endpoints.Wix;
using Endpoints.Wix.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Guards.Tests.Webhooks;

/// <summary>Tests what event and plugin files register.</summary>
public sealed class EventFileTests
{
    private const string Order = "public class OrderCreatedHandler { public void Handle(OrderCreated order) { } }";

    [Theory]
    [InlineData("events/order-created.cs")]
    [InlineData("events/ecom/orders/created.cs")]
    [InlineData("events/[odd] name (1).cs")]
    [InlineData("events/Größe \"x\".cs")]
    public void A_file_below_the_events_folder_handles_the_event_that_its_method_takes(string path)
    {
        var handler = Assert.Single(new WebhookProject().File(path, Order).Verify().Load().LoadEvents());

        Assert.Equal(path, handler.File);
        Assert.Equal($"{path}:OrderCreatedHandler", handler.Name);
        Assert.Equal("wix.ecom.v1.order_created", handler.EventType);
        Assert.Equal("OrderCreatedHandler", handler.Handler.Name);
        Assert.False(handler.Inbox || handler.OrderedByEntity);
        Assert.Null(handler.Only);
    }

    [Theory]
    [InlineData("events/_shared.cs")]
    [InlineData("events/_drafts/order-created.cs")]
    [InlineData("events/.hidden.cs")]
    [InlineData("handlers/order-created.cs")]
    [InlineData("src/events/order-created.cs")]
    [InlineData("pages/events/order-created.cs")]
    [InlineData("events.cs")]
    public void Other_files_handle_nothing(string path)
    {
        var table = new WebhookProject().File(path, Order).Verify().Load();

        Assert.Empty(table.LoadEvents());
        Assert.Empty(table.LoadPlugins());
    }

    [Theory]
    [InlineData("void Handle(OrderCreated e) { }")]
    [InlineData("Task Handle(OrderCreated e) => Task.CompletedTask;")]
    [InlineData("async Task HandleAsync(OrderCreated e, CancellationToken ct) => await Task.Delay(0, ct);")]
    [InlineData("ValueTask Handle(OrderCreated e) => default;")]
    [InlineData("void Handle(IServiceProvider services, OrderCreated? e) { }")]
    [InlineData("void Handle(OrderCreated e, IServiceProvider services, CancellationToken ct = default) { }")]
    [InlineData("void Handle(OrderCreated e, IComparable? missing, Lazy<string>? other = null) { }")]
    [InlineData("static void Handle(OrderCreated e) { }")]
    [InlineData("static async ValueTask Handle(OrderCreated e) => await Task.Yield();")]
    public async Task Every_form_of_a_handler_can_be_run(string method)
    {
        var project = new WebhookProject().File("events/a.cs", $"public class A {{ public {method} }}").Verify();

        await RunAsync(Assert.Single(project.Load().LoadEvents()));
    }

    [Theory]
    [InlineData("public static class A { public static void Handle(OrderCreated e) { } }")]
    [InlineData("public sealed record A { public void Handle(OrderCreated e) { } }")]
    [InlineData("namespace Shop.Events { public class A { public void Handle(OrderCreated e) { } } }")]
    [InlineData("namespace @class.@event; public class @A { public void Handle(OrderCreated e) { } }")]
    [InlineData("public class A(IServiceProvider services) { public void Handle(OrderCreated e) => services.ToString(); }")]
    [InlineData("public abstract class Base { public void Handle(OrderCreated e) { } } public class A : Base;")]
    [InlineData("public abstract class Base { public abstract void Handle(OrderCreated e); } "
        + "public class A : Base { public override void Handle(OrderCreated e) { } }")]
    [InlineData("public partial class A { public partial void Handle(OrderCreated e); } "
        + "public partial class A { public partial void Handle(OrderCreated e) { } }")]
    [InlineData("public class A { public void Handle(OrderCreated e) { } public void Handle(string other) { } }")]
    [InlineData("public class A { public void Handle(OrderCreated e) { } } internal class Helper { public void Handle(int i) { } }")]
    [InlineData("using Event = Endpoints.Wix.Ecom.OrderCreated; public class A { public void Handle(Event e) { } }")]
    public async Task Every_form_of_a_class_can_handle(string source)
    {
        var handler = Assert.Single(new WebhookProject().File("events/a.cs", source).Verify().Load().LoadEvents());

        Assert.Equal("events/a.cs:A", handler.Name);
        await RunAsync(handler);
    }

    [Fact]
    public async Task A_handler_gets_the_event_the_services_and_the_token_and_is_disposed_of_when_it_has_ended()
    {
        var handler = Assert.Single(new WebhookProject().File("events/a.cs", """
            public sealed class A(List<string> log) : IAsyncDisposable
            {
                public async Task Handle(OrderCreated order, [FromKeyedServices("k")] List<string> keyed, IComparable? missing,
                    CancellationToken cancellationToken)
                {
                    log.Add($"{order.EventType} {order.InstanceId} {keyed[0]} {missing is null} {cancellationToken.CanBeCanceled}");
                    await Task.Yield();
                    log.Add("done");
                }

                public ValueTask DisposeAsync() { log.Add("disposed"); return default; }
            }
            """).Verify().Load().LoadEvents());
        var log = new List<string>();
        var services = new ServiceCollection().AddSingleton(log).AddKeyedSingleton("k", new List<string> { "keyed" })
            .BuildServiceProvider();
        using var stopping = new CancellationTokenSource();

        await handler.Run(services, Event(), stopping.Token);

        Assert.Equal(["wix.ecom.v1.order_created i1 keyed True True", "done", "disposed"], log);
    }

    [Fact]
    public async Task A_handler_that_throws_is_disposed_of_and_its_exception_comes_through()
    {
        var handler = Assert.Single(new WebhookProject().File("events/a.cs", """
            public sealed class A(List<string> log) : IDisposable
            {
                public void Handle(OrderCreated order) => throw new InvalidOperationException("no");
                public void Dispose() => log.Add("disposed");
            }
            """).Verify().Load().LoadEvents());
        var log = new List<string>();

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(
            () => handler.Run(new ServiceCollection().AddSingleton(log).BuildServiceProvider(), Event(), default));

        Assert.Equal("no", thrown.Message);
        Assert.Equal(["disposed"], log);
    }

    [Fact]
    public void The_attribute_says_how_the_event_is_delivered()
    {
        var handler = Assert.Single(new WebhookProject().File("events/a.cs", """
            [WixEvent(Inbox = true, OrderedByEntity = true, Only = ["GET /stores/*", "POST /a"], Name = "mine")]
            public class A { public void Handle(OrderCreated order) { } }
            """).Verify().Load().LoadEvents());

        Assert.True(handler.Inbox && handler.OrderedByEntity);
        Assert.Equal(["GET /stores/*", "POST /a"], handler.Only);
        Assert.Equal("mine", handler.Name);
    }

    [Fact]
    public async Task A_raw_handler_takes_each_event_that_its_attributes_name()
    {
        var handlers = new WebhookProject().File("events/a.cs", """
            [WixEvent("wix.other.v1.thing_created", Inbox = true), WixEvent("AppRemoved", Inbox = true)]
            public class A { public void Handle(WixEvent e) { } }
            """).Verify().Load().LoadEvents();

        Assert.Equal(
            [("events/a.cs:A:wix.other.v1.thing_created", "wix.other.v1.thing_created"), ("events/a.cs:A:AppRemoved", "AppRemoved")],
            handlers.Select(static handler => (handler.Name, handler.EventType)));
        Assert.All(handlers, static handler => Assert.True(handler.Inbox));
        await RunAsync(handlers[0]);
    }

    [Fact]
    public void Several_classes_handle_one_event_in_the_order_of_their_files()
    {
        var handlers = new WebhookProject().File("events/b.cs", "public class B { public void Handle(OrderCreated e) { } }")
            .File("events/a.cs", "public class A { public void Handle(OrderCreated e) { } } "
                + "public class A2 { public void Handle(OrderCanceled e) { } }").Verify().Load().LoadEvents();

        Assert.Equal(["events/a.cs:A", "events/a.cs:A2", "events/b.cs:B"], handlers.Select(static handler => handler.Name));
    }

    [Fact]
    public void A_plugin_file_implements_a_plugin()
    {
        var plugin = Assert.Single(new WebhookProject().File("plugins/shipping-rates.cs", """
            [WixPlugin(Only = ["GET /stores/*"], Address = "rates")]
            public class Rates(IServiceProvider services) : ShippingRatesPlugin
            {
                public override Task<GetShippingRatesResponse> GetShippingRatesAsync(GetShippingRatesRequest request, WixPluginCall call,
                    CancellationToken cancellationToken) => throw new InvalidOperationException(services.ToString());
            }
            """).Verify().Load().LoadPlugins());

        Assert.Equal(("plugins/shipping-rates.cs:Rates", "plugins/shipping-rates.cs", "ECOM_SHIPPING_RATES", "rates"),
            (plugin.Name, plugin.File, plugin.Table.ExtensionType, plugin.Address));
        Assert.Equal(["GET /stores/*"], plugin.Only);
        Assert.Equal("Rates", plugin.Create(new ServiceCollection().BuildServiceProvider()).GetType().Name);
    }

    [Fact]
    public void The_address_of_a_plugin_is_the_name_of_its_file() => Assert.Equal("our-rates", Assert.Single(new WebhookProject()
        .File("plugins/ecom/our-rates.cs", "public class Rates : ShippingRatesPlugin" + WebhookProject.RatesBody)
        .Verify().Load().LoadPlugins()).Address);

    [Theory]
    [InlineData("hooks", "", "hooks/a.cs", true)]
    [InlineData("hooks", "", "events/a.cs", false)]
    [InlineData("events|more/hooks", "", "more/hooks/a.cs", true)]
    [InlineData("../shared/events", "", "/shared/events/a.cs", true)]
    [InlineData("", "", "events/a.cs", false)]
    public void The_project_names_the_folders(string events, string plugins, string path, bool isFound)
    {
        var table = new WebhookProject().Settings($"project={Code.ProjectDirectory}\nevents={events}\nplugins={plugins}\n")
            .File(path, Order).Verify().Load();

        Assert.Equal(isFound ? 1 : 0, table.LoadEvents().Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("project=/project/\nevents=events\n")]
    [InlineData("project=/project/\nplugins=plugins\nevents=events\n")]
    [InlineData("project=/project/\nevents=events\nplugins=plugins\nmore=1\n")]
    public void Settings_that_are_not_right_are_an_error(string settings) =>
        Assert.Equal("EP1204", Assert.Single(new WebhookProject().Settings(settings).Run().Result.Diagnostics).Id);

    [Fact]
    public void Several_settings_are_an_error() => Assert.Equal("EP1204", Assert.Single(new WebhookProject()
        .Settings("project=/project/\nevents=\nplugins=\n").Settings("project=/project/\nevents=events\nplugins=\n").Run()
        .Result.Diagnostics).Id);

    [Fact]
    public void A_project_without_the_library_gets_nothing()
    {
        var project = new WebhookProject().Without([.. Code.RealWix, WebhookProject.Ecom]).File("events/a.cs", "public class A;").Run();

        Assert.Empty(project.Result.GeneratedSources);
        Assert.Empty(project.Result.Diagnostics);
    }

    private static Task RunAsync(WixEventRegistration handler) =>
        handler.Run(new ServiceCollection().BuildServiceProvider(), Event(), CancellationToken.None);

    private static WixEvent Event() =>
        WixEvent.Parse("""{"eventType":"wix.ecom.v1.order_created","instanceId":"i1","data":"{}"}""");
}
