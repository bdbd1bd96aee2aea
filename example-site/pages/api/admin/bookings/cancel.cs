using Endpoints.Wix;
using Endpoints.Wix.Bookings;
using ExampleSite;

/// <summary>Cancels a booking.</summary>
[Elevate(Callers.User, RateLimit = "60/1m", Only = [Bookings.Calls.CancelBooking])]
public static class CancelBooking
{
    public static async Task<BookingAnswer> Post(BookingBody body, ElevatedWixClient wix, CancellationToken cancellationToken)
    {
        var answer = await wix.Bookings.Bookings.CancelBookingAsync(body.BookingId, new() { Revision = body.Revision }, cancellationToken);
        return new(answer.Booking?.Id, answer.Booking?.Status?.ToString(), answer.Booking?.Revision);
    }
}
