using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Endpoints.Wix.Values;

namespace Endpoints.Wix.Binding;

/// <summary>Keeps JSON from being read to what derives from a client or a module: other packages' modules, and mocks.</summary>
/// <remarks>Their own types say so by an attribute, which a derived type does not inherit. A resolver rather than a converter: with one of those no type would be written by the source generator's code.</remarks>
internal sealed class ServerMadeTypes : IJsonTypeInfoResolver
{
    private static readonly MethodInfo Method = typeof(ServerMadeTypes).GetMethod(nameof(Refused), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static ServerMadeTypes Instance { get; } = new();

    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) =>
        ServerMade.IsService(type) && !type.IsDefined(typeof(JsonConverterAttribute), inherit: false)
            ? (JsonTypeInfo)Method.MakeGenericMethod(type).Invoke(null, [options])!
            : null;

    private static JsonTypeInfo<T> Refused<T>(JsonSerializerOptions options)
        where T : class => JsonMetadataServices.CreateValueInfo<T>(options, new ServerMadeJsonConverter<T>());
}
