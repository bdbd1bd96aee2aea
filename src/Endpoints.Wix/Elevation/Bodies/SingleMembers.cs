using System.Text.Json;
using System.Text.Json.Serialization;

namespace Endpoints.Wix.Elevation.Bodies;

/// <summary>
/// Refuses combined names for enumerations that are not flags: <c>"Open,Closed"</c> would be read as the sum of both, which may be a third
/// member.
/// </summary>
/// <param name="options">The options with the converters that read everything else.</param>
internal sealed class SingleMembers(JsonSerializerOptions options) : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsEnum && !typeToConvert.IsDefined(typeof(FlagsAttribute), inherit: false);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions _) =>
        (JsonConverter)Activator.CreateInstance(typeof(SingleMember<>).MakeGenericType(typeToConvert),
            options.GetConverter(typeToConvert))!;

    private sealed class SingleMember<T>(JsonConverter<T> inner) : JsonConverter<T>
    {
        public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            Demand(ref reader);
            return inner.Read(ref reader, typeToConvert, options);
        }

        public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            Demand(ref reader);
            return inner.ReadAsPropertyName(ref reader, typeToConvert, options);
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => inner.Write(writer, value, options);

        private static void Demand(ref Utf8JsonReader reader)
        {
            // it is a text
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName
                && reader.GetString()!.Contains(',', StringComparison.Ordinal))
                throw new JsonException();
        }
    }
}
