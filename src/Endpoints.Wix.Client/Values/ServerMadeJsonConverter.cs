using System.Text.Json;
using System.Text.Json.Serialization;

namespace Endpoints.Wix.Values;

/// <summary>Keeps JSON from being read to a type that only the server makes, and that has nothing to write either.</summary>
internal sealed class ServerMadeJsonConverter<T> : JsonConverter<T>
    where T : class
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw ServerMadeJson.NotRead();

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteEndObject();
    }
}
