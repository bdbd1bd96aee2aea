using System.Text.Json;
using System.Text.Json.Nodes;

namespace Endpoints.Wix.Messages;

/// <summary>Writes requests.</summary>
internal sealed class RequestSerializer : WixSerializer<JsonObject>
{
    public override JsonObject? Read(ReadOnlyMemory<byte> json) => throw new NotSupportedException("Requests are written.");

    public override void Write(Utf8JsonWriter writer, JsonObject value) => value.WriteTo(writer);
}
