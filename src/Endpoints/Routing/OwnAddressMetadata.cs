namespace Endpoints.Routing;

/// <summary>Marks an address that comes with these packages: it does not make the folder that it lies in the application's.</summary>
internal sealed class OwnAddressMetadata
{
    public static OwnAddressMetadata Instance { get; } = new();
}
