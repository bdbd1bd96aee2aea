using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Endpoints.Wix;

/// <summary>Provides the base class for serializers that write the body of a call as JSON, or read its answer.</summary>
/// <remarks>
/// A <see cref="JsonTypeInfo{T}"/> converts to one. Derive from this class to read and write models that don't use a serializer.
/// </remarks>
/// <typeparam name="T">The type of the body or the answer.</typeparam>
public abstract class WixSerializer<T>
{
    /// <summary>Initializes a new instance of the <see cref="WixSerializer{T}"/> class.</summary>
    protected WixSerializer()
    {
    }

    /// <summary>Converts the metadata of a type to its serializer.</summary>
    /// <param name="typeInfo">The metadata, such as a property of a <c>JsonSerializerContext</c>.</param>
    public static implicit operator WixSerializer<T>(JsonTypeInfo<T> typeInfo) => WixSerializer.FromJsonTypeInfo(typeInfo);

    /// <summary>Reads an answer.</summary>
    /// <param name="json">The answer's body. What is read may refer to it: it must not change afterwards.</param>
    /// <returns>The answer; <see langword="null"/> if the body isn't one.</returns>
    /// <exception cref="JsonException">The body isn't the answer.</exception>
    public abstract T? Read(ReadOnlyMemory<byte> json);

    /// <summary>Writes a body.</summary>
    /// <param name="writer">The writer, at the place of the one value that is the body.</param>
    /// <param name="value">The body.</param>
    public abstract void Write(Utf8JsonWriter writer, T value);
}
