using Endpoints.Generator.CodeFixes;
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
        "// Why\n\n/// <summary>What</summary>\n[Elevate(Callers.Member)]\n[Obsolete]\npublic sealed class A(WixAuth auth)\n{\n    public object Get() => auth;\n}")]
    [InlineData(
        "public static class A\r\n{\r\n    [Elevate(Callers.App)]\r\n    public static void Get() { }\r\n\r\n    // Why\r\n    public static void Post(WixAuth auth) { }\r\n}",
        "public static class A\r\n{\r\n    [Elevate(Callers.App)]\r\n    public static void Get() { }\r\n\r\n    // Why\r\n    [Elevate(Callers.Member)]\r\n    public static void Post(WixAuth auth) { }\r\n}")]
    [InlineData(
        "public sealed class OrdersController : ControllerBase\n{\n    public void Get([FromServices] WixAuth auth) { }\n}",
        "public sealed class OrdersController : ControllerBase\n{\n    [Elevate(Callers.Member)]\n    public void Get([FromServices] WixAuth auth) { }\n}")]
    [InlineData(
        "public static class Routes { public static void Map(WebApplication app) { app.MapGet(\"/a\", (WixAuth auth) => 1).WithName(\"a\"); } }",
        "public static class Routes { public static void Map(WebApplication app) { app.MapGet(\"/a\", (WixAuth auth) => 1).WithName(\"a\").Elevate(Callers.Member); } }")]
    [InlineData(
        "public static class Routes { static object Get(WixAuth auth) => 1; public static void Map(WebApplication app) { app.MapGet(\"/a\", Get); } }",
        "public static class Routes { static object Get(WixAuth auth) => 1; public static void Map(WebApplication app) { app.MapGet(\"/a\", Get).Elevate(Callers.Member); } }")]
    public async Task An_endpoint_that_asks_for_elevation_is_guarded(string written, string meant)
    {
        var (titles, text) = await FixAsync(new AddElevateFix(), written, 0);
        Assert.Equal(meant, text);
        Assert.All(titles, static title => Assert.DoesNotContain("Visitor", title, StringComparison.Ordinal));
        Assert.Equal(2, titles.Count);

        Assert.Equal(meant.Replace("Callers.Member", "Callers.User", StringComparison.Ordinal), (await FixAsync(new AddElevateFix(), written, 1)).Text);
    }

    [Theory]
    [InlineData("[Elevate(Callers.Visitor)] public static class A;", "[Elevate(Callers.Visitor, RateLimit = \"30/1m\")] public static class A;")]
    [InlineData("[Obsolete, Elevate(Callers.Visitor, Policy = \"p\")] public static class A;", "[Obsolete, Elevate(Callers.Visitor, Policy = \"p\", RateLimit = \"30/1m\")] public static class A;")]
    [InlineData("[Elevate(Callers.Visitor, RateLimit = null)] public static class A;", "[Elevate(Callers.Visitor, RateLimit = \"30/1m\")] public static class A;")]
    [InlineData(
        "public static class R { public static void M(IEndpointRouteBuilder e) => e.MapGet(\"/\", () => 1).Elevate(Callers.Visitor).WithName(\"a\"); }",
        "public static class R { public static void M(IEndpointRouteBuilder e) => e.MapGet(\"/\", () => 1).Elevate(Callers.Visitor, rateLimit: \"30/1m\").WithName(\"a\"); }")]
    public async Task Elevation_open_to_visitors_is_limited(string written, string meant) => Assert.Equal(meant, (await FixAsync(new AddRateLimitFix(), written)).Text);

    [Theory]
    [InlineData("30/m", "30/1m")]
    [InlineData("30 per minute", "30/1m")]
    public async Task A_limit_is_written_as_it_was_meant(string written, string meant) =>
        Assert.Equal($"[Elevate(Callers.User, RateLimit = \"{meant}\")] public static class A;", (await FixAsync(new CorrectLimitFix(), $"[Elevate(Callers.User, RateLimit = \"{written}\")] public static class A;")).Text);

    [Theory]
    [InlineData("Get", "Post")]
    [InlineData("GetAsync", "PostAsync")]
    [InlineData("HEAD", "Post")]
    public async Task A_page_that_changes_something_handles_Post(string written, string meant)
    {
        static string Page(string name) => $"[Elevate(Callers.User)] public static class A {{ public static Task {name}(SiteProperties site) => site.UpdateSitePropertiesAsync(nameof({name})); }}";
        Assert.Equal(Page(meant), (await FixAsync(new HandleAsPostFix(), Page(written))).Text);
    }

    [Theory]
    [InlineData(typeof(HandleAsPostFix), "[Elevate(Callers.User)] public static class A { public static Task Get(SiteProperties site) => site.UpdateSitePropertiesAsync(\"\"); public static void Post() { } }")]
    [InlineData(typeof(CorrectLimitFix), "[Elevate(Callers.User, RateLimit = \"often\")] public static class A;")]
    [InlineData(typeof(CorrectLimitFix), "[Elevate(Callers.User, RateLimit = L.Limit)] public static class A; public static class L { public const string Limit = \"30/m\"; }")]
    [InlineData(typeof(AddRateLimitFix), "public static class R { public static void M(IEndpointRouteBuilder e) => e.MapGet(\"/\", () => 1).Elevate(Callers.Visitor, o => o.Policy = \"p\"); }")]
    public async Task Where_the_mend_is_not_plain_none_is_offered(Type fix, string written) =>
        Assert.Empty((await FixAsync((CodeFixProvider)Activator.CreateInstance(fix)!, written)).Titles);

    /// <summary>Applies one of the fixes for the one mistake there is; what comes out has none that it can mend.</summary>
    private static async Task<(IReadOnlyList<string> Titles, string Text)> FixAsync(CodeFixProvider provider, string source, int choice = 0)
    {
        var code = new Code("pages/a.cs", source);
        var mistake = Assert.Single(await code.AnalyzeAsync(), diagnostic => provider.FixableDiagnosticIds.Contains(diagnostic.Id));

        using var workspace = new AdhocWorkspace();
        var template = code.Compile();
        var project = workspace.AddProject("Shop", LanguageNames.CSharp).WithCompilationOptions(template.Options).WithParseOptions(template.SyntaxTrees[0].Options).WithMetadataReferences(template.References);
        project = project.AddDocument("GlobalUsings.cs", await template.SyntaxTrees[0].GetTextAsync()).Project;
        var document = project.AddDocument("a.cs", SourceText.From(source), filePath: Code.ProjectDirectory + "pages/a.cs");

        var actions = new List<CodeAction>();
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, mistake, (action, _) => actions.Add(action), default));
        if (actions.Count == 0)
            return ([], source);
        var change = (await actions[choice].GetOperationsAsync(default)).OfType<ApplyChangesOperation>().Single();
        var text = (await change.ChangedSolution.GetDocument(document.Id)!.GetTextAsync()).ToString();

        Assert.DoesNotContain(await new Code("pages/a.cs", text).AnalyzeAsync(), diagnostic => provider.FixableDiagnosticIds.Contains(diagnostic.Id));
        return ([.. actions.Select(static action => action.Title)], text);
    }
}
