using Endpoints.Wix.Analyzers.Webhooks;

namespace Endpoints.Guards.Tests.Webhooks;

/// <summary>Tests what runs again after an edit.</summary>
public sealed class EventIncrementalityTests
{
    private const string Handler = "public class A { public void Handle(OrderCreated e) { _ = 1; } }";

    [Theory]
    [InlineData("Other.cs", "namespace Elsewhere { internal sealed class Unrelated { public void Handle() { } } }")]
    [InlineData("pages/other.cs", "public static class Page { public static string Get() => \"\"; }")]
    [InlineData("events/_shared.cs", "public class Shared { public void Handle(OrderCreated e) { } }")]
    public void An_unrelated_edit_runs_nothing(string path, string source)
    {
        var project = Site().File(path, source.Replace("\"\"", "\"a\"", StringComparison.Ordinal)).Run().File(path, source).Run();

        project.AssertNothingRan();
    }

    [Fact]
    public void A_new_unrelated_file_runs_nothing()
    {
        var project = Site().Run().File("Other.cs", "public class Other { public void M() { } }").Run();

        foreach (var step in WebhookProject.StepNames)
            Assert.True(project.Changed(step) == 0, step);
        Assert.Equal(0, project.Written);
    }

    [Theory]
    [InlineData("public class A { public void Handle(OrderCreated e) { _ = 2; } }")]
    [InlineData("// a comment\n\n" + Handler)]
    [InlineData(Handler + " public sealed record Helper(string Name);")]
    public void Typing_inside_a_handler_writes_nothing(string source)
    {
        var project = Site().Run().File("events/a.cs", source).Run();

        foreach (var step in (string[])
            [WebhookSteps.Handlers, WebhookSteps.Plugins, WebhookSteps.Table, WebhookSteps.Rows, WebhookSteps.Mapped])
            Assert.True(project.Changed(step) == 0, step);
        Assert.Equal(0, project.Written);
    }

    [Fact]
    public void A_changed_handler_writes_its_source_and_no_other()
    {
        var project = Many().Run()
            .File("events/a.cs", "public class A { public Task Handle(OrderCreated e) => Task.CompletedTask; }").Run();

        Assert.Equal(1, project.Changed(WebhookSteps.Handlers));
        Assert.Equal(0, project.Changed(WebhookSteps.Rows));
        Assert.Equal(1, project.Written);
    }

    [Fact]
    public void A_type_that_becomes_an_event_elsewhere_is_seen()
    {
        var project = Site().File("events/own.cs", "public class Own { public void Handle(Mine e) { } }")
            .File("Mine.cs", "public class Mine;").Run();
        Assert.Equal("EP1306", Assert.Single(project.Result.Diagnostics).Id);

        project.File("Mine.cs", """
            public class Mine(WixEvent raw) : WixEvent(raw), IWixEvent<Mine>
            {
                public static new string EventType => "mine.v1.thing_made";
                public static Mine Create(WixEvent raw) => new(raw);
            }
            """).Verify();

        Assert.Equal(["wix.ecom.v1.order_created", "mine.v1.thing_made"],
            project.Load().LoadEvents().Select(static handler => handler.EventType));
    }

    [Fact]
    public void What_the_steps_hand_on_holds_no_syntax_and_no_symbol()
    {
        var project = Site().Run();

        foreach (var step in (string[])[WebhookSteps.Handlers, WebhookSteps.Plugins, WebhookSteps.Table, WebhookSteps.Rows])
        {
            Assert.NotEmpty(project.Runs(step));
            Assert.All(project.Runs(step).SelectMany(static run => run.Outputs),
                static output => Assert.DoesNotContain("Microsoft.CodeAnalysis.", output.Value.ToString(), StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_methods_of_a_handler_keep_their_names_when_another_comes_before_it()
    {
        var before = Site().Run().Source;
        var name = before[before.IndexOf("Run_", StringComparison.Ordinal)..];
        name = name[..name.IndexOf('(', StringComparison.Ordinal)].Split(',')[0];

        Assert.Contains(name, Site().File("events/0.cs", "public class Zero { public void Handle(OrderCreated e) { } }").Run().Source,
            StringComparison.Ordinal);
    }

    private static WebhookProject Site() => new WebhookProject().File("events/a.cs", Handler).File("plugins/p.cs",
        "public class P : ShippingRatesPlugin" + WebhookProject.RatesBody);

    private static WebhookProject Many() => Enumerable.Range(0, 100).Aggregate(Site(), static (site, i) =>
        site.File($"events/many/e{i}.cs", $"public class Many{i} {{ public void Handle(OrderCanceled e, ElevatedWixClient wix) {{ }} }}"));
}
