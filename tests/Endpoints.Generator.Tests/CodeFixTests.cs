using Endpoints.Generator.CodeFixes;
using Endpoints.Generator.Tests.Building;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace Endpoints.Generator.Tests;

public class CodeFixTests
{
    [Theory]
    [InlineData("Gte", "Get")]
    [InlineData("Fetch", "Get")]
    [InlineData("PotsAsync", "PostAsync")]
    [InlineData("GetById", "Get")]
    [InlineData("RemoveAsync", "DeleteAsync")]
    public async Task A_near_miss_is_renamed_wherever_it_is_used(string written, string meant) => Assert.Equal(
        $"public static class A {{ public static string {meant}() => nameof({meant}); }}",
        await FixAsync(new RenameHandlerFix(), $"public static class A {{ public static string {written}() => nameof({written}); }}"));

    [Theory]
    [InlineData("static class A { public static string Get() => \"\"; }", "public static class A { public static string Get() => \"\"; }")]
    [InlineData("class A { public string Get() => \"\"; }", "public class A { public string Get() => \"\"; }")]
    [InlineData("// Why\nfile sealed class A { public string Get() => \"\"; }",
        "// Why\npublic sealed class A { public string Get() => \"\"; }")]
    [InlineData("/// <summary>What</summary>\n[Serializable]\n// Why\ninternal sealed record A { public string Get() => \"\"; }",
        "/// <summary>What</summary>\n[Serializable]\n// Why\npublic sealed record A { public string Get() => \"\"; }")]
    [InlineData("public class A\n{\n    [Obsolete]\n    string Get() => \"\";\n}",
        "public class A\n{\n    [Obsolete]\n    public string Get() => \"\";\n}")]
    [InlineData("public class A\n{\n    // Why\n    protected internal virtual string Get() => \"\";\n}",
        "public class A\n{\n    // Why\n    public virtual string Get() => \"\";\n}")]
    public async Task What_is_not_public_is_made_public(string written, string meant) =>
        Assert.Equal(meant, await FixAsync(new MakePublicFix(), written));

    [Fact]
    public async Task An_async_void_handler_returns_a_Task() => Assert.Equal(
        "using System.Threading.Tasks; public static class A { public static async Task Post() => await Task.Yield(); }",
        await FixAsync(new ReturnTaskFix(),
            "using System.Threading.Tasks; public static class A { public static async void Post() => await Task.Yield(); }"));

    /// <summary>Applies the one fix there is for the one mistake there is; what comes out has none.</summary>
    private static async Task<string> FixAsync(CodeFixProvider provider, string source)
    {
        using var workspace = new AdhocWorkspace();
        var built = new TestProject().File("pages/a.cs", source).BuildWithMistakes();
        var template = new TestProject().File("pages/a.cs", source).Compilation();
        var project = workspace.AddProject("Site", LanguageNames.CSharp).WithCompilationOptions(template.Options)
            .WithMetadataReferences(template.References);
        foreach (var tree in template.SyntaxTrees.Where(tree => !tree.FilePath.EndsWith("/a.cs", StringComparison.Ordinal)))
            project = project.AddDocument(tree.FilePath, await tree.GetTextAsync(), filePath: tree.FilePath).Project;
        var document = project.AddDocument("a.cs", SourceText.From(source), filePath: TestProject.Directory + "pages/a.cs");

        var mistake = Assert.Single(built.Mistakes);
        Assert.Contains(mistake.Id, provider.FixableDiagnosticIds);
        var actions = new List<CodeAction>();
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, mistake, (action, _) => actions.Add(action), default));
        var change = (await Assert.Single(actions).GetOperationsAsync(default)).OfType<ApplyChangesOperation>().Single();

        var text = (await (change.ChangedSolution.GetDocument(document.Id)!.GetTextAsync())).ToString()
            .Replace("global::System.Threading.Tasks.", "", StringComparison.Ordinal);
        _ = new TestProject().File("pages/a.cs", text).Build();
        return text;
    }
}
