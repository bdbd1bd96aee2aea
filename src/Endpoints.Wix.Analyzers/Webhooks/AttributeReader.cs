using Endpoints.Shared.CallPatterns;
using Endpoints.Shared.Collections;
using Endpoints.Wix.Analyzers.Guards;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Endpoints.Wix.Analyzers.Webhooks;

/// <summary>Reads the properties of an attribute on a class, and their locations.</summary>
internal sealed class AttributeReader
{
    private const string OnlyName = "Only";

    private readonly AttributeData _attribute;
    private readonly WebhookFindings _findings;
    private readonly SeparatedSyntaxList<AttributeArgumentSyntax> _arguments;

    /// <summary>Initializes a new instance of the <see cref="AttributeReader"/> class.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="anchor">The location of the class's name, for an attribute in another file.</param>
    /// <param name="findings">The collector of mistakes.</param>
    public AttributeReader(AttributeData attribute, TextSpan anchor, WebhookFindings findings)
    {
        (_attribute, _findings) = (attribute, findings);
        var syntax = attribute.ApplicationSyntaxReference?.GetSyntax() as AttributeSyntax;
        _arguments = syntax?.ArgumentList?.Arguments ?? default;
        Span = findings.Place(syntax, anchor);
        First = findings.Place(_arguments.FirstOrDefault(static one => one.NameEquals is null)?.Expression, Span);
    }

    /// <summary>Gets the location of the attribute.</summary>
    public TextSpan Span { get; }

    /// <summary>Gets the location of the first argument that is no property, or of the attribute.</summary>
    public TextSpan First { get; }

    /// <summary>Returns the value of a property, or <see langword="null"/> if it is not set.</summary>
    public object? Value(string name) =>
        Named(name) is { Kind: TypedConstantKind.Primitive } value ? value.Value : null;

    /// <summary>Returns the calls of <c>Only</c>, or <see langword="null"/> if it is not set; reports those that are no patterns.</summary>
    public EquatableArray<string>? Only()
    {
        if (Named(OnlyName) is not { Kind: TypedConstantKind.Array, IsNull: false } list)
            return null;
        var calls = list.Values.Select(static value => value.Value as string ?? "").ToEquatableArray();
        foreach (var call in calls)
        {
            if (CallPattern.TryParse(call, out var flaw) is null)
                _findings.Add(GuardRules.OnlyMalformed, PlaceOf(call), call, flaw);
        }
        return calls;
    }

    private TypedConstant Named(string name) => _attribute.NamedArguments.FirstOrDefault(one => one.Key == name).Value;

    private TextSpan PlaceOf(string call)
    {
        var only = _arguments.FirstOrDefault(static one => one.NameEquals?.Name.Identifier.ValueText == OnlyName);
        var text = only?.DescendantNodes().OfType<LiteralExpressionSyntax>().FirstOrDefault(literal => literal.Token.ValueText == call);
        return _findings.Place((SyntaxNode?)text ?? only, Span);
    }
}
