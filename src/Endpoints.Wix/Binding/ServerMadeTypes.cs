using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Endpoints.Wix.Values;

namespace Endpoints.Wix.Binding;

/// <summary>Prevents deserialization of types that derive from a client or a module: other packages' modules, and mocks.</summary>
/// <remarks>
/// The base types have an attribute for this, which derived types do not inherit. This is a resolver and not a converter, because with a
/// converter no type would be serialized by source-generated code.
/// </remarks>
internal sealed class ServerMadeTypes : IJsonTypeInfoResolver
{
    private static readonly MethodInfo Method =
        typeof(ServerMadeTypes).GetMethod(nameof(Refused), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static ServerMadeTypes Instance { get; } = new();

    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) =>
        ServerMade.IsService(type) && !type.IsDefined(typeof(JsonConverterAttribute), inherit: false)
            ? (JsonTypeInfo)Method.MakeGenericMethod(type).Invoke(null, [options])!
            : null;

    private static JsonTypeInfo<T> Refused<T>(JsonSerializerOptions options)
        where T : class => JsonMetadataServices.CreateValueInfo<T>(options, new ServerMadeJsonConverter<T>());
}
