using Endpoints.Wix.Modules;

namespace Endpoints.Wix;

/// <summary>Represents the profile of a business. In an update, <see langword="null"/> leaves a property unchanged.</summary>
public sealed record BusinessProfile
{
    /// <summary>Gets the display name of the site.</summary>
    public string? SiteDisplayName { get; init; }

    /// <summary>Gets the name of the business.</summary>
    public string? BusinessName { get; init; }

    /// <summary>Gets the address of the logo.</summary>
    public string? Logo { get; init; }

    /// <summary>Gets the description of the business.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the registration of the company.</summary>
    public string? CompanyId { get; init; }

    /// <summary>Returns the names of the properties that are set, in Wix's format.</summary>
    internal string Mask() => FieldMask.Of(
        ("siteDisplayName", SiteDisplayName), ("businessName", BusinessName), ("logo", Logo), ("description", Description),
        ("companyId", CompanyId));
}
