using System.Text.Json;
using System.Text.Json.Nodes;

namespace Endpoints.Wix.Data;

/// <summary>Reads answers as JSON.</summary>
internal sealed class JsonAnswerSerializer : WixSerializer<JsonObject>
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public override JsonObject? Read(ReadOnlyMemory<byte> json) => JsonNode.Parse(json.Span, documentOptions: Strict) as JsonObject;

    public override void Write(Utf8JsonWriter writer, JsonObject value) => throw new NotSupportedException("Answers are read.");
}
