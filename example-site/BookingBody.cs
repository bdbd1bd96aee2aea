using FluentValidation;

namespace ExampleSite;

/// <summary>Says which booking is meant, and which revision of it the Wix user saw.</summary>
public sealed record BookingBody(string BookingId, string Revision);

/// <summary>Tells how a booking is now.</summary>
public sealed record BookingAnswer(string? Booking, string? Status, string? Revision);

internal sealed class BookingBodyValidator : AbstractValidator<BookingBody>
{
    public BookingBodyValidator()
    {
        RuleFor(static body => body.BookingId).Must(static id => Guid.TryParse(id, out _));
        RuleFor(static body => body.Revision).Matches("^[0-9]{1,19}$");
    }
}
