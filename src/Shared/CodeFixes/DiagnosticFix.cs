using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Rename;

namespace Endpoints.Shared.CodeFixes;

/// <summary>A code fix that looks at one diagnostic at a time.</summary>
internal abstract class DiagnosticFix : CodeFixProvider
{
    private protected DiagnosticFix()
    {
    }

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
            return;
        foreach (var diagnostic in context.Diagnostics)
            await RegisterAsync(context, root, diagnostic).ConfigureAwait(false);
    }

    /// <summary>Offers what fixes a diagnostic, if anything does.</summary>
    /// <param name="context">What takes the offer.</param>
    /// <param name="root">The file.</param>
    /// <param name="diagnostic">The diagnostic.</param>
    private protected abstract Task RegisterAsync(CodeFixContext context, SyntaxNode root, Diagnostic diagnostic);

    /// <summary>Offers another text of the file.</summary>
    /// <param name="context">What takes the offer.</param>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <param name="title">What the user reads.</param>
    /// <param name="changed">Writes the file anew.</param>
    /// <param name="key">What fixes of one kind have in common; the diagnostic's id when left out.</param>
    private protected static void Offer(CodeFixContext context, Diagnostic diagnostic, string title, Func<SyntaxNode> changed, string? key = null) =>
        context.RegisterCodeFix(
            CodeAction.Create(title, _ => Task.FromResult(context.Document.WithSyntaxRoot(changed())), equivalenceKey: key ?? diagnostic.Id), diagnostic);

    /// <summary>Offers another name of a method, wherever it is used.</summary>
    /// <param name="context">What takes the offer.</param>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <param name="method">The method.</param>
    /// <param name="name">Its new name.</param>
    private protected static void OfferName(CodeFixContext context, Diagnostic diagnostic, MethodDeclarationSyntax method, string name) =>
        context.RegisterCodeFix(
            CodeAction.Create($"Rename to '{name}'", ct => RenameAsync(context.Document, method, name, ct), equivalenceKey: diagnostic.Id), diagnostic);

    private static async Task<Solution> RenameAsync(Document document, MethodDeclarationSyntax method, string name, CancellationToken ct)
    {
        var model = await document.GetSemanticModelAsync(ct).ConfigureAwait(false);
        return model?.GetDeclaredSymbol(method, ct) is { } symbol
            ? await Renamer.RenameSymbolAsync(document.Project.Solution, symbol, default(SymbolRenameOptions), name, ct).ConfigureAwait(false)
            : document.Project.Solution;
    }
}
