namespace Endpoints.Wix.Modules;

/// <summary>Represents a page of products.</summary>
public sealed record ProductPage
{
    /// <summary>Gets the products on the page.</summary>
    public required IReadOnlyList<Product> Items { get; init; }

    /// <summary>Gets the cursor of the next page; <see langword="null"/> on the last page.</summary>
    public string? NextCursor { get; init; }
}
