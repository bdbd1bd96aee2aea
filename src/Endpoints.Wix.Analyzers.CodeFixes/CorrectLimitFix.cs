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
        OfferText(context, root, diagnostic, ElevateArgumentsAnalyzer.CorrectedProperty);
        return Task.CompletedTask;
    }
}
