using Endpoints.Wix.Modules;

namespace Endpoints.Wix;

/// <summary>A business's profile. In an update, null leaves a property as it is.</summary>
public sealed record BusinessProfile
{
    /// <summary>The site's name, as shown.</summary>
    public string? SiteDisplayName { get; init; }

    /// <summary>The business's name.</summary>
    public string? BusinessName { get; init; }

    /// <summary>The logo's address.</summary>
    public string? Logo { get; init; }

    /// <summary>What the business is about.</summary>
    public string? Description { get; init; }

    /// <summary>The company's registration.</summary>
    public string? CompanyId { get; init; }

    /// <summary>The names of the properties that are set, as Wix takes them.</summary>
    internal string Mask() => FieldMask.Of(
        ("siteDisplayName", SiteDisplayName), ("businessName", BusinessName), ("logo", Logo), ("description", Description), ("companyId", CompanyId));
}
