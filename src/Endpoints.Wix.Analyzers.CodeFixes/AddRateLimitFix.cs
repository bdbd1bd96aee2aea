using System.Collections.Immutable;
using System.Composition;
using Endpoints.Shared.CodeFixes;
using Endpoints.Wix.Analyzers.Guards;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Endpoints.Wix.Analyzers.CodeFixes;

/// <summary>Adds a rate limit to an elevated endpoint that is open to visitors.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddRateLimitFix))]
[Shared]
internal sealed class AddRateLimitFix : DiagnosticFix
{
    private const string Limit = "30/1m";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [GuardRules.VisitorsWithoutLimit.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    private protected override Task RegisterAsync(CodeFixContext context, SyntaxNode root, Diagnostic diagnostic)
    {
        var node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        if (node.FirstAncestorOrSelf<SyntaxNode>(static at => at is AttributeSyntax or InvocationExpressionSyntax) is { } elevate
            && Limited(elevate) is { } limited)
            Offer(context, diagnostic, $"Add a rate limit of {Limit}", () => root.ReplaceNode(elevate, limited));
        return Task.CompletedTask;
    }

    // Null where the limit would have to go into a lambda: that is for people to write.
    private static SyntaxNode? Limited(SyntaxNode elevate)
    {
        var limit = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(Limit));
        switch (elevate)
        {
            case AttributeSyntax { ArgumentList: { } list } attribute:
                if (list.Arguments.FirstOrDefault(
                    static argument => argument.NameEquals?.Name.Identifier.ValueText == "RateLimit") is { } given)
                    return attribute.ReplaceNode(given, given.WithExpression(limit));
                return attribute.WithArgumentList(list.AddArguments(
                    SyntaxFactory.AttributeArgument(
                        SyntaxFactory.NameEquals(SyntaxFactory.IdentifierName("RateLimit").WithTrailingTrivia(SyntaxFactory.Space)), null,
                        limit.WithLeadingTrivia(SyntaxFactory.Space))
                        .WithLeadingTrivia(SyntaxFactory.Space)));

            case InvocationExpressionSyntax call:
                return ElevateLambda.Set(call, "RateLimit", limit.WithLeadingTrivia(SyntaxFactory.Space));

            default:
                return null;
        }
    }
}
