using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Platform;

/// <summary>Represents a collection of data items, with its permissions.</summary>
internal sealed class Collection(string id, CollectionPermissions permissions)
{
    public string Id => id;

    public CollectionPermissions Permissions { get; set; } = permissions;

    public OrderedDictionary<string, JsonObject> Items { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the ids to which a field of an item refers.</summary>
    public Dictionary<(string ItemId, string Field), List<string>> References { get; } = [];

    public JsonObject Get(string? itemId) =>
        itemId is not null && Items.TryGetValue(itemId, out var item)
            ? item
            : throw new ApiException(Answer.Error(404, "WDE0073", $"The item '{itemId}' does not exist in collection '{id}'."));

    /// <summary>Stores data with the fields that the system owns.</summary>
    public JsonObject Store(string itemId, JsonObject data, JsonObject? before, string? owner, TimeProvider time)
    {
        var now = new JsonObject { ["$date"] = Dates.Text(time.GetUtcNow()) };
        data["_id"] = itemId;
        data["_createdDate"] = before?["_createdDate"]?.DeepClone() ?? now.DeepClone();
        data["_updatedDate"] = now;
        data["_owner"] = before?["_owner"]?.DeepClone() ?? owner;
        Items[itemId] = data;
        return data;
    }
}
