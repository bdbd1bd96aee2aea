using System.Text.Json.Serialization;
using FluentValidation;

namespace Endpoints.Validation.Tests.Validation;

public sealed record Order(
    string? Customer,
    Address? Address = null,
    IReadOnlyList<Item>? Items = null,
    Dictionary<string, Price>? Prices = null,
    [property: JsonPropertyName("e-mail")] string? Email = "a@b",
    [property: JsonPropertyName("x.y")] string? Odd = "",
    Payment? Payment = null);

public sealed record Address(string? ZipCode);

public sealed record Item(decimal Price);

public sealed record Price(decimal Amount);

[JsonDerivedType(typeof(Card), "card")]
[JsonDerivedType(typeof(Cash), "cash")]
public abstract record Payment;

public sealed record Card([property: JsonPropertyName("card_number")] string? Number) : Payment;

public sealed record Cash(int Coins) : Payment;

internal sealed class OrderValidator : AbstractValidator<Order>
{
    public OrderValidator()
    {
        RuleFor(order => order.Customer).NotEmpty().WithMessage("missing");
        RuleFor(order => order.Email).Must(email => email is null || email.Contains('@')).WithMessage("no address");
        RuleFor(order => order.Odd).Empty().WithMessage("odd");
        RuleFor(order => order.Address!.ZipCode).Length(5).WithMessage("five").When(order => order.Address is not null);
        RuleForEach(order => order.Items).SetValidator(new ItemValidator());
        RuleForEach(order => order.Prices)
            .ChildRules(price => price.RuleFor(pair => pair.Value.Amount).GreaterThan(0).WithMessage("positive"));
        RuleFor(order => order.Payment!).SetInheritanceValidator(kinds => kinds.Add(new CardValidator()));
        RuleFor(order => order).Must(order => order.Customer != "nobody").WithMessage("whole").OverridePropertyName("");
        RuleFor(order => order.Customer).Must(customer => customer != "custom").WithMessage("own").OverridePropertyName("Who Is It");
        RuleFor(order => order.Customer).NotEqual("warn").WithSeverity(Severity.Warning);
    }
}

internal sealed class ItemValidator : AbstractValidator<Item>
{
    public ItemValidator() => RuleFor(item => item.Price).GreaterThan(0).WithMessage("positive");
}

internal sealed class CardValidator : AbstractValidator<Card>
{
    public CardValidator() => RuleFor(card => card.Number).NotEmpty().WithMessage("missing");
}
