using System.Text.Json.Nodes;

namespace Endpoints.Wix.Messages;

/// <summary>JSON as it stands. What has a parent already is copied.</summary>
internal sealed class NodeKind<T>(string what) : WixKind<T>
    where T : JsonNode
{
    internal override bool IsNode => true;

    internal override T Read(WireValue value, string name) => value.ToNode() as T ?? throw Wrong(name, what);

    internal override JsonNode? Write(T value) => value.Parent is null ? value : value.DeepClone();
}
