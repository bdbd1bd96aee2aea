using System.Text.RegularExpressions;

namespace Endpoints.Guards.Tests;

/// <summary>
/// The strictest analysis mode has rules that no endpoint file, event file or validator can follow: its class and what its handlers are
/// made of have to be public, and nothing in the code creates it. They are silent there, and nowhere else.
/// </summary>
public sealed partial class StrictAnalysisTests
{
    private static readonly Dictionary<string, string> Silent = new()
    {
        ["pages/hello.cs"] = "public static class Hello { public static string Get(HttpContext context) => context.Request.Path; }",
        ["pages/orders/[id].cs"] = """
            public sealed class Orders
            {
                public Task<IReadOnlyList<Order>> GetAsync(string id) => Task.FromResult<IReadOnlyList<Order>>([new Order(id.Length)]);

                public string Post(Order[] orders) => $"{orders.Length}";
            }
            """,
        ["pages/_folder.cs"] = "[Microsoft.AspNetCore.Authorization.AllowAnonymous] public sealed class Folder;",
        ["Order.cs"] = "public record Order(int Number) : Base { public Line? First { get; init; } }",
        ["Base.cs"] = "public abstract record Base;",
        ["Line.cs"] = "public sealed record Line(Unit Unit);",
        ["Unit.cs"] = "public enum Unit { None, Kilogram }",
        ["LineValidator.cs"] = "internal sealed class LineValidator : FluentValidation.AbstractValidator<Line>;",
        ["events/thing-updated.cs"] = """
            [Endpoints.Wix.WixEvent("wix.things.v1.thing_updated")]
            public sealed class ThingUpdated(Things things)
            {
                public void Handle(Endpoints.Wix.WixEvent received) => things.Add(received.EntityId);
            }
            """,
        ["Things.cs"] = "public sealed class Things { internal void Add(string? id) => Last = id; internal string? Last { get; set; } }",
    };

    private static readonly Dictionary<string, string> Reported = new()
    {
        ["Unused.cs"] = "public sealed class Unused { internal Hidden? Hidden { get; set; } }",
        ["Idle.cs"] = "internal sealed class Idle;",
        ["events/_work.cs"] = "public static class Events { public static string Read(HttpContext context) => context.Request.Path; }",
        ["Hidden.cs"] = "internal sealed class Hidden { public Inside? Inside { get; set; } }",
        ["Inside.cs"] = "public sealed class Inside;",
        ["Reader.cs"] = "public static class Reader { public static string Read(HttpContext context) => context.Request.Path; }",
        ["pages/_work.cs"] = "public static class Work { public static string Read(HttpContext context) => context.Request.Path; }",
        ["pages/old.cs"] = "#nullable disable\n"
            + "public static class Old { public static string Get(HttpContext context) => context.Request.Path; }",
    };

    [Fact]
    public async Task D13_What_endpoint_files_force_on_the_code_is_not_reported()
    {
        using var project = new BuiltProject("strict", $"""
            <PropertyGroup>
              <AnalysisMode>All</AnalysisMode>
              <NoWarn>$(NoWarn);CA1050;EP1310</NoWarn>
            </PropertyGroup>
            <ItemGroup>
              <Reference Include="{typeof(Wix.WixEvent).Assembly.Location}" />
              <Reference Include="{typeof(FluentValidation.IValidator).Assembly.Location}" />
            </ItemGroup>
            """);
        project.Write("Program.cs", """
            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddFileRoutes();
            var app = builder.Build();
            app.MapFileRoutes();
            app.Run();
            """);
        foreach (var (file, text) in Silent.Concat(Reported))
            project.Write(file, text);

        var output = await project.BuildAsync(succeeds: true);

        var reported = Warning().Matches(output).Select(static one => $"{one.Groups[1].Value} {one.Groups[2].Value}").Distinct()
            .Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "Hidden.cs CA1812", "Idle.cs CA1812", "Inside.cs CA1515", "Reader.cs CA1062", "Reader.cs CA1515", "Unused.cs CA1515",
                "events/_work.cs CA1062", "events/_work.cs CA1515", "old.cs CA1062", "pages/_work.cs CA1062", "pages/_work.cs CA1515",
            ],
            reported);
    }

    [GeneratedRegex(@"((?:events/|pages/(?=_))?[\w\[\]]+\.cs)\(\d+,\d+\): warning (CA1515|CA1062|CA1812)")]
    private static partial Regex Warning();
}
