namespace Endpoints.Wix;

/// <summary>What kind of site it is.</summary>
public sealed record SiteCategories
{
    /// <summary>The main category.</summary>
    public string? Primary { get; init; }

    /// <summary>Further categories.</summary>
    public IReadOnlyList<string>? Secondary { get; init; }

    /// <summary>The term of the business's kind.</summary>
    public string? BusinessTermId { get; init; }
}
