using System.Collections.Immutable;
using System.Composition;
using Endpoints.Shared.CodeFixes;
using Endpoints.Wix.Analyzers.Guards;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace Endpoints.Wix.Analyzers.CodeFixes;

/// <summary>Guards an endpoint that requests elevation: for members of the site, or for the Wix users who run it.</summary>
/// <remarks>The fix never offers visitors, because opening elevation to everyone must be a deliberate edit.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddElevateFix))]
[Shared]
internal sealed class AddElevateFix : DiagnosticFix
{
    private static readonly string[] Kinds = ["Member", "User"];

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [GuardRules.ElevationWithoutGuard.Id];

    /// <summary>Returns <see langword="null"/>, because the callers have to be decided for each endpoint.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    private protected override Task RegisterAsync(CodeFixContext context, SyntaxNode root, Diagnostic diagnostic)
    {
        diagnostic.Properties.TryGetValue(ElevationWithoutGuardAnalyzer.PlaceProperty, out var place);
        var node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        SyntaxNode? target = place switch
        {
            "route" => node.Ancestors().OfType<InvocationExpressionSyntax>().FirstOrDefault(IsMap) is { } map ? EndOfChain(map) : null,
            "method" => node.FirstAncestorOrSelf<MethodDeclarationSyntax>(),
            _ => node.FirstAncestorOrSelf<TypeDeclarationSyntax>(),
        };
        foreach (var kind in target is null ? [] : Kinds)
        {
            var title = place == "route" ? $"Add .Elevate(Callers.{kind})" : $"Add [Elevate(Callers.{kind})]";
            Offer(context, diagnostic, title, () => root.ReplaceNode(target!, Guarded(target!, kind)), key: title);
        }
        return Task.CompletedTask;
    }

    private static SyntaxNode Guarded(SyntaxNode target, string kind)
    {
        var callers = SyntaxFactory.ParseExpression($"global::Endpoints.Wix.Callers.{kind}")
            .WithAdditionalAnnotations(Simplifier.Annotation);
        if (target is ExpressionSyntax route)
        {
            return SyntaxFactory.InvocationExpression(
                SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, route.WithoutTrailingTrivia(),
                    SyntaxFactory.IdentifierName("Elevate")),
                SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(callers))))
                .WithTrailingTrivia(route.GetTrailingTrivia());
        }

        var attribute = SyntaxFactory.Attribute(
            SyntaxFactory.ParseName("global::Endpoints.Wix.Elevate").WithAdditionalAnnotations(Simplifier.Annotation),
            SyntaxFactory.AttributeArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.AttributeArgument(callers))));
        var member = (MemberDeclarationSyntax)target;
        // Below the documentation, above what stands there already.
        var list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute))
            .WithLeadingTrivia(member.GetLeadingTrivia())
            .WithTrailingTrivia(EndOfLine(member))
            .WithAdditionalAnnotations(Formatter.Annotation);
        var indentation = member.GetLeadingTrivia().Reverse().TakeWhile(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia));
        var bare = member.WithLeadingTrivia(indentation);
        return bare.WithAttributeLists(bare.AttributeLists.Insert(0, list));
    }

    private static SyntaxTrivia EndOfLine(SyntaxNode node) =>
        node.SyntaxTree.GetRoot().DescendantTrivia()
            .FirstOrDefault(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) is { RawKind: not 0 } used
            ? SyntaxFactory.EndOfLine(used.ToString())
            : SyntaxFactory.LineFeed;

    // After filters, so that they run outside of the grant.
    private static InvocationExpressionSyntax EndOfChain(InvocationExpressionSyntax call)
    {
        while (call.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax next } member && member.Expression == call)
            call = next;
        return call;
    }

    private static bool IsMap(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name }
            && name.StartsWith("Map", StringComparison.Ordinal);
}
