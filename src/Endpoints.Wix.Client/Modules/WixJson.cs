using System.Text.Json.Serialization;

namespace Endpoints.Wix.Modules;

/// <summary>How the modules' messages are written and read: what Wix adds is ignored, what it leaves out though it must be there is an error.</summary>
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
