using FluentValidation;

namespace Adversary.Site.Work;

public sealed record OrderChange(int Quantity, string? Note, OrderAddress? Address);

public sealed record OrderAddress(string? Street, int[]? Floors);

internal sealed class OrderChangeValidator : AbstractValidator<OrderChange>
{
    public OrderChangeValidator()
    {
        RuleFor(static change => change.Quantity).InclusiveBetween(1, 100);
        RuleFor(static change => change.Note).MaximumLength(200);
    }
}
