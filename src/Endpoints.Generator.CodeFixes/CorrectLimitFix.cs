using System.Collections.Immutable;
using System.Composition;
using Endpoints.Generator.Guards;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Endpoints.Generator.CodeFixes;

/// <summary>Writes a malformed rate limit as it was plainly meant.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CorrectLimitFix))]
[Shared]
public sealed class CorrectLimitFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [GuardRules.RateLimitMalformed.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (diagnostic.Properties.TryGetValue(ElevateArgumentsAnalyzer.CorrectedProperty, out var limit) && limit is not null
                && root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is LiteralExpressionSyntax written)
            {
                var meant = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(limit)).WithTriviaFrom(written);
                context.RegisterCodeFix(
                    CodeAction.Create(
                        $"Write \"{limit}\"", _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(written, meant))), equivalenceKey: diagnostic.Id),
                    diagnostic);
            }
        }
    }
}
