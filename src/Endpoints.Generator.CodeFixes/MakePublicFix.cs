using System.Collections.Immutable;
using System.Composition;
using Endpoints.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Endpoints.Generator.CodeFixes;

/// <summary>Makes a handler class or a handler method public.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePublicFix))]
[Shared]
public sealed class MakePublicFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [Rules.ClassNotPublic.Id, Rules.MethodNotPublic.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan) is MemberDeclarationSyntax member)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        "Make public",
                        _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(member, MakePublic(member)))),
                        equivalenceKey: diagnostic.Id),
                    diagnostic);
            }
        }
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
