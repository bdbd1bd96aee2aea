using Endpoints.Shared.Collections;
using Microsoft.CodeAnalysis.Text;

namespace Endpoints.Shared.Pages;

/// <summary>Represents a mistake in one source file.</summary>
/// <param name="Kind">The kind of mistake.</param>
/// <param name="Span">The location of the mistake.</param>
/// <param name="Arguments">The arguments of the message.</param>
internal sealed record Flaw(FlawKind Kind, TextSpan Span, EquatableArray<string> Arguments)
{
    /// <summary>Gets a related location in the same file.</summary>
    public TextSpan? Related { get; init; }

    /// <summary>Gets the suggested name for the code fix, or <see langword="null"/> if there is none.</summary>
    public string? Suggestion { get; init; }

    /// <summary>Gets a value that indicates whether the mistake keeps the file from being an endpoint.</summary>
    public bool IsFatal { get; init; } =
        Kind is not (FlawKind.MethodNotPublic or FlawKind.NearMiss or FlawKind.UnreadRouteParameter or FlawKind.OutsidePages);
}
