using System.Globalization;
using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Platform;

namespace Endpoints.Wix.Emulator.DataItems;

/// <summary>Checks a caller against a collection's permissions.</summary>
internal static class CollectionAccess
{
    /// <exception cref="ApiException">The caller is not allowed to: 403.</exception>
    public static void Demand(this Collection collection, ApiRequest request, CollectionRole role, JsonObject? item = null)
    {
        if (Allows(request, role, item))
            return;
        throw new ApiException(Answer.Error(
            403, "WDE0027",
            string.Create(CultureInfo.InvariantCulture,
                $"The collection '{collection.Id}' does not allow this to a {request.Caller.Kind}.")));
    }

    /// <summary>Finds an item that the caller may read, in whichever collection it is.</summary>
    public static (Collection Collection, JsonObject Item)? Find(this SiteData data, ApiRequest request, string id)
    {
        foreach (var collection in data.Collections.Values)
        {
            if (collection.Items.TryGetValue(id, out var item) && Allows(request, collection.Permissions.Read, item))
                return (collection, item);
        }

        return null;
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
}
