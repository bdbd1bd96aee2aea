using FluentValidation;

namespace Benchmarks.Requests;

public sealed record ValidatedOrder(string Customer, int Quantity, string[] Items);

public sealed class ValidatedOrderValidator : AbstractValidator<ValidatedOrder>
{
    public ValidatedOrderValidator()
    {
        RuleFor(order => order.Customer).NotEmpty();
        RuleFor(order => order.Quantity).InclusiveBetween(1, 100);
    }
}
