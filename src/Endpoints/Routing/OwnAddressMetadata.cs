namespace Endpoints.Routing;

/// <summary>Marks an address that these packages add. It does not make its folder belong to the application.</summary>
internal sealed class OwnAddressMetadata
{
    public static OwnAddressMetadata Instance { get; } = new();
}
