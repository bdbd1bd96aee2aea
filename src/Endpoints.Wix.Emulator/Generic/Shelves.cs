using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Catalog;
using Endpoints.Wix.Emulator.Happenings;
using Endpoints.Wix.Emulator.Platform;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Generic;

/// <summary>
/// Keeps the entities of a site by their kind. Those that have a behavior of their own are the same ones here, and keep what Wix computes
/// of them. Used only inside the site's lock.
/// </summary>
internal static class Shelves
{
    private const string Collections = "wix.data.v2.data_collection";

    public static Shelf Of(SiteData data, EntityFact entity)
    {
        var own = entity.Fqdn switch
        {
            Entities.Product => data.Products,
            Entities.InventoryItem => data.InventoryItems,
            Entities.Member => data.Members,
            Entities.Order => data.Orders,
            Entities.Booking => data.Bookings,
            Entities.Checkout => data.Checkouts,
            Entities.File => data.Files,
            _ => null,
        };
        if (own is not null)
            return own;
        // Services of two versions have entities of one name, and not of one form.
        var name = $"{entity.Fqdn}/{entity.Message}";
        if (!data.Others.TryGetValue(name, out var shelf))
            data.Others.Add(name, shelf = new(entity.Kind));
        if (entity.Fqdn == Collections)
        {
            // What was added beside the API is there as well.
            foreach (var id in data.Collections.Keys.Where(id => shelf.Find(id) is null))
                shelf.Put(id, new() { ["id"] = id, ["displayName"] = id, ["fields"] = new JsonArray(), ["revision"] = "1" });
        }

        return shelf;
    }

    public static JsonObject Add(SiteData data, EntityFact entity, JsonObject given, string? key, TimeProvider time)
    {
        switch (entity.Fqdn)
        {
            case Entities.Product:
                return NewProduct.Add(data, given, time);
            case Entities.Order:
                return NewOrder.Add(data, given, time);
            case Entities.Booking:
                return NewBooking.Add(data, given, time);
            default:
                key ??= NewKey(entity);
                if (entity.Fqdn == Collections)
                    data.Collections[key] = new(key, Permissions(given));
                if (entity.Key is not null)
                    given[entity.Key] = key;
                Stamp(entity, given, "revision", "1");
                Stamp(entity, given, "createdDate", Dates.Text(time.GetUtcNow()));
                Stamp(entity, given, "updatedDate", Dates.Text(time.GetUtcNow()));
                return Of(data, entity).Put(key, given);
        }
    }

    public static void Replace(SiteData data, EntityFact entity, JsonObject after, string key, TimeProvider time)
    {
        if (entity.Fields.ContainsKey("revision"))
            Shelf.Touch(after, time);
        else
            Stamp(entity, after, "updatedDate", Dates.Text(time.GetUtcNow()));
        if (entity.Fqdn == Entities.Product)
            NewProduct.Describe(after);
        if (entity.Fqdn == Collections)
            data.Collections[key].Permissions = Permissions(after);
        Of(data, entity).Put(key, after);
    }

    public static void Remove(SiteData data, EntityFact entity, JsonObject gone)
    {
        Of(data, entity).Remove(entity.Key is null ? "" : gone[entity.Key].AsText()!); // every entity on a shelf has its key
        if (entity.Fqdn == Collections)
            data.Collections.Remove(gone["id"].AsText()!);
        if (entity.Fqdn != Entities.Product)
            return;
        foreach (var item in data.InventoryItems.All.Where(item => item["productId"].AsText() == gone["id"].AsText()).ToList())
            data.InventoryItems.Remove(item["id"].AsText()!);
    }

    private static string NewKey(EntityFact entity) => entity.KeyLength >= 36 ? Guid.NewGuid().ToString()
        : Guid.NewGuid().ToString("N")[..Math.Min(entity.KeyLength, 32)];

    private static CollectionPermissions Permissions(JsonObject collection)
    {
        CollectionRole Role(string action, CollectionRole otherwise) => collection["permissions"].At(action).AsText() switch
        {
            "ANYONE" => CollectionRole.Anyone,
            "SITE_MEMBER" => CollectionRole.SiteMember,
            "SITE_MEMBER_AUTHOR" => CollectionRole.SiteMemberAuthor,
            "ADMIN" => CollectionRole.Admin,
            _ => otherwise,
        };
        return new()
        {
            Read = Role("read", CollectionRole.Anyone),
            Insert = Role("insert", CollectionRole.Admin),
            Update = Role("update", CollectionRole.Admin),
            Remove = Role("remove", CollectionRole.Admin),
        };
    }

    private static void Stamp(EntityFact entity, JsonObject made, string name, string value)
    {
        if (entity.Fields.ContainsKey(name))
            made[name] = value;
    }
}
