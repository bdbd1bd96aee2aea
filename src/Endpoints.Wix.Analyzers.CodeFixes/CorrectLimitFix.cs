using System.Collections.Immutable;
using System.Composition;
using Endpoints.Shared.CodeFixes;
using Endpoints.Wix.Analyzers.Guards;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Endpoints.Wix.Analyzers.CodeFixes;

/// <summary>Rewrites a malformed rate limit whose meaning is clear.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CorrectLimitFix))]
[Shared]
internal sealed class CorrectLimitFix : DiagnosticFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [GuardRules.RateLimitMalformed.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    private protected override Task RegisterAsync(CodeFixContext context, SyntaxNode root, Diagnostic diagnostic)
    {
        if (diagnostic.Properties.TryGetValue(ElevateArgumentsAnalyzer.CorrectedProperty, out var limit) && limit is not null)
            OfferText(context, root, diagnostic, limit);
        return Task.CompletedTask;
    }
}
