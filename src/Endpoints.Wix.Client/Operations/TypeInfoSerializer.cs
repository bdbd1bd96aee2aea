using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Endpoints.Wix.Operations;

/// <summary>Reads and writes by a type's metadata.</summary>
internal sealed class TypeInfoSerializer<T>(JsonTypeInfo<T> type) : WixSerializer<T>
{
    public override T? Read(ReadOnlyMemory<byte> json) => JsonSerializer.Deserialize(json.Span, type);

    public override void Write(Utf8JsonWriter writer, T value) => JsonSerializer.Serialize(writer, value, type);
}
