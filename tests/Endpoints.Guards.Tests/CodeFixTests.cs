using Endpoints.Wix.Analyzers.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace Endpoints.Guards.Tests;

public sealed class CodeFixTests
{
    [Theory]
    [InlineData(
        "public static class A { public static void Get(WixAuth auth) { } }",
        "[Elevate(Callers.Member)]\npublic static class A { public static void Get(WixAuth auth) { } }")]
    [InlineData(
        "// Why\n\n/// <summary>What</summary>\n[Obsolete]\npublic sealed class A(WixAuth auth)\n{\n    public object Get() => auth;\n}",
        "// Why\n\n/// <summary>What</summary>\n[Elevate(Callers.Member)]\n[Obsolete]\npublic sealed class A(WixAuth auth)\n{\n    "
        + "public object Get() => auth;\n}")]
    [InlineData(
        "public static class A\r\n{\r\n    [Elevate(Callers.App)]\r\n    public static void Get() { }\r\n\r\n    // Why\r\n    public "
        + "static void Post(WixAuth auth) { }\r\n}",
        "public static class A\r\n{\r\n    [Elevate(Callers.App)]\r\n    public static void Get() { }\r\n\r\n    // Why\r\n    "
        + "[Elevate(Callers.Member)]\r\n    public static void Post(WixAuth auth) { }\r\n}")]
    [InlineData(
        "public sealed class OrdersController : ControllerBase\n{\n    public void Get([FromServices] WixAuth auth) { }\n}",
        "public sealed class OrdersController : ControllerBase\n{\n    [Elevate(Callers.Member)]\n    public void Get([FromServices] "
        + "WixAuth auth) { }\n}")]
    [InlineData(
        "public static class Routes { public static void Map(WebApplication app) { app.MapGet(\"/a\", (WixAuth auth) => "
        + "1).WithName(\"a\"); } }",
        "public static class Routes { public static void Map(WebApplication app) { app.MapGet(\"/a\", (WixAuth auth) => "
        + "1).WithName(\"a\").Elevate(Callers.Member); } }")]
    [InlineData(
        "public static class Routes { static object Get(WixAuth auth) => 1; public static void Map(WebApplication app) { "
        + "app.MapGet(\"/a\", Get); } }",
        "public static class Routes { static object Get(WixAuth auth) => 1; public static void Map(WebApplication app) { "
        + "app.MapGet(\"/a\", Get).Elevate(Callers.Member); } }")]
    public async Task An_endpoint_that_asks_for_elevation_is_guarded(string written, string meant)
    {
        var (titles, text) = await FixAsync(new AddElevateFix(), written, 0);
        Assert.Equal(meant, text);
        Assert.All(titles, static title => Assert.DoesNotContain("Visitor", title, StringComparison.Ordinal));
        Assert.Equal(2, titles.Count);

        Assert.Equal(meant.Replace("Callers.Member", "Callers.User", StringComparison.Ordinal),
            (await FixAsync(new AddElevateFix(), written, 1)).Text);
    }

    [Theory]
    [InlineData("[Elevate(Callers.Visitor)] public static class A;",
        "[Elevate(Callers.Visitor, RateLimit = \"30/1m\")] public static class A;")]
    [InlineData("[Obsolete, Elevate(Callers.Visitor, Policy = \"p\")] public static class A;",
        "[Obsolete, Elevate(Callers.Visitor, Policy = \"p\", RateLimit = \"30/1m\")] public static class A;")]
    [InlineData("[Elevate(Callers.Visitor, RateLimit = null)] public static class A;",
        "[Elevate(Callers.Visitor, RateLimit = \"30/1m\")] public static class A;")]
    [InlineData(
        "public static class R { public static void M(IEndpointRouteBuilder e) => e.MapGet(\"/\", () => "
        + "1).Elevate(Callers.Visitor).WithName(\"a\"); }",
        "public static class R { public static void M(IEndpointRouteBuilder e) => e.MapGet(\"/\", () => 1).Elevate(Callers.Visitor, "
        + "options => options.RateLimit = \"30/1m\").WithName(\"a\"); }")]
    public async Task Elevation_open_to_visitors_is_limited(string written, string meant) =>
        Assert.Equal(meant, (await FixAsync(new AddRateLimitFix(), written)).Text);

