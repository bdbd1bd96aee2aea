using System.Text.Json.Nodes;

namespace Endpoints.Wix.Messages;

/// <summary>A kind of value that is one JSON value.</summary>
/// <param name="what">What it is, as the end of a sentence.</param>
/// <param name="read">Reads it; null when it is something else.</param>
/// <param name="write">Writes it.</param>
internal sealed class PlainKind<T>(string what, Func<WireValue, object?> read, Func<T, JsonNode?> write) : WixKind<T>
{
    internal override T Read(WireValue value, string name) => read(value) is T found ? found : throw Wrong(name, what);

    internal override JsonNode? Write(T value) => write(value);
}
