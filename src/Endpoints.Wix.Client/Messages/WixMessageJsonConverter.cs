using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using Endpoints.Wix.Values;

namespace Endpoints.Wix;

/// <summary>Writes a message as the JSON that it is, and refuses to read one.</summary>
/// <remarks>
/// A message that came from a request could hold any member that Wix knows: an endpoint takes what it needs as a type of its own. To make a
/// message of JSON that is trusted, call <c>Create</c>.
/// </remarks>
/// <typeparam name="T">The message.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WixMessageJsonConverter<T> : JsonConverter<T>
    where T : WixMessage
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw ServerMadeJson.NotRead();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(value);
        value.WriteTo(writer);
    }
}
