namespace Endpoints.Wix;

/// <summary>Represents the address of a business.</summary>
public sealed record SiteAddress
{
    /// <summary>Gets the street.</summary>
    public string? Street { get; init; }

    /// <summary>Gets the street number.</summary>
    public string? StreetNumber { get; init; }

    /// <summary>Gets the city.</summary>
    public string? City { get; init; }

    /// <summary>Gets the postal code.</summary>
    public string? Zip { get; init; }

    /// <summary>Gets the state or region.</summary>
    public string? State { get; init; }

    /// <summary>Gets the two-letter country code.</summary>
    public string? Country { get; init; }

    /// <summary>Gets the address on one line.</summary>
    public string? GooglePlaceFormattedAddress { get; init; }
}
