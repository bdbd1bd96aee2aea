using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using Endpoints.Wix.Values;

namespace Endpoints.Wix;

/// <summary>Writes an item as its fields, and refuses to read one: an item that a request brings could have any field.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DataItemJsonConverter : JsonConverter<DataItem>
{
    /// <inheritdoc/>
    public override DataItem Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw ServerMadeJson.NotRead();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DataItem value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(value);
        value.Json.WriteTo(writer);
    }
}
