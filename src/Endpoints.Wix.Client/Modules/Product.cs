namespace Endpoints.Wix.Modules;

/// <summary>A product of the site's store.</summary>
public sealed record Product
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its revision, which an update has to name.</summary>
    public string? Revision { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Its part of the product page's address.</summary>
    public string? Slug { get; init; }

    /// <summary><c>PHYSICAL</c> or <c>DIGITAL</c>.</summary>
    public string? ProductType { get; init; }

    /// <summary>Whether visitors see it.</summary>
    public bool? Visible { get; init; }

    /// <summary>What it is, in HTML.</summary>
    public string? PlainDescription { get; init; }

    /// <summary>The lowest and the highest price of its variants.</summary>
    public ProductPriceRange? ActualPriceRange { get; init; }
}
