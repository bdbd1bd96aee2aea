using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Endpoints.Wix;

/// <summary>Reads and writes an enumeration as its name.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WixEnumJsonConverter<T> : JsonConverter<T>
    where T : struct, IWixEnumeration<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } value ? T.Create(value) : default;

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.Value);
    }
}
