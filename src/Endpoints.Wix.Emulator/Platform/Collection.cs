using System.Globalization;
using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Platform;

/// <summary>A collection of data items, and what its permissions say.</summary>
internal sealed class Collection(string id, CollectionPermissions permissions)
{
    public string Id => id;

    public CollectionPermissions Permissions { get; set; } = permissions;

    public OrderedDictionary<string, JsonObject> Items { get; } = new(StringComparer.Ordinal);

    public JsonObject Get(string? itemId) =>
        itemId is not null && Items.TryGetValue(itemId, out var item)
            ? item
            : throw new ApiException(Answer.Error(404, "WDE0073", $"The item '{itemId}' does not exist in collection '{id}'."));

    /// <exception cref="ApiException">The caller may not: 403.</exception>
    public void Demand(ApiRequest request, CollectionRole role, JsonObject? item = null)
    {
        if (Allows(request, role, item))
            return;
        throw new ApiException(Answer.Error(
            403, "WDE0027", string.Create(CultureInfo.InvariantCulture, $"The collection '{id}' does not allow this to a {request.Caller.Kind}.")));
    }

    public static bool Allows(ApiRequest request, CollectionRole role, JsonObject? item)
    {
        if (request.IsPrivileged || role is CollectionRole.Anyone)
            return true;
        var isMember = request.Caller.Kind is EmulatedIdentityKind.Member;
        return role switch
        {
            CollectionRole.SiteMember => isMember,
            CollectionRole.SiteMemberAuthor => isMember && (item is null || (string?)item["_owner"] == request.Caller.Id),
            _ => false,
        };
    }

    /// <summary>Puts data on the shelf with the fields that the system owns.</summary>
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
