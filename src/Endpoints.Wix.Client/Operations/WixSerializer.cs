using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Endpoints.Wix.Operations;

namespace Endpoints.Wix;

/// <summary>Provides serializers of bodies and answers.</summary>
public static class WixSerializer
{
    /// <summary>Gets the serializer of answers whose body has no content. It does not examine what it reads.</summary>
    public static WixSerializer<WixEmpty> Empty { get; } = new Nothing();

    /// <summary>Returns the serializer of a type with metadata.</summary>
    /// <typeparam name="T">The type of the body or the answer.</typeparam>
    /// <param name="typeInfo">The metadata, such as a property of a <c>JsonSerializerContext</c>.</param>
    /// <returns>The serializer of the type.</returns>
    public static WixSerializer<T> FromJsonTypeInfo<T>(JsonTypeInfo<T> typeInfo)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        return new TypeInfoSerializer<T>(typeInfo);
    }

    private sealed class Nothing : WixSerializer<WixEmpty>
    {
        public override WixEmpty Read(ReadOnlyMemory<byte> json) => default;

        public override void Write(Utf8JsonWriter writer, WixEmpty value)
        {
            writer.WriteStartObject();
            writer.WriteEndObject();
        }
    }
}
