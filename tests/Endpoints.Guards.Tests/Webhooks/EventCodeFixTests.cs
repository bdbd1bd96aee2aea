using Endpoints.Wix.Analyzers.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Endpoints.Guards.Tests.Webhooks;

public sealed class EventCodeFixTests
{
    [Theory]
    [InlineData(typeof(CorrectEventNameFix),
        "[WixEvent(\"wix.ecom.v1.order_create\")] public class A { public void Handle(WixEvent e) { } }",
        "[WixEvent(\"wix.ecom.v1.order_created\")] public class A { public void Handle(WixEvent e) { } }")]
    [InlineData(typeof(CorrectHandlerFix), "internal sealed class A { public void Handle(OrderCreated e) { } }",
        "public sealed class A { public void Handle(OrderCreated e) { } }")]
    [InlineData(typeof(CorrectHandlerFix), "// note\nclass A { public void Handle(OrderCreated e) { } }",
        "// note\npublic class A { public void Handle(OrderCreated e) { } }")]
    [InlineData(typeof(CorrectHandlerFix), "public class A { private void Handle(OrderCreated e) { } }",
        "public class A { public void Handle(OrderCreated e) { } }")]
    [InlineData(typeof(CorrectHandlerFix), "public class A { public async void Handle(OrderCreated e) => await Task.Yield(); }",
        "public class A { public async Task Handle(OrderCreated e) => await Task.Yield(); }")]
    public async Task What_was_meant_is_written(Type fix, string written, string meant)
    {
        var (titles, text) = await FixAsync(fix, written);

        Assert.Single(titles);
        Assert.Equal(meant, text);
        new WebhookProject().File("events/a.cs", text).Verify();
    }

    [Theory]
    [InlineData(typeof(CorrectEventNameFix), "[WixEvent(N.Name)] public class A { public void Handle(WixEvent e) { } } "
        + "static class N { public const string Name = \"wix.ecom.v1.order_create\"; }")]
    [InlineData(typeof(CorrectHandlerFix), "public class A<T> { public void Handle(OrderCreated e) { } }")]
    [InlineData(typeof(CorrectHandlerFix), "public class A { public int Handle(OrderCreated e) => 1; }")]
    public async Task Where_the_mend_is_not_plain_none_is_offered(Type fix, string written) =>
        Assert.Empty((await FixAsync(fix, written)).Titles);

    private static async Task<(IReadOnlyList<string> Titles, string Text)> FixAsync(Type fix, string written)
    {
        var provider = (CodeFixProvider)Activator.CreateInstance(fix)!;
        var project = new WebhookProject().File("events/a.cs", written).Run();
        var mistake = Assert.Single(project.Result.Diagnostics, one => provider.FixableDiagnosticIds.Contains(one.Id));

        using var workspace = new AdhocWorkspace();
        var compiled = workspace.AddProject("Shop", LanguageNames.CSharp).WithCompilationOptions(project.Output.Options)
            .WithParseOptions(project.Output.SyntaxTrees.First().Options).WithMetadataReferences(project.Output.References);
        foreach (var tree in project.Output.SyntaxTrees.Where(static tree => !tree.FilePath.EndsWith("a.cs", StringComparison.Ordinal)))
            compiled = compiled.AddDocument(tree.FilePath, await tree.GetTextAsync(), filePath: tree.FilePath).Project;
        var document = compiled.AddDocument("a.cs", written, filePath: Code.ProjectDirectory + "events/a.cs");

        var actions = new List<CodeAction>();
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, mistake, (action, _) => actions.Add(action), default));
        if (actions.Count == 0)
            return ([], written);
        var change = (await actions[0].GetOperationsAsync(default)).OfType<ApplyChangesOperation>().Single();
        var changed = change.ChangedSolution.GetDocument(document.Id)!;
        changed = await Microsoft.CodeAnalysis.Simplification.Simplifier.ReduceAsync(changed);
        return ([.. actions.Select(static action => action.Title)], (await changed.GetTextAsync()).ToString());
    }
}
