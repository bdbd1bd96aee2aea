using System.Text.Json;
using System.Text.Json.Nodes;

namespace Endpoints.Wix.Messages;

/// <summary>Reads answers as views over their JSON. One that says something twice is none.</summary>
internal sealed class AnswerSerializer<T>(Func<JsonObject, T?> read) : WixSerializer<T>
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public override T? Read(ReadOnlyMemory<byte> json) =>
        JsonNode.Parse(json.Span, documentOptions: Strict) is JsonObject root ? read(root) : default;

    public override void Write(Utf8JsonWriter writer, T value) => throw new NotSupportedException("Answers are read.");
}
