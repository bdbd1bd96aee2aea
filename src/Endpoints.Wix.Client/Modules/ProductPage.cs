namespace Endpoints.Wix.Modules;

/// <summary>A page of products.</summary>
public sealed record ProductPage
{
    /// <summary>The products.</summary>
    public required IReadOnlyList<Product> Items { get; init; }

    /// <summary>Where the next page begins; null on the last.</summary>
    public string? NextCursor { get; init; }
}