    [Theory]
    [InlineData("30/m", "30/1m")]
    [InlineData("30 per minute", "30/1m")]
    public async Task A_limit_is_written_as_it_was_meant(string written, string meant) =>
        Assert.Equal($"[Elevate(Callers.User, RateLimit = \"{meant}\")] public static class A;",
            (await FixAsync(new CorrectLimitFix(), $"[Elevate(Callers.User, RateLimit = \"{written}\")] public static class A;")).Text);

    [Theory]
    [InlineData("Get", "Post")]
    [InlineData("GetAsync", "PostAsync")]
    [InlineData("HEAD", "Post")]
    public async Task A_page_that_changes_something_handles_Post(string written, string meant)
    {
        static string Page(string name) =>
            $"[Elevate(Callers.User)] public static class A {{ public static Task {name}(SiteProperties site) => "
            + $"site.UpdateSitePropertiesAsync(nameof({name})); }}";
        Assert.Equal(Page(meant), (await FixAsync(new HandleAsPostFix(), Page(written))).Text);
    }

    [Theory]
    [InlineData(typeof(HandleAsPostFix),
        "[Elevate(Callers.User)] public static class A { public static Task Get(SiteProperties site) => "
        + "site.UpdateSitePropertiesAsync(\"\"); public static void Post() { } }")]
    [InlineData(typeof(CorrectLimitFix), "[Elevate(Callers.User, RateLimit = \"often\")] public static class A;")]
    [InlineData(typeof(CorrectLimitFix),
        "[Elevate(Callers.User, RateLimit = L.Limit)] public static class A; public static class L { public const string Limit = "
        + "\"30/m\"; }")]
    [InlineData(typeof(AddCheckFix),
        "public static class R { public static void M(WebApplication app) => app.MapPost(\"/{id}\", (string id) => 1).Elevate(new "
        + "ElevateAttribute(Callers.Member)); }")]
    [InlineData(typeof(AddRateLimitFix),
        "public static class R { public static void M(IEndpointRouteBuilder e) => e.MapGet(\"/\", () => 1).Elevate(Callers.Visitor, o => "
        + "o.Policy = \"p\"); }")]
    public async Task Where_the_mend_is_not_plain_none_is_offered(Type fix, string written) =>
        Assert.Empty((await FixAsync((CodeFixProvider)Activator.CreateInstance(fix)!, written)).Titles);

