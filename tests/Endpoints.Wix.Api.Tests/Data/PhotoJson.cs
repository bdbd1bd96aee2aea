using System.Text.Json.Serialization;

namespace Endpoints.Wix.Api.Tests.Data;

/// <summary>How photos are read and written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(DataDateConverter)])]
[JsonSerializable(typeof(Photo))]
[JsonSerializable(typeof(DataItem))]
internal sealed partial class PhotoJson : JsonSerializerContext;
