namespace Endpoints.Wix.RateLimiting;

/// <summary>How often the networks around a network of 64 bits have a limit, for all that are in them.</summary>
/// <param name="Of56">A network of 56 bits, as most customers have.</param>
/// <param name="Of48">A network of 48 bits, as companies and hosts have, and many customers of a mobile network together.</param>
internal readonly record struct NetworkShares(int Of56, int Of48)
{
    public static NetworkShares Of(WixOptions options) => new(options.IPv6Prefix56Share, options.IPv6Prefix48Share);
}