    [Theory]
    [InlineData(
        "pages/orders/[id].cs",
        "[Elevate(Callers.Member)]\npublic static class Order\n{\n    public static void Post(string id) { }\n}\n",
        "[Elevate(Callers.Member, Check = typeof(OwnsOrder))]\npublic static class Order\n{\n    public static void Post(string id) { "
        + "}\n}\n",
        "OwnsOrder", "id")]
    [InlineData(
        "pages/carts/[cartId].cs",
        "namespace Shop;\r\n\r\npublic static class Cart\r\n{\r\n    [Elevate(Callers.Visitor, RateLimit = \"1/1s\")] public static void "
        + "Put(string cartId) { }\r\n}\r\n",
        "namespace Shop;\r\n\r\npublic static class Cart\r\n{\r\n    [Elevate(Callers.Visitor, RateLimit = \"1/1s\", Check = "
        + "typeof(OwnsCart))] public static void Put(string cartId) { }\r\n}\r\n",
        "OwnsCart", "cartId")]
    [InlineData(
        "Routes.cs",
        "public static class Routes { public static void Map(WebApplication app) { app.MapPost(\"/blog-posts/{id:int}\", (int id) => "
        + "id).Elevate(Callers.Member).WithName(\"a\"); } }\n",
        "public static class Routes { public static void Map(WebApplication app) { app.MapPost(\"/blog-posts/{id:int}\", (int id) => "
        + "id).Elevate(Callers.Member, options => options.Check = typeof(OwnsBlogPost)).WithName(\"a\"); } }\n",
        "OwnsBlogPost", "id")]
    [InlineData(
        "Orders.cs",
        "[Elevate(Callers.Member, Check = null)]\npublic sealed class OrdersController : ControllerBase\n{\n    [HttpPost(\"/{id}\")] "
        + "public void Post(string id) { }\n}\npublic class OwnsOrders;\n",
        "[Elevate(Callers.Member, Check = typeof(OwnsOrders2))]\npublic sealed class OrdersController : ControllerBase\n{\n    "
        + "[HttpPost(\"/{id}\")] public void Post(string id) { }\n}\npublic class OwnsOrders;\n",
        "OwnsOrders2", "id")]
    public async Task A_check_is_named_and_its_class_added_and_lets_nobody_through(string file, string written, string meant, string check,
        string resource)
    {
        var end = written.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        string[] lines =
        [
            meant,
            $"// Add it to the services as well: builder.Services.AddScoped<{check}>().",
            $"internal sealed class {check} : IElevationCheck",
            "{",
            $"    // TODO: whether context.Argument<...>(\"{resource}\") is context.Caller's own. Until this is written, nobody gets "
            + "through.",
            "    public ValueTask<bool> IsAllowedAsync(ElevationCheckContext context, CancellationToken cancellationToken) => new(false);",
            "}",
            "",
        ];

        Assert.Equal(string.Join(end, lines), (await FixAsync(new AddCheckFix(), written, file: file)).Text);
    }

    [Fact]
    public async Task A_check_goes_into_the_namespace_of_its_endpoint() =>
        Assert.Equal(
            """
            namespace Shop
            {
                [Elevate(Callers.Member, Check = typeof(OwnsOrder))]
                public static class Order { public static void Post(string id) { } }

                // Add it to the services as well: builder.Services.AddScoped<OwnsOrder>().
                internal sealed class OwnsOrder : IElevationCheck
                {
                    // TODO: whether context.Argument<...>("id") is context.Caller's own. Until this is written, nobody gets through.
                    public ValueTask<bool> IsAllowedAsync(ElevationCheckContext context, CancellationToken cancellationToken) => new(false);
                }
            }
            namespace Other { }

            """,
            (await FixAsync(
                new AddCheckFix(),
                """
                namespace Shop
                {
                    [Elevate(Callers.Member)]
                    public static class Order { public static void Post(string id) { } }
                }
                namespace Other { }

                """,
                file: "pages/[id].cs")).Text);

    [Fact]
    public async Task A_validator_is_added_with_a_rule_for_each_member() =>
        Assert.Equal(
            """
            // Orders come in here.
            using FluentValidation;

            [Elevate(Callers.User)]
            public static class A
            {
                public enum Kind { One }
                public sealed record Line(string Name);
                public sealed record Order(string Name, string? Note, int Count, Kind Kind, Guid Id, bool Gift, Line First, List<Line>? Lines, decimal? @class);
                public static void Post(List<Order> orders) { }
            }

            internal sealed class OrderValidator : AbstractValidator<A.Order>
            {
                // TODO: rules of what is allowed.
                public OrderValidator()
                {
                    RuleFor(value => value.Name).NotEmpty().MaximumLength(200);
                    RuleFor(value => value.Note).MaximumLength(200);
                    RuleFor(value => value.Count).GreaterThanOrEqualTo(0);
                    RuleFor(value => value.Kind).IsInEnum();
                    RuleFor(value => value.Id).NotEmpty();
                    RuleFor(value => value.First).NotNull();
                    RuleFor(value => value.@class).GreaterThanOrEqualTo(0);
                }
            }

            """,
            (await FixAsync(
                new AddValidatorFix(),
                """
                // Orders come in here.
                [Elevate(Callers.User)]
                public static class A
                {
                    public enum Kind { One }
                    public sealed record Line(string Name);
                    public sealed record Order(string Name, string? Note, int Count, Kind Kind, Guid Id, bool Gift, Line First, List<Line>? Lines, decimal? @class);
                    public static void Post(List<Order> orders) { }
                }

                """)).Text);

