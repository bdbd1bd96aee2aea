using Endpoints.Shared.Collections;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Endpoints.Wix.Analyzers.Webhooks;

/// <summary>Collects the mistakes of one file.</summary>
/// <param name="tree">The file.</param>
internal sealed class WebhookFindings(SyntaxTree tree)
{
    private readonly List<WebhookFlaw> _flaws = [];

    /// <summary>Gets the mistakes, in the order of the file.</summary>
    public EquatableArray<WebhookFlaw> Flaws => _flaws.OrderBy(static flaw => flaw.Span.Start).ToEquatableArray();

    /// <summary>Gets the number of mistakes because of which something is not registered.</summary>
    public int Fatal { get; private set; }

    /// <summary>Adds a mistake.</summary>
    public void Add(DiagnosticDescriptor rule, TextSpan span, params string[] arguments) =>
        Keep(rule, new(rule.Id, span, arguments.ToEquatableArray()));

    /// <summary>Adds a mistake that consists of two places.</summary>
    public void AddPair(DiagnosticDescriptor rule, TextSpan span, TextSpan related, params string[] arguments) =>
        Keep(rule, new(rule.Id, span, arguments.ToEquatableArray(), related));

    /// <summary>Adds a mistake with the text that was probably meant.</summary>
    public void AddSuggestion(DiagnosticDescriptor rule, TextSpan span, string suggestion, params string[] arguments) =>
        Keep(rule, new(rule.Id, span, arguments.ToEquatableArray(), null, suggestion));

    /// <summary>Returns the location of a symbol's name in this file, or <paramref name="otherwise"/> if it is in another file.</summary>
    public TextSpan Place(ISymbol symbol, TextSpan otherwise) =>
        symbol.Locations.FirstOrDefault(at => at.SourceTree == tree)?.SourceSpan ?? otherwise;

    /// <summary>Returns the location of a node in this file, or <paramref name="otherwise"/> if it is in another file.</summary>
    public TextSpan Place(SyntaxNode? node, TextSpan otherwise) => node?.SyntaxTree == tree ? node.Span : otherwise;

    private void Keep(DiagnosticDescriptor rule, WebhookFlaw flaw)
    {
        _flaws.Add(flaw);
        if (rule.DefaultSeverity == DiagnosticSeverity.Error)
            Fatal++;
    }
}
