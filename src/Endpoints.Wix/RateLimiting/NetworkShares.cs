namespace Endpoints.Wix.RateLimiting;

/// <summary>Holds the multiples of a limit that the networks around a network of 64 bits have, for all clients in them together.</summary>
/// <param name="Of56">The multiple for a network of 56 bits, which most customers have.</param>
/// <param name="Of48">
/// The multiple for a network of 48 bits, which companies and hosts have, as do many customers of a mobile network together.
/// </param>
internal readonly record struct NetworkShares(int Of56, int Of48)
{
    public static NetworkShares Of(WixOptions options) => new(options.IPv6Prefix56Share, options.IPv6Prefix48Share);
}
