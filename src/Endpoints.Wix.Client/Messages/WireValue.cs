using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Endpoints.Wix.Messages;

/// <summary>Represents a value of a message: a node, or a place in an answer. The default is none.</summary>
internal readonly struct WireValue
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private WireValue(JsonNode? node, WireDocument? document, int row) => (Node, Document, Row) = (node, document, row);

    public WireValue(JsonNode? node)
        : this(node, null, 0)
    {
    }

    public WireValue(WireDocument document, int row)
        : this(null, document, row)
    {
    }

    /// <summary>Gets the node; <see langword="null"/> for a place in an answer, and for none.</summary>
    public JsonNode? Node { get; }

    /// <summary>Gets the answer; <see langword="null"/> for a node, and for none.</summary>
    public WireDocument? Document { get; }

    /// <summary>Gets the place in the answer.</summary>
    public int Row { get; }

    public static implicit operator WireValue(JsonNode? node) => new(node);

    /// <summary>Gets the JSON of a place in an answer.</summary>
    public ReadOnlyMemory<byte> Json => Document is null ? default : Document.Json(Row);

    /// <summary>Gets a value that indicates whether this is a value: neither none nor null.</summary>
    public bool IsThere => Kind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    public JsonValueKind Kind => Document?.Kind(Row) ?? Node?.GetValueKind() ?? JsonValueKind.Undefined;

    /// <summary>Reads an answer.</summary>
    /// <param name="json">The JSON, which must not change afterwards.</param>
    /// <exception cref="JsonException">It is not JSON, or says something twice.</exception>
    public static WireValue Parse(ReadOnlyMemory<byte> json) =>
        WireDocument.Parse(json) is { } document ? new(document, 0) : new(JsonNode.Parse(json.Span, documentOptions: Strict));

    /// <summary>Gets a member; none if this is no object.</summary>
    public WireValue Member(string name)
    {
        if (Document is null)
            return (Node as JsonObject)?[name];
        var (document, row) = Document.Open(Row);
        return Kind == JsonValueKind.Object && document.Find(row, name) is >= 0 and var member ? new(document, member) : default;
    }

    /// <summary>Gets the value with the places of what is in it.</summary>
    public WireValue Open()
    {
        if (Document is null)
            return this;
        var (document, row) = Document.Open(Row);
        return new(document, row);
    }

    /// <summary>Gets a text, or a number as the text that it is; <see langword="null"/> for anything else.</summary>
    public string? Text() => Kind switch
    {
        JsonValueKind.String => Document?.Text(Row) ?? Node!.GetValue<string>(), // one of both is there
        JsonValueKind.Number => Document is null ? Node!.ToJsonString() : Encoding.ASCII.GetString(Json.Span),
        _ => null,
    };

    /// <summary>Gets the node, or a node of its own with what is in the answer.</summary>
    public JsonNode? ToNode() => Document is null ? Node : JsonNode.Parse(Json.Span);
}
