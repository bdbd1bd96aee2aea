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

/// <summary>The same rule for minimal APIs and endpoint files.</summary>
public sealed class OrderChangeValidator : AbstractValidator<OrderChange>
{
    public OrderChangeValidator() => RuleFor(change => change.Quantity).InclusiveBetween(1, 100);
}
