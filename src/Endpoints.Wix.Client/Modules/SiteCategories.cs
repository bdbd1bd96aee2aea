namespace Endpoints.Wix;

/// <summary>Represents the categories of a site.</summary>
public sealed record SiteCategories
{
    /// <summary>Gets the main category.</summary>
    public string? Primary { get; init; }

    /// <summary>Gets the other categories.</summary>
    public IReadOnlyList<string>? Secondary { get; init; }

    /// <summary>Gets the id of the term for the kind of business.</summary>
    public string? BusinessTermId { get; init; }
}
