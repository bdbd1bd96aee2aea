using System.Collections.Immutable;
using System.Composition;
using Endpoints.Generator.Diagnostics;
using Endpoints.Shared.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Simplification;

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
        if (root.FindNode(diagnostic.Location.SourceSpan) is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } nothing)
        {
            var task = SyntaxFactory.ParseTypeName("global::System.Threading.Tasks.Task").WithTriviaFrom(nothing)
                .WithAdditionalAnnotations(Simplifier.Annotation);
            Offer(context, diagnostic, "Return a Task", () => root.ReplaceNode(nothing, task));
        }
        return Task.CompletedTask;
    }
}
