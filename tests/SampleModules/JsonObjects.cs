using System.Text.Json;
using System.Text.Json.Nodes;
using Endpoints.Wix;

namespace SampleModules;

/// <summary>Messages that are objects, in a member of their own or by themselves.</summary>
public sealed class JsonObjects(string? member) : WixSerializer<JsonObject>
{
    /// <inheritdoc/>
    public override JsonObject? Read(ReadOnlyMemory<byte> json)
    {
        var node = JsonNode.Parse(json.Span)!;
        return (member is null ? node : node[member]) as JsonObject;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, JsonObject value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteStartObject();
        writer.WritePropertyName(member ?? "value");
        value.WriteTo(writer);
        writer.WriteEndObject();
    }
}
