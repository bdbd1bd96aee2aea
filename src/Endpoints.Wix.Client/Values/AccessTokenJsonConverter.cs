using System.Text.Json;
using System.Text.Json.Serialization;

namespace Endpoints.Wix.Values;

/// <summary>Keeps tokens out of JSON in both directions.</summary>
internal sealed class AccessTokenJsonConverter : JsonConverter<AccessToken>
{
    public override AccessToken Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new JsonException("A token can't be read from JSON.");

    public override void Write(Utf8JsonWriter writer, AccessToken value, JsonSerializerOptions options) =>
        throw new NotSupportedException("A token can't be written as JSON.");
}
