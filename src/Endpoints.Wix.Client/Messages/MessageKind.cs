using System.Text.Json.Nodes;

namespace Endpoints.Wix.Messages;

/// <summary>Messages within messages.</summary>
internal sealed class MessageKind<T> : WixKind<T>
    where T : WixMessage, IWixMessage<T>
{
    public static MessageKind<T> Instance { get; } = new();

    internal override bool IsView => true;

    internal override T Read(WireValue value, string name) => WixMessage.Over<T>(value) ?? throw Wrong(name, "an object");

    internal override JsonNode? Write(T value) => value.Json.Parent is null ? value.Json : value.Json.DeepClone();
}
