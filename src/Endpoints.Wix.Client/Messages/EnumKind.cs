using System.Text.Json;
using System.Text.Json.Nodes;

namespace Endpoints.Wix.Messages;

/// <summary>Enumerations.</summary>
internal sealed class EnumKind<T> : WixKind<T>
    where T : struct, IWixEnumeration<T>
{
    public static EnumKind<T> Instance { get; } = new();

    internal override T Read(WireValue value, string name) =>
        value.Kind == JsonValueKind.String ? T.Create(value.Text()!) : throw Wrong(name, "a name");

    internal override JsonNode? Write(T value) => JsonValue.Create(value.Value);
}
