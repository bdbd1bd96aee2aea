using System.Collections.Immutable;
using System.Composition;
using Endpoints.Generator.Guards;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Rename;

namespace Endpoints.Generator.CodeFixes;

/// <summary>Renames a page's <c>Get</c> that changes something to <c>Post</c>, wherever it is used.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(HandleAsPostFix))]
[Shared]
public sealed class HandleAsPostFix : CodeFixProvider
{
    private const string Suffix = "Async";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [GuardRules.WriteInGet.Id];

    /// <summary>None: each rename is a decision of its own, as the clients have to follow.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (!diagnostic.Properties.ContainsKey(ElevatedWriteInGetAnalyzer.CanBePostProperty)
                || root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method)
            {
                continue;
            }
            var name = "Post" + (method.Identifier.ValueText.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) ? Suffix : "");
            context.RegisterCodeFix(
                CodeAction.Create($"Rename to '{name}'", ct => RenameAsync(context.Document, method, name, ct), equivalenceKey: diagnostic.Id), diagnostic);
        }
    }

    private static async Task<Solution> RenameAsync(Document document, MethodDeclarationSyntax method, string name, CancellationToken ct)
    {
        var model = await document.GetSemanticModelAsync(ct).ConfigureAwait(false);
        return model?.GetDeclaredSymbol(method, ct) is { } symbol
            ? await Renamer.RenameSymbolAsync(document.Project.Solution, symbol, default(SymbolRenameOptions), name, ct).ConfigureAwait(false)
            : document.Project.Solution;
    }
}
