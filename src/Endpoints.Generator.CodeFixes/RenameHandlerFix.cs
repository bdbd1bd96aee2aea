using System.Collections.Immutable;
using System.Composition;
using Endpoints.Generator.Diagnostics;
using Endpoints.Shared.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Endpoints.Generator.CodeFixes;

/// <summary>Corrects the name of a method that is nearly named after an HTTP method, wherever it is used.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RenameHandlerFix))]
[Shared]
internal sealed class RenameHandlerFix : DiagnosticFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [Rules.NearMiss.Id];

    /// <summary>Returns <see langword="null"/>, because each rename has to be decided separately.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    private protected override Task RegisterAsync(CodeFixContext context, SyntaxNode root, Diagnostic diagnostic)
    {
        if (diagnostic.Properties.TryGetValue(FlawReport.SuggestionProperty, out var name) && name is not null
            && root.FindNode(diagnostic.Location.SourceSpan) is MethodDeclarationSyntax method)
            OfferName(context, diagnostic, method, name);
        return Task.CompletedTask;
    }
}
