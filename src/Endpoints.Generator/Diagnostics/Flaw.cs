using Endpoints.Shared.Collections;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Endpoints.Generator.Diagnostics;

/// <summary>A mistake in one source file.</summary>
/// <param name="Rule">The rule it breaks.</param>
/// <param name="Span">Where.</param>
/// <param name="Arguments">What fills the holes of the rule's message.</param>
internal sealed record Flaw(DiagnosticDescriptor Rule, TextSpan Span, EquatableArray<string> Arguments)
{
    /// <summary>Another place in the same file that has to do with it.</summary>
    public TextSpan? Related { get; init; }

    /// <summary>The name that would be right, for the code fix; null when there is none to suggest.</summary>
    public string? Suggestion { get; init; }

    /// <summary>Whether it keeps the file from being an endpoint, whatever the rule's own severity.</summary>
    public bool IsFatal { get; init; } = Rule.DefaultSeverity == DiagnosticSeverity.Error;

    /// <summary>Shows the mistake in its file.</summary>
    public Diagnostic ToDiagnostic(SyntaxTree tree) => Diagnostic.Create(
        Rule,
        tree.GetLocation(Span),
        IsFatal ? DiagnosticSeverity.Error : Rule.DefaultSeverity,
        Related is { } related ? [tree.GetLocation(related)] : null,
        Suggestion is null ? null : System.Collections.Immutable.ImmutableDictionary<string, string?>.Empty.Add(SuggestionProperty, Suggestion),
        [.. Arguments]);

    /// <summary>Under which name a diagnostic carries its <see cref="Suggestion"/>.</summary>
    public const string SuggestionProperty = "Suggestion";
}
