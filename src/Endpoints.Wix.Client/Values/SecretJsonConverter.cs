using System.Text.Json;
using System.Text.Json.Serialization;

namespace Endpoints.Wix.Values;

/// <summary>Keeps secrets out of JSON in both directions.</summary>
internal sealed class SecretJsonConverter : JsonConverter<WixSecret>
{
    public override WixSecret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new JsonException("A secret can't be read from JSON. Bind it from configuration.");

    public override void Write(Utf8JsonWriter writer, WixSecret value, JsonSerializerOptions options) =>
        throw new NotSupportedException("A secret can't be written as JSON.");
}
