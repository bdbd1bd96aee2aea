using FluentValidation;

namespace GuardedSite;

/// <summary>The properties of an order that may be changed.</summary>
public sealed record OrderChange(string Note);

internal sealed class OrderChangeValidator : AbstractValidator<OrderChange>
{
    public OrderChangeValidator() => RuleFor(change => change.Note).NotEmpty().MaximumLength(200);
}
