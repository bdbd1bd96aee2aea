using Endpoints.Wix;
using Endpoints.Wix.Bookings;
using ExampleSite;

/// <summary>Confirms a booking. A revision that somebody else has changed is answered 409.</summary>
[Elevate(Callers.User, RateLimit = "60/1m", Only = [Bookings.Calls.ConfirmBooking])]
public static class ConfirmBooking
{
    public static async Task<BookingAnswer> Post(BookingBody body, ElevatedWixClient wix, CancellationToken cancellationToken)
    {
        var answer = await wix.Bookings.Bookings.ConfirmBookingAsync(body.BookingId, body.Revision, cancellationToken: cancellationToken);
        return new(answer.Booking?.Id, answer.Booking?.Status?.ToString(), answer.Booking?.Revision);
    }
}
