using FluentValidation;

namespace GuardedSite;

/// <summary>How many of an item a basket is to have.</summary>
public sealed record BasketChange(string Item, int Count);

internal sealed class BasketChangeValidator : AbstractValidator<BasketChange>
{
    public BasketChangeValidator()
    {
        RuleFor(change => change.Item).NotEmpty().MaximumLength(40);
        RuleFor(change => change.Count).InclusiveBetween(0, 99);
    }
}
