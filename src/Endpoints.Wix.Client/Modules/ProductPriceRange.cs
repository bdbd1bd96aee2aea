namespace Endpoints.Wix.Modules;

/// <summary>Represents the lowest and the highest price of a product's variants.</summary>
public sealed record ProductPriceRange
{
    /// <summary>Gets the lowest price.</summary>
    public ProductPrice? MinValue { get; init; }

    /// <summary>Gets the highest price.</summary>
    public ProductPrice? MaxValue { get; init; }
}
