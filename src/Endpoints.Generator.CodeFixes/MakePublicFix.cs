using System.Collections.Immutable;
using System.Composition;
using Endpoints.Generator.Diagnostics;
using Endpoints.Shared.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Endpoints.Generator.CodeFixes;

/// <summary>Makes a handler class or a handler method public.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePublicFix))]
[Shared]
internal sealed class MakePublicFix : DiagnosticFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [Rules.ClassNotPublic.Id, Rules.MethodNotPublic.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    private protected override Task RegisterAsync(CodeFixContext context, SyntaxNode root, Diagnostic diagnostic)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan) is MemberDeclarationSyntax member)
            Offer(context, diagnostic, "Make public", () => root.ReplaceNode(member, MakePublic(member)));
        return Task.CompletedTask;
    }

    private static MemberDeclarationSyntax MakePublic(MemberDeclarationSyntax member)
    {
        // What stands before the first modifier or the type, indentation and comments, goes before the new one.
        var first = member.Modifiers.Count > 0 ? member.Modifiers[0] : After(member.AttributeLists, member);
        var bare = member.ReplaceToken(first, first.WithLeadingTrivia());
        var kept = bare.Modifiers.Where(static modifier => modifier.Kind() is not (
            SyntaxKind.PrivateKeyword or SyntaxKind.ProtectedKeyword or SyntaxKind.InternalKeyword or SyntaxKind.FileKeyword));
        return bare.WithModifiers(SyntaxFactory.TokenList(kept.Prepend(Public.WithLeadingTrivia(first.LeadingTrivia))));
    }

    private static SyntaxToken After(SyntaxList<AttributeListSyntax> attributes, MemberDeclarationSyntax member) =>
        attributes.Count == 0 ? member.GetFirstToken() : attributes.Last().GetLastToken().GetNextToken();

    private static SyntaxToken Public => SyntaxFactory.Token(SyntaxKind.PublicKeyword).WithTrailingTrivia(SyntaxFactory.Space);
}
