using System.Collections.Immutable;
using System.Composition;
using Endpoints.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Rename;

namespace Endpoints.Generator.CodeFixes;

/// <summary>Gives a method that is nearly named after an HTTP method the name that was meant, wherever it is used.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RenameHandlerFix))]
[Shared]
public sealed class RenameHandlerFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [Rules.NearMiss.Id];

    /// <summary>None: each rename is a decision of its own.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (diagnostic.Properties.TryGetValue(Flaw.SuggestionProperty, out var name) && name is not null
                && root?.FindNode(diagnostic.Location.SourceSpan) is MethodDeclarationSyntax method)
            {
                context.RegisterCodeFix(
                    CodeAction.Create($"Rename to '{name}'", ct => RenameAsync(context.Document, method, name, ct), equivalenceKey: Rules.NearMiss.Id), diagnostic);
            }
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
