namespace Endpoints.Listing;

/// <summary>Marks the list's own endpoint.</summary>
internal sealed class ListingMetadata
{
    public static ListingMetadata Instance { get; } = new();
}
