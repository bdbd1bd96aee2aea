using Endpoints.Shared.Collections;
using Microsoft.CodeAnalysis.Text;

namespace Endpoints.Shared.Pages;

/// <summary>A mistake in one source file.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Span">Where.</param>
/// <param name="Arguments">What fills the holes of the message.</param>
internal sealed record Flaw(FlawKind Kind, TextSpan Span, EquatableArray<string> Arguments)
{
    /// <summary>Another place in the same file that has to do with it.</summary>
    public TextSpan? Related { get; init; }

    /// <summary>The name that would be right, for the code fix; null when there is none to suggest.</summary>
    public string? Suggestion { get; init; }

    /// <summary>Whether it keeps the file from being an endpoint.</summary>
    public bool IsFatal { get; init; } = Kind is not (FlawKind.MethodNotPublic or FlawKind.NearMiss or FlawKind.UnreadRouteParameter or FlawKind.OutsidePages);
}
