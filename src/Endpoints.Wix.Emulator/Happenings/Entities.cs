using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Happenings;

/// <summary>Describes what happens to the entities that the emulator holds, as Wix tells of it.</summary>
internal static class Entities
{
    public const string Product = "wix.stores.catalog.v3.product";
    public const string InventoryItem = "wix.stores.catalog.v3.inventory_item";
    public const string Member = "wix.members.v1.member";
    public const string Order = "wix.ecom.v1.order";
    public const string Fulfillments = "wix.ecom.v1.fulfillments";
    public const string OrderTransactions = "wix.ecom.v1.order_transactions";
    public const string Booking = "wix.bookings.v2.booking";
    public const string Checkout = "wix.ecom.v1.checkout";
    public const string File = "wix.media.site_media.v1.file_descriptor";

    public static EmulatedEvent Created(string fqdn, JsonObject entity) => EmulatedEvent.Created(fqdn, IdOf(entity), entity);

    /// <summary>An update, with what the changed members were before.</summary>
    public static EmulatedEvent Updated(string fqdn, JsonObject before, JsonObject after)
    {
        var previous = new JsonObject();
        foreach (var name in before.Select(static pair => pair.Key).Union(after.Select(static pair => pair.Key)))
        {
            if (name is not ("revision" or "updatedDate") && !JsonNode.DeepEquals(before[name], after[name]))
                previous[name] = before[name]?.DeepClone();
        }

        return EmulatedEvent.Updated(fqdn, IdOf(after), after, previous);
    }

    public static EmulatedEvent Deleted(string fqdn, JsonObject entity, bool isTold) =>
        EmulatedEvent.Deleted(fqdn, IdOf(entity), isTold ? entity : null);

    private static string IdOf(JsonObject entity) => entity["id"].AsText()!; // every entity on a shelf has one
}
