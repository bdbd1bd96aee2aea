namespace Endpoints.Wix;

/// <summary>A language and a country.</summary>
public sealed record SiteLocale
{
    /// <summary>The language, two letters.</summary>
    public string? LanguageCode { get; init; }

    /// <summary>The country, two letters.</summary>
    public string? Country { get; init; }
}
