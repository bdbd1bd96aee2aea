using Endpoints.Shared.Collections;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Endpoints.Wix.Analyzers.Webhooks;

/// <summary>Represents what <c>[WixEvent]</c> says on a class.</summary>
/// <param name="Type">Wix's name of the event, or <see langword="null"/> if the attribute leaves it to the event's type.</param>
/// <param name="Name">The name of the handler, or <see langword="null"/> for the file and the class.</param>
/// <param name="Inbox"><see langword="true"/> if the event is stored before it is handled.</param>
/// <param name="OrderedByEntity"><see langword="true"/> if events of one entity are handled in their order.</param>
/// <param name="Only">The calls to Wix that the handler may make, or <see langword="null"/> for all.</param>
/// <param name="Span">The location of the attribute.</param>
/// <param name="TypeSpan">The location of the name of the event.</param>
internal sealed record EventAttribute(
    string? Type, string? Name, bool Inbox, bool OrderedByEntity, EquatableArray<string>? Only, TextSpan Span, TextSpan TypeSpan)
{
    /// <summary>Returns the attributes of a class, in the order of the file, and reports calls that are no patterns.</summary>
    public static IReadOnlyList<EventAttribute> Of(INamedTypeSymbol type, WebhookSymbols symbols, TextSpan anchor,
        WebhookFindings findings) =>
        [.. type.GetAttributes().Where(symbols.IsAttribute).Select(attribute => Read(attribute, anchor, findings))];

    private static EventAttribute Read(AttributeData attribute, TextSpan anchor, WebhookFindings findings)
    {
        var read = new AttributeReader(attribute, anchor, findings);
        return new(
            attribute.ConstructorArguments.FirstOrDefault().Value as string,
            read.Value(nameof(Name)) as string,
            read.Value(nameof(Inbox)) is true,
            read.Value(nameof(OrderedByEntity)) is true,
            read.Only(),
            read.Span,
            read.First);
    }
}
