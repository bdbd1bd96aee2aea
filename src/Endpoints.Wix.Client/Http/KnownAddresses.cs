namespace Endpoints.Wix.Http;

/// <summary>Keeps the addresses of paths that were called lately: most handlers call the same ones with each request.</summary>
/// <remarks>Thread-safe. Each path has one place, which it takes from whichever path had it.</remarks>
/// <param name="origin">The origin of Wix's API.</param>
internal sealed class KnownAddresses(Uri origin)
{
    private readonly Uri?[] _addresses = new Uri?[64];

    /// <summary>Returns the address of a path.</summary>
    /// <exception cref="ArgumentException">The path is not one, or does not stay as it is written.</exception>
    public Uri Of(string path)
    {
        ref var place = ref _addresses[path.Length % _addresses.Length];
        // A path that was accepted is its address's path and query, unchanged.
        return place is { } known && known.PathAndQuery == path ? known : place = WixAddress.On(origin, path);
    }
}