    [Theory]
    [InlineData(
        "using System;\nusing System.IO;\n\nnamespace Shop;\n\n[Elevate(Callers.User)]\npublic static class A { public static void "
        + "Post(Order order) { } }\npublic sealed class Order { public byte Size { get; set; } }\npublic class OrderValidator;\n",
        "using FluentValidation;\nusing System;\nusing System.IO;\n\nnamespace Shop;\n\n[Elevate(Callers.User)]\npublic static class A { "
        + "public static void Post(Order order) { } }\npublic sealed class Order { public byte Size { get; set; } }\npublic class "
            + "OrderValidator;\n",
        "OrderValidator2", "Order", "RuleFor(value => value).NotNull()")]
    [InlineData(
        "using FluentValidation;\n[Elevate(Callers.User)]\npublic static class A { public static void Post(Dictionary<string, string> "
        + "values) { } }\n",
        "using FluentValidation;\n[Elevate(Callers.User)]\npublic static class A { public static void Post(Dictionary<string, string> "
        + "values) { } }\n",
        "DictionaryValidator", "Dictionary<string, string>", "RuleFor(value => value).NotEmpty()")]
    public async Task A_validator_comes_with_what_it_needs(string written, string meant, string name, string type, string rule) =>
        Assert.Equal(
            $"{meant}\ninternal sealed class {name} : AbstractValidator<{type}>\n{{\n    // TODO: rules of what is allowed.\n    public "
            + $"{name}()\n    {{\n        {rule};\n    }}\n}}\n",
            (await FixAsync(new AddValidatorFix(), written)).Text);

    /// <summary>Applies one of the fixes for the one mistake there is; what comes out has none that it can mend.</summary>
    private static async Task<(IReadOnlyList<string> Titles, string Text)> FixAsync(CodeFixProvider provider, string source, int choice = 0,
        string file = "pages/a.cs")
    {
        // Where validation is there, a missing validator is a mistake of its own.
        var references = provider is AddValidatorFix ? [WixStub.Reference, Code.FluentValidation] : new[] { WixStub.Reference };
        var code = new Code(file, source) { References = references };
        var mistake = Assert.Single(await code.AnalyzeAsync(), diagnostic => provider.FixableDiagnosticIds.Contains(diagnostic.Id));

        using var workspace = new AdhocWorkspace();
        var template = code.Compile();
        var project = workspace.AddProject("Shop", LanguageNames.CSharp).WithCompilationOptions(template.Options)
            .WithParseOptions(template.SyntaxTrees[0].Options).WithMetadataReferences(template.References);
        project = project.AddDocument("GlobalUsings.cs", await template.SyntaxTrees[0].GetTextAsync()).Project;
        var document = project.AddDocument("a.cs", SourceText.From(source), filePath: Code.ProjectDirectory + file);

        var actions = new List<CodeAction>();
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, mistake, (action, _) => actions.Add(action), default));
        if (actions.Count == 0)
            return ([], source);
        var change = (await actions[choice].GetOperationsAsync(default)).OfType<ApplyChangesOperation>().Single();
        var text = (await change.ChangedSolution.GetDocument(document.Id)!.GetTextAsync()).ToString();

        Assert.DoesNotContain(await new Code(file, text) { References = references }.AnalyzeAsync(),
            diagnostic => provider.FixableDiagnosticIds.Contains(diagnostic.Id));
        return ([.. actions.Select(static action => action.Title)], text);
    }
}
