using System.Text.Json.Serialization;

namespace Endpoints.Wix.Modules;

/// <summary>
/// Serializes the messages of the modules. Members that Wix adds are ignored; a required member that Wix leaves out is an error.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters = [typeof(TextOrNumberConverter)])]
[JsonSerializable(typeof(SitePropertiesSnapshot))]
[JsonSerializable(typeof(SitePropertiesVersion))]
[JsonSerializable(typeof(BusinessProfileUpdate))]
[JsonSerializable(typeof(BusinessContactUpdate))]
[JsonSerializable(typeof(BusinessScheduleUpdate))]
[JsonSerializable(typeof(ProductQuery))]
[JsonSerializable(typeof(ProductQueryAnswer))]
[JsonSerializable(typeof(ProductAnswer))]
internal sealed partial class WixJson : JsonSerializerContext;
