using Endpoints.Shared.Collections;
using Microsoft.CodeAnalysis.Text;

namespace Endpoints.Wix.Analyzers.Webhooks;

/// <summary>Represents a mistake in an event or plugin file.</summary>
/// <param name="Rule">The identifier of the rule.</param>
/// <param name="Span">The location of the mistake.</param>
/// <param name="Arguments">The arguments of the message.</param>
/// <param name="Related">A related location in the same file.</param>
/// <param name="Suggestion">The suggested text for the code fix, or <see langword="null"/> if there is none.</param>
internal sealed record WebhookFlaw(string Rule, TextSpan Span, EquatableArray<string> Arguments, TextSpan? Related = null,
    string? Suggestion = null);
