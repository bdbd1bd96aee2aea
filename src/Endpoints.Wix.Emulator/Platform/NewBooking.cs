using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Platform;

/// <summary>Adds a booking to a site. Used only inside the site's lock.</summary>
internal static class NewBooking
{
    public static JsonObject Add(SiteData data, JsonObject given, TimeProvider time, string? id = null)
    {
        id ??= Guid.NewGuid().ToString();
        var now = Dates.Text(time.GetUtcNow());
        var booking = given.Copy();
        booking["id"] = id;
        booking["revision"] = "1";
        booking["createdDate"] = now;
        booking["updatedDate"] = now;
        booking["status"] ??= "PENDING";
        booking["paymentStatus"] ??= "NOT_PAID";
        booking["totalParticipants"] ??= 1;
        return data.Bookings.Put(id, booking);
    }
}
