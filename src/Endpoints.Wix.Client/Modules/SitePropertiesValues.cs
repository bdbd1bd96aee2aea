namespace Endpoints.Wix;

/// <summary>Represents the properties of a site. A property that was not requested, or is not set, is <see langword="null"/>.</summary>
public sealed record SitePropertiesValues
{
    /// <summary>Gets the categories of the site.</summary>
    public SiteCategories? Categories { get; init; }

    /// <summary>Gets the language and the country.</summary>
    public SiteLocale? Locale { get; init; }

    /// <summary>Gets the two-letter language code of the site.</summary>
    public string? Language { get; init; }

    /// <summary>Gets the three-letter code of the payment currency.</summary>
    public string? PaymentCurrency { get; init; }

    /// <summary>Gets the IANA name of the time zone.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Gets the email address of the business.</summary>
    public string? Email { get; init; }

    /// <summary>Gets the telephone number of the business.</summary>
    public string? Phone { get; init; }

    /// <summary>Gets the fax number of the business.</summary>
    public string? Fax { get; init; }

    /// <summary>Gets the address of the business.</summary>
    public SiteAddress? Address { get; init; }

    /// <summary>Gets the display name of the site.</summary>
    public string? SiteDisplayName { get; init; }

    /// <summary>Gets the name of the business.</summary>
    public string? BusinessName { get; init; }

    /// <summary>Gets the address of the logo.</summary>
    public string? Logo { get; init; }

    /// <summary>Gets the description of the business.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the opening hours.</summary>
    public BusinessSchedule? BusinessSchedule { get; init; }

    /// <summary>Gets the address of the site's own domain.</summary>
    public string? ExternalSiteUrl { get; init; }

    /// <summary>Gets a value that indicates whether clicks are tracked.</summary>
    public bool? TrackClicksAnalytics { get; init; }

    /// <summary>Gets the registration of the company.</summary>
    public string? CompanyId { get; init; }
}
