using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Rename;

namespace Endpoints.Shared.CodeFixes;

/// <summary>Represents a code fix that handles one diagnostic at a time.</summary>
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

    /// <summary>Registers the fixes for a diagnostic, if there are any.</summary>
    /// <param name="context">The context to register the fixes with.</param>
    /// <param name="root">The root of the file.</param>
    /// <param name="diagnostic">The diagnostic.</param>
    private protected abstract Task RegisterAsync(CodeFixContext context, SyntaxNode root, Diagnostic diagnostic);

    /// <summary>Registers a fix that changes the text of the file.</summary>
    /// <param name="context">The context to register the fix with.</param>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <param name="title">The title that the user sees.</param>
    /// <param name="changed">The function that returns the changed file.</param>
    /// <param name="key">The equivalence key of the fix. The default is the diagnostic's identifier.</param>
    private protected static void Offer(CodeFixContext context, Diagnostic diagnostic, string title, Func<SyntaxNode> changed,
        string? key = null) =>
        context.RegisterCodeFix(
            CodeAction.Create(title, _ => Task.FromResult(context.Document.WithSyntaxRoot(changed())),
                equivalenceKey: key ?? diagnostic.Id), diagnostic);

    /// <summary>Registers a fix that writes the text that the diagnostic has, if it has one and is about a literal.</summary>
    /// <param name="context">The context to register the fix with.</param>
    /// <param name="root">The root of the file.</param>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <param name="property">The name of the diagnostic's property that contains the text.</param>
    private protected static void OfferText(CodeFixContext context, SyntaxNode root, Diagnostic diagnostic, string property)
    {
        if (!diagnostic.Properties.TryGetValue(property, out var text) || text is null)
            return;
        if (root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not LiteralExpressionSyntax written)
            return;
        var meant = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(text))
            .WithTriviaFrom(written);
        Offer(context, diagnostic, $"Write \"{text}\"", () => root.ReplaceNode(written, meant));
    }

    /// <summary>Registers a fix that renames a method, wherever it is used.</summary>
    /// <param name="context">The context to register the fix with.</param>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <param name="method">The method.</param>
    /// <param name="name">The new name of the method.</param>
    private protected static void OfferName(CodeFixContext context, Diagnostic diagnostic, MethodDeclarationSyntax method, string name) =>
        context.RegisterCodeFix(
            CodeAction.Create($"Rename to '{name}'", ct => RenameAsync(context.Document, method, name, ct), equivalenceKey: diagnostic.Id),
            diagnostic);

    private static async Task<Solution> RenameAsync(Document document, MethodDeclarationSyntax method, string name, CancellationToken ct)
    {
        var model = await document.GetSemanticModelAsync(ct).ConfigureAwait(false);
        return model?.GetDeclaredSymbol(method, ct) is { } symbol
            ? await Renamer.RenameSymbolAsync(document.Project.Solution, symbol, default(SymbolRenameOptions), name, ct)
                .ConfigureAwait(false)
            : document.Project.Solution;
    }
}
