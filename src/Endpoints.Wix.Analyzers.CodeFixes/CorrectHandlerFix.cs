using System.Collections.Immutable;
using System.Composition;
using Endpoints.Shared.CodeFixes;
using Endpoints.Wix.Analyzers.Webhooks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Endpoints.Wix.Analyzers.CodeFixes;

/// <summary>
/// Makes the class or method of an event or plugin file public, and changes the return type of an <c>async void</c> handler.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CorrectHandlerFix))]
[Shared]
internal sealed class CorrectHandlerFix : DiagnosticFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds =>
        [WebhookRules.ClassCannotHandle.Id, WebhookRules.MethodCannotHandle.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    private protected override Task RegisterAsync(CodeFixContext context, SyntaxNode root, Diagnostic diagnostic)
    {
        if (ReturnedTask.VoidAt(root, diagnostic) is { } nothing)
            Offer(context, diagnostic, ReturnedTask.Title, () => ReturnedTask.InsteadOf(nothing, root));
        else if (root.FindNode(diagnostic.Location.SourceSpan) is MemberDeclarationSyntax member
            && !member.Modifiers.Any(SyntaxKind.PublicKeyword))
            Offer(context, diagnostic, "Make public", () => root.ReplaceNode(member, PublicModifier.On(member)));
        return Task.CompletedTask;
    }
}
