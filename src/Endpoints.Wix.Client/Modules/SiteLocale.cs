namespace Endpoints.Wix;

/// <summary>Represents a language and a country.</summary>
public sealed record SiteLocale
{
    /// <summary>Gets the two-letter language code.</summary>
    public string? LanguageCode { get; init; }

    /// <summary>Gets the two-letter country code.</summary>
    public string? Country { get; init; }
}
