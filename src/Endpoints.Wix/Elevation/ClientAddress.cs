using System.Net;
using System.Net.Sockets;

namespace Endpoints.Wix.Elevation;

/// <summary>The key of a client's address: of the connection, which a header can't change.</summary>
internal static class ClientAddress
{
    public static string Of(IPAddress? address)
    {
        if (address is null)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address.ToString();

        // One customer has a whole network of 64 bits, and as many addresses as they like.
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return Convert.ToHexString(bytes[..8]);
    }
}
