using System.ComponentModel.DataAnnotations;
using FluentValidation;

namespace Endpoints.Wix.Tests.Surfaces;

public sealed class OrderChange
{
    [Range(1, 100)]
    public int Quantity { get; set; }

    public OrderNote? Note { get; set; }
}

public sealed class OrderNote
{
    public string? Text { get; set; }
}

/// <summary>The same rule for minimal APIs and endpoint files, and one that only it has.</summary>
public sealed class OrderChangeValidator : AbstractValidator<OrderChange>
{
    public const string Shout = "Nobody shouts here.";

    public OrderChangeValidator()
    {
        RuleFor(change => change.Quantity).InclusiveBetween(1, 100);
        RuleFor(change => change.Note!.Text).MustAsync((text, _) => Task.FromResult(text != "LOUD")).WithMessage(Shout)
            .When(change => change.Note is not null);
    }
}
