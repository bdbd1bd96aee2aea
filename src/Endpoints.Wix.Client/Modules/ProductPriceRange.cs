namespace Endpoints.Wix.Modules;

/// <summary>The lowest and the highest price of a product's variants.</summary>
public sealed record ProductPriceRange
{
    /// <summary>The lowest.</summary>
    public ProductPrice? MinValue { get; init; }

    /// <summary>The highest.</summary>
    public ProductPrice? MaxValue { get; init; }
}
