namespace Endpoints.Wix;

/// <summary>A business's address.</summary>
public sealed record SiteAddress
{
    /// <summary>The street.</summary>
    public string? Street { get; init; }

    /// <summary>The number in the street.</summary>
    public string? StreetNumber { get; init; }

    /// <summary>The town.</summary>
    public string? City { get; init; }

    /// <summary>The postal code.</summary>
    public string? Zip { get; init; }

    /// <summary>The state or region.</summary>
    public string? State { get; init; }

    /// <summary>The country, two letters.</summary>
    public string? Country { get; init; }

    /// <summary>The address in one line.</summary>
    public string? GooglePlaceFormattedAddress { get; init; }
}
