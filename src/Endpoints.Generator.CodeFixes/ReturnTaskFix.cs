using System.Collections.Immutable;
using System.Composition;
using Endpoints.Generator.Diagnostics;
using Endpoints.Shared.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Endpoints.Generator.CodeFixes;

/// <summary>Changes the return type of an <c>async void</c> handler to <see cref="Task"/>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReturnTaskFix))]
[Shared]
internal sealed class ReturnTaskFix : DiagnosticFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [Rules.MethodCannotHandle.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    private protected override Task RegisterAsync(CodeFixContext context, SyntaxNode root, Diagnostic diagnostic)
    {
        if (ReturnedTask.VoidAt(root, diagnostic) is { } nothing)
            Offer(context, diagnostic, ReturnedTask.Title, () => ReturnedTask.InsteadOf(nothing, root));
        return Task.CompletedTask;
    }
}
