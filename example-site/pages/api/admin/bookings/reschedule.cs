using Endpoints.Wix;
using Endpoints.Wix.Bookings;
using ExampleSite;
using FluentValidation;

/// <summary>Moves a booking to another time of its time zone.</summary>
[Elevate(Callers.User, RateLimit = "60/1m", Only = [Bookings.Calls.RescheduleBooking])]
public static class RescheduleBooking
{
    private const string Local = "yyyy-MM-ddTHH:mm:ss";

    public static async Task<BookingAnswer> Post(Body body, ElevatedWixClient wix, CancellationToken cancellationToken)
    {
        var answer = await wix.Bookings.Bookings.RescheduleBookingAsync(body.Booking.BookingId, new()
        {
            StartDate = body.Start.ToString(Local),
            EndDate = body.End.ToString(Local),
            Timezone = body.TimeZone,
        }, new() { Revision = body.Booking.Revision }, cancellationToken);
        return new(answer.Booking?.Id, answer.Booking?.Status?.ToString(), answer.Booking?.Revision);
    }

    public sealed record Body(BookingBody Booking, DateTime Start, DateTime End, string TimeZone);

    internal sealed class BodyValidator : AbstractValidator<Body>
    {
        public BodyValidator()
        {
            RuleFor(static body => body.Booking).SetValidator(new BookingBodyValidator());
            RuleFor(static body => body.End).GreaterThan(static body => body.Start);
            RuleFor(static body => body.TimeZone).NotEmpty().MaximumLength(50);
        }
    }
}
