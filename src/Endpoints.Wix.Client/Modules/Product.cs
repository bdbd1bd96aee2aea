namespace Endpoints.Wix.Modules;

/// <summary>Represents a product of the site's store.</summary>
public sealed record Product
{
    /// <summary>Gets the id of the product.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the revision of the product, which an update must name.</summary>
    public string? Revision { get; init; }

    /// <summary>Gets the name of the product.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the part of the product page's address that identifies the product.</summary>
    public string? Slug { get; init; }

    /// <summary>Gets the type of the product, <c>PHYSICAL</c> or <c>DIGITAL</c>.</summary>
    public string? ProductType { get; init; }

    /// <summary>Gets a value that indicates whether the product is visible to visitors.</summary>
    public bool? Visible { get; init; }

    /// <summary>Gets the description of the product, in HTML.</summary>
    public string? PlainDescription { get; init; }

    /// <summary>Gets the lowest and the highest price of the product's variants.</summary>
    public ProductPriceRange? ActualPriceRange { get; init; }
}
