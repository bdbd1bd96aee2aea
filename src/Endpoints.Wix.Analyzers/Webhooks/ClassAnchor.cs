using Microsoft.CodeAnalysis.Text;

namespace Endpoints.Wix.Analyzers.Webhooks;

/// <summary>Represents the location of a class's name.</summary>
/// <param name="Class">The fully qualified C# name of the class.</param>
/// <param name="Span">The location of the name.</param>
internal sealed record ClassAnchor(string Class, TextSpan Span);
