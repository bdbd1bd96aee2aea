using System.Text.Json.Nodes;
using Endpoints.Wix.Messages;

namespace Endpoints.Wix.Data;

/// <summary>Items in answers and requests: an id and the fields.</summary>
internal sealed class DataItemKind : WixKind<DataItem>
{
    public static DataItemKind Instance { get; } = new();

    internal override bool IsNode => true;

    internal override DataItem Read(WireValue value, string name) =>
        (value.ToNode() as JsonObject)?["data"] is JsonObject data ? new(data) : throw Wrong(name, "an item");

    internal override JsonNode Write(DataItem value)
    {
        var item = new JsonObject();
        if (value.Id is { } id)
            item["id"] = id;
        item["data"] = value.Json.DeepClone();
        return item;
    }
}
