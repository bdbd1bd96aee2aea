namespace Endpoints.Wix;

/// <summary>A site's properties. What was not asked for, or is not set, is null.</summary>
public sealed record SitePropertiesValues
{
    /// <summary>What kind of site it is.</summary>
    public SiteCategories? Categories { get; init; }

    /// <summary>Language and country.</summary>
    public SiteLocale? Locale { get; init; }

    /// <summary>The site's language, two letters.</summary>
    public string? Language { get; init; }

    /// <summary>The currency of payments, three letters.</summary>
    public string? PaymentCurrency { get; init; }

    /// <summary>The time zone's IANA name.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The business's e-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>The business's telephone number.</summary>
    public string? Phone { get; init; }

    /// <summary>The business's fax number.</summary>
    public string? Fax { get; init; }

    /// <summary>The business's address.</summary>
    public SiteAddress? Address { get; init; }

    /// <summary>The site's name, as shown.</summary>
    public string? SiteDisplayName { get; init; }

    /// <summary>The business's name.</summary>
    public string? BusinessName { get; init; }

    /// <summary>The logo's address.</summary>
    public string? Logo { get; init; }

    /// <summary>What the business is about.</summary>
    public string? Description { get; init; }

    /// <summary>Opening hours.</summary>
    public BusinessSchedule? BusinessSchedule { get; init; }

    /// <summary>The address of the site's own domain.</summary>
    public string? ExternalSiteUrl { get; init; }

    /// <summary>Whether clicks are counted.</summary>
    public bool? TrackClicksAnalytics { get; init; }

    /// <summary>The company's registration.</summary>
    public string? CompanyId { get; init; }
}
