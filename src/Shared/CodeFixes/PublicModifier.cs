using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Endpoints.Shared.CodeFixes;

/// <summary>Makes a member public.</summary>
internal static class PublicModifier
{
    /// <summary>Returns the member with <c>public</c> in the place of any other access modifier.</summary>
    public static MemberDeclarationSyntax On(MemberDeclarationSyntax member)
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
