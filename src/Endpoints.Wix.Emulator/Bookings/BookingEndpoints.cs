using System.Globalization;
using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Happenings;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Platform;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Bookings;

/// <summary>Serves bookings, under the documented paths and under the paths that Wix's JavaScript modules call.</summary>
internal sealed class BookingEndpoints(TimeProvider time)
{
    private static readonly string[] Writers = ["/bookings/v2/bookings", "/_api/bookings-service/v2/bookings"];
    private static readonly string[] Readers = ["/bookings/bookings-reader/v2", "/_api/bookings-reader/v2"];

    public IEnumerable<Operation> Operations =>
    [
        .. Readers.Select(static root => Ops.Read($"POST {root}/extended-bookings/query", Access.Member, null, Query)),
        .. Writers.SelectMany(root => new[]
        {
            Ops.Write($"POST {root}/{{id}}/confirm", Access.Restricted, "BOOKINGS.BOOKING_CONFIRM", Confirm),
            Ops.Write($"POST {root}/{{id}}/decline", Access.Restricted, "BOOKINGS.BOOKING_DECLINE", Decline),
            Ops.Write($"POST {root}/{{id}}/cancel", Access.Member, "BOOKINGS.BOOKING_CANCEL", Cancel),
            Ops.Write($"POST {root}/{{id}}/reschedule", Access.Member, "BOOKINGS.BOOKING_RESCHEDULE", Reschedule),
        }),
    ];

    private static Answer Query(ApiRequest request, SiteData data)
    {
        var own = data.Bookings.All.Where(booking => request.IsPrivileged || IsOwn(request, data, booking));
        var result = Querying.Query.Read(request.Json["query"], defaultLimit: 50, maxLimit: 100).Run(own);
        var actions = request.Json["withBookingAllowedActions"].AsFlag() == true;
        return Answer.Json(new JsonObject
        {
            ["extendedBookings"] = result.Copies(booking => Extend(booking, actions)),
            ["pagingMetadata"] = result.ByCursor(),
        });
    }

    private static JsonObject Extend(JsonObject booking, bool withActions)
    {
        var extended = new JsonObject { ["booking"] = booking.DeepClone() };
        if (withActions)
        {
            var open = booking["status"].AsText() is "PENDING" or "CREATED" or "CONFIRMED" or "WAITING_LIST";
            extended["allowedActions"] = new JsonObject { ["cancel"] = open, ["reschedule"] = open };
        }

        return extended;
    }

    private static bool IsOwn(ApiRequest request, SiteData data, JsonObject booking) =>
        data.Members.Find(request.Caller.Id)?["contactId"].AsText() is { } contactId
        && booking["contactDetails"].At("contactId").AsText() == contactId;

    private static void DemandStatus(JsonObject booking, string action, params string[] from)
    {
        var status = booking["status"].AsText();
        if (!from.Contains(status))
            throw new ApiException(Answer.Error(428, "INVALID_BOOKING_STATUS", $"A booking that is {status} can't be {action}."));
    }

    private static JsonObject Find(ApiRequest request, SiteData data)
    {
        var id = request.RouteValue("id");

        // To a member, someone else's booking does not exist.
        if (!request.IsPrivileged && !IsOwn(request, data, data.Bookings.Get(id)))
            throw ApiException.NotFound("booking", id);
        return data.Bookings.GetAt(id, request.Json["revision"], "revision");
    }

    private static bool IsLocal(JsonNode? date) =>
        date.AsText() is { } text
        && DateTime.TryParseExact(
            text, ["yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.fff"], CultureInfo.InvariantCulture, DateTimeStyles.None,
            out _);

    private Answer Confirm(ApiRequest request, SiteData data)
    {
        var booking = Find(request, data);
        DemandStatus(booking, "confirmed", "PENDING", "CREATED", "WAITING_LIST");
        var before = booking.Copy();
        if (request.Json["paymentStatus"].AsText() is { } paymentStatus)
            booking["paymentStatus"] = paymentStatus;
        return Become(request, before, booking, "CONFIRMED", "confirmed");
    }

    private Answer Decline(ApiRequest request, SiteData data)
    {
        var booking = Find(request, data);
        DemandStatus(booking, "declined", "PENDING", "CREATED", "WAITING_LIST");
        var before = booking.Copy();
        if (request.Json["paymentStatus"].AsText() is { } paymentStatus)
            booking["paymentStatus"] = paymentStatus;
        return Become(request, before, booking, "DECLINED", "declined");
    }

    private Answer Cancel(ApiRequest request, SiteData data)
    {
        var booking = Find(request, data);
        DemandStatus(booking, "canceled", "PENDING", "CREATED", "WAITING_LIST", "CONFIRMED");
        return Become(request, booking.Copy(), booking, "CANCELED", "canceled");
    }

    private Answer Reschedule(ApiRequest request, SiteData data)
    {
        var booking = Find(request, data);
        DemandStatus(booking, "rescheduled", "PENDING", "CREATED", "CONFIRMED");
        if (request.Json["slot"] is not JsonObject slot)
            throw ApiException.Violation("slot", "must be an object");
        foreach (var name in new[] { "startDate", "endDate" })
        {
            if (!IsLocal(slot[name]))
                throw ApiException.Violation($"slot.{name}", "must be a local date and time without an offset", "FORMAT");
        }

        if (slot["timezone"].AsText() is null)
            throw ApiException.Violation("slot.timezone", "must not be empty");
        var before = booking.Copy();
        if (booking["bookedEntity"] is not JsonObject)
            booking["bookedEntity"] = new JsonObject();
        booking["bookedEntity"]!["slot"] = slot.DeepClone();
        return Become(request, before, booking, booking["status"].AsText()!, "rescheduled"); // every booking has a status
    }

    private Answer Become(ApiRequest request, JsonObject before, JsonObject booking, string status, string slug)
    {
        booking["status"] = status;
        Shelf.Touch(booking, time);
        var body = new JsonObject
        {
            ["booking"] = booking.DeepClone(),
            ["previousStatus"] = before["status"]?.DeepClone(),
            ["previousBookedEntity"] = slug == "rescheduled" ? before["bookedEntity"]?.DeepClone() : null,
        };
        request.Raise(EmulatedEvent.Action(Entities.Booking, slug, request.RouteValue("id"), body));
        request.Raise(Entities.Updated(Entities.Booking, before, booking));
        return Answer.Json(new JsonObject { ["booking"] = booking.DeepClone() });
    }
}
