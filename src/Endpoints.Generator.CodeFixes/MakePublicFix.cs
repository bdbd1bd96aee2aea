using System.Collections.Immutable;
using System.Composition;
using Endpoints.Generator.Diagnostics;
using Endpoints.Shared.CodeFixes;
using Microsoft.CodeAnalysis;
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
            Offer(context, diagnostic, "Make public", () => root.ReplaceNode(member, PublicModifier.On(member)));
        return Task.CompletedTask;
    }
}
