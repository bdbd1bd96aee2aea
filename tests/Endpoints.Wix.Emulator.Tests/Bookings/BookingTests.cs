using System.Net;
using System.Text.Json;

namespace Endpoints.Wix.Emulator.Tests.Bookings;

public sealed class BookingTests : EmulatorTest
{
    [Theory]
    [InlineData("/bookings/bookings-reader/v2")]
    [InlineData("/_api/bookings-reader/v2")]
    public async Task A_member_sees_their_own_bookings_and_the_app_all(string root)
    {
        var forMember =
            await Client.CallAsync($"POST {root}/extended-bookings/query", Member(0), new { withBookingAllowedActions = true }).JsonAsync();
        var forApp = await Client.CallAsync($"POST {root}/extended-bookings/query", AppToken(), new { }).JsonAsync();

        var own = Assert.Single(forMember.GetProperty("extendedBookings").EnumerateArray());
        Assert.Equal("Barista course", own.Text("booking", "bookedEntity", "title"));
        Assert.True(own.GetProperty("allowedActions").GetProperty("cancel").GetBoolean());
        Assert.Equal(2, forApp.GetProperty("extendedBookings").GetArrayLength());
    }

    [Theory]
    [InlineData("/bookings/v2/bookings")]
    [InlineData("/_api/bookings-service/v2/bookings")]
    public async Task A_pending_booking_is_confirmed_once(string root)
    {
        var id = Id(0);

        var confirmed = await CallAsync($"{root}/{id}/confirm", new { bookingId = id, revision = "1", paymentStatus = "PAID" });
        using var again = await Client.CallAsync($"POST {root}/{id}/confirm", AppToken(), new { revision = "2" });

        Assert.Equal(("CONFIRMED", "PAID", "2"),
            (confirmed.Text("booking", "status"), confirmed.Text("booking", "paymentStatus"), confirmed.Text("booking", "revision")));
        Assert.Equal(HttpStatusCode.PreconditionRequired, again.StatusCode);
    }

    [Fact]
    public async Task Declining_and_cancelling_need_the_current_revision()
    {
        using var missing = await Client.CallAsync($"POST /bookings/v2/bookings/{Id(0)}/decline", AppToken(), new { });
        using var stale = await Client.CallAsync($"POST /bookings/v2/bookings/{Id(0)}/cancel", AppToken(), new { revision = "7" });
        var declined = await CallAsync($"/bookings/v2/bookings/{Id(0)}/decline", new { revision = "1" });

        Assert.Equal(HttpStatusCode.BadRequest, missing.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        Assert.Equal("DECLINED", declined.Text("booking", "status"));
    }

    [Fact]
    public async Task A_member_cancels_their_own_booking_only_and_confirms_none()
    {
        using var own = await Client.CallAsync($"POST /bookings/v2/bookings/{Id(0)}/cancel", Member(0), new { revision = "1" });
        using var other = await Client.CallAsync($"POST /bookings/v2/bookings/{Id(1)}/cancel", Member(0), new { revision = "1" });
        using var confirm = await Client.CallAsync($"POST /bookings/v2/bookings/{Id(0)}/confirm", Member(0), new { revision = "1" });

        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, confirm.StatusCode);
    }

    [Theory]
    [InlineData("2026-12-24T10:00:00", HttpStatusCode.OK)]
    [InlineData("2026-12-24T10:00", HttpStatusCode.OK)]
    [InlineData("2026-12-24T10:00:00Z", HttpStatusCode.BadRequest)]
    [InlineData("2026-12-24T10:00:00+01:00", HttpStatusCode.BadRequest)]
    [InlineData("tomorrow", HttpStatusCode.BadRequest)]
    public async Task A_slot_has_local_times(string start, HttpStatusCode status)
    {
        using var response = await Client.CallAsync(
            $"POST /bookings/v2/bookings/{Id(0)}/reschedule", AppToken(),
            new { revision = "1", slot = new { startDate = start, endDate = "2026-12-24T12:00:00", timezone = "Europe/Dublin" } });

        Assert.Equal(status, response.StatusCode);
    }

    private string Id(int index) => (string)Wix.Site.Entities(EmulatedEntityKind.Booking)[index]["id"]!;

    private string Member(int index) => Wix.IssueToken(EmulatedIdentity.Member(Wix.Site.Members[index].Id));

    private Task<JsonElement> CallAsync(string path, object body) => Client.CallAsync($"POST {path}", AppToken(), body).JsonAsync();
}
