using System.Text.Json;
using System.Text.Json.Serialization;
using Benchmarks.Api.Plain;

namespace Benchmarks.Api;

/// <summary>
/// The same messages as plain classes, which the emitter writes when this project is built, with System.Text.Json's own metadata.
/// </summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(V3QueryProductsResponse))]
internal sealed partial class PlainJson : JsonSerializerContext
{
    /// <summary>Gets the options of the serializer that finds out by reflection.</summary>
    public static JsonSerializerOptions ByReflection { get; } = new()
    {
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}
