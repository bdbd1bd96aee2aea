using System.Collections.Immutable;
using System.Composition;
using Endpoints.Shared.CodeFixes;
using Endpoints.Wix.Analyzers.Webhooks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Endpoints.Wix.Analyzers.CodeFixes;

/// <summary>Rewrites the name of an event that is close to a known one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CorrectEventNameFix))]
[Shared]
internal sealed class CorrectEventNameFix : DiagnosticFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [WebhookRules.UnknownEvent.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    private protected override Task RegisterAsync(CodeFixContext context, SyntaxNode root, Diagnostic diagnostic)
    {
        OfferText(context, root, diagnostic, WebhookReport.SuggestionProperty);
        return Task.CompletedTask;
    }
}
