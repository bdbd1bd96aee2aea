using System.Collections.Immutable;
using Endpoints.Shared.Pages;
using Microsoft.CodeAnalysis;

namespace Endpoints.Generator.Diagnostics;

/// <summary>Shows what is wrong with a file where it is wrong.</summary>
internal static class FlawReport
{
    /// <summary>Under which name a diagnostic carries the name that would be right.</summary>
    public const string SuggestionProperty = "Suggestion";

    /// <summary>The diagnostic of a mistake.</summary>
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
