using System.Text.Json.Serialization;

namespace Endpoints.Wix.Api.Tests.Data;

/// <summary>The serialization of photos.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(DataDateConverter)])]
[JsonSerializable(typeof(Photo))]
[JsonSerializable(typeof(DataItem))]
internal sealed partial class PhotoJson : JsonSerializerContext;
