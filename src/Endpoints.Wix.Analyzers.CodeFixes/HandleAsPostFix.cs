using System.Collections.Immutable;
using System.Composition;
using Endpoints.Shared.CodeFixes;
using Endpoints.Wix.Analyzers.Guards;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Endpoints.Wix.Analyzers.CodeFixes;

/// <summary>Renames a page's <c>Get</c> method that changes something to <c>Post</c>, wherever it is used.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(HandleAsPostFix))]
[Shared]
internal sealed class HandleAsPostFix : DiagnosticFix
{
    private const string Suffix = "Async";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [GuardRules.WriteInGet.Id];

    /// <summary>Returns <see langword="null"/>, because each rename has to be decided separately: the clients have to follow it.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    private protected override Task RegisterAsync(CodeFixContext context, SyntaxNode root, Diagnostic diagnostic)
    {
        if (diagnostic.Properties.ContainsKey(ElevatedWriteInGetAnalyzer.CanBePostProperty)
            && root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method)
        {
            OfferName(context, diagnostic, method,
                "Post" + (method.Identifier.ValueText.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) ? Suffix : ""));
        }
        return Task.CompletedTask;
    }
}
