using FluentValidation;

namespace GuardedSite;

/// <summary>The new quantity of an item in a basket.</summary>
public sealed record BasketChange(string Item, int Count);

internal sealed class BasketChangeValidator : AbstractValidator<BasketChange>
{
    public BasketChangeValidator()
    {
        RuleFor(change => change.Item).NotEmpty().MaximumLength(40);
        RuleFor(change => change.Count).InclusiveBetween(0, 99);
    }
}
