using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Endpoints.Wix.Data;

namespace Endpoints.Wix;

/// <summary>
/// Reads and writes points in time as the items of a collection have them. For a property, or for a whole <c>JsonSerializerContext</c>.
/// </summary>
/// <remarks>Without it a point in time is written as a text, and Wix neither sorts nor compares it as one.</remarks>
public sealed class DataDateConverter : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DataDate.Read(JsonNode.Parse(ref reader)) ?? throw new JsonException();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteString(DataDate.Member, DataDate.Text(value));
        writer.WriteEndObject();
    }
}
