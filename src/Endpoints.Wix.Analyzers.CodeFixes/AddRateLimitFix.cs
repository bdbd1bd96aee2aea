using System.Collections.Immutable;
using System.Composition;
using Endpoints.Generator.Guards;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Endpoints.Generator.CodeFixes;

/// <summary>Limits an elevated endpoint that is open to visitors.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddRateLimitFix))]
[Shared]
public sealed class AddRateLimitFix : CodeFixProvider
{
    private const string Limit = "30/1m";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [GuardRules.VisitorsWithoutLimit.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            var node = root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (node?.FirstAncestorOrSelf<SyntaxNode>(static at => at is AttributeSyntax or InvocationExpressionSyntax) is not { } elevate || Limited(elevate) is not { } limited)
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(
                    $"Add a rate limit of {Limit}",
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(root!.ReplaceNode(elevate, limited))),
                    equivalenceKey: diagnostic.Id),
                diagnostic);
        }
    }

    // Null where the limit would have to go into a lambda: that is for people to write.
    private static SyntaxNode? Limited(SyntaxNode elevate)
    {
        var limit = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(Limit));
        switch (elevate)
        {
            case AttributeSyntax { ArgumentList: { } list } attribute:
                if (list.Arguments.FirstOrDefault(static argument => argument.NameEquals?.Name.Identifier.ValueText == "RateLimit") is { } given)
                    return attribute.ReplaceNode(given, given.WithExpression(limit));
                return attribute.WithArgumentList(list.AddArguments(
                    SyntaxFactory.AttributeArgument(SyntaxFactory.NameEquals(SyntaxFactory.IdentifierName("RateLimit").WithTrailingTrivia(SyntaxFactory.Space)), null, limit.WithLeadingTrivia(SyntaxFactory.Space))
                        .WithLeadingTrivia(SyntaxFactory.Space)));

            case InvocationExpressionSyntax { ArgumentList: { } list } call when list.Arguments.All(static argument => argument.Expression is not (LambdaExpressionSyntax or BaseObjectCreationExpressionSyntax)):
                if (list.Arguments.FirstOrDefault(static argument => argument.NameColon?.Name.Identifier.ValueText == "rateLimit") is { } named)
                    return call.ReplaceNode(named, named.WithExpression(limit));
                return call.WithArgumentList(list.AddArguments(
                    SyntaxFactory.Argument(SyntaxFactory.NameColon("rateLimit"), default, limit.WithLeadingTrivia(SyntaxFactory.Space)).WithLeadingTrivia(SyntaxFactory.Space)));

            default:
                return null;
        }
    }
}
