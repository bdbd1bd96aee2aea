using System.Collections.Immutable;
using Endpoints.Shared.Pages;
using Microsoft.CodeAnalysis;

namespace Endpoints.Generator.Diagnostics;

/// <summary>Reports the mistakes in a file at their locations.</summary>
internal static class FlawReport
{
    /// <summary>The name of the diagnostic property that contains the suggested name.</summary>
    public const string SuggestionProperty = "Suggestion";

    /// <summary>Creates the diagnostic for a mistake.</summary>
    public static Diagnostic Of(Flaw flaw, SyntaxTree tree)
    {
        var rule = Rules.Of(flaw.Kind);
        return Diagnostic.Create(
            rule,
            tree.GetLocation(flaw.Span),
            flaw.IsFatal ? DiagnosticSeverity.Error : rule.DefaultSeverity,
            flaw.Related is { } related ? [tree.GetLocation(related)] : null,
            flaw.Suggestion is null ? null : ImmutableDictionary<string, string?>.Empty.Add(SuggestionProperty, flaw.Suggestion),
            [.. flaw.Arguments]);
    }
}
