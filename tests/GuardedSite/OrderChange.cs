using FluentValidation;

namespace GuardedSite;

/// <summary>What may be changed of an order.</summary>
public sealed record OrderChange(string Note);

internal sealed class OrderChangeValidator : AbstractValidator<OrderChange>
{
    public OrderChangeValidator() => RuleFor(change => change.Note).NotEmpty().MaximumLength(200);
}
