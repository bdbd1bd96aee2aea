using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Endpoints.Wix.Elevation;

/// <summary>The key of a client's address: of the connection, which a header can't change.</summary>
internal readonly struct ClientAddress : IEquatable<ClientAddress>
{
    private readonly AddressFamily _family;
    private readonly ulong _network;

    private ClientAddress(AddressFamily family, ulong network)
    {
        _family = family;
        _network = network;
    }

    public static ClientAddress Of(IPAddress? address)
    {
        if (address is null)
            return default;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return new(AddressFamily.InterNetwork, BinaryPrimitives.ReadUInt32BigEndian(bytes));
        return address.IsIPv4MappedToIPv6
            ? new(AddressFamily.InterNetwork, BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]))
            : new(AddressFamily.InterNetworkV6, BinaryPrimitives.ReadUInt64BigEndian(bytes)); // one customer has a whole network of 64 bits, and as many addresses as they like
    }

    public bool Equals(ClientAddress other) => _network == other._network && _family == other._family;

    public override bool Equals(object? obj) => obj is ClientAddress other && Equals(other);

    // Seeded: nobody can choose networks whose hashes collide.
    public override int GetHashCode() => HashCode.Combine((int)_family, _network);

    /// <summary>The address of version 4, or the network of version 6, for logs.</summary>
    public override string ToString()
    {
        if (_family == default)
            return "unknown";
        if (_family == AddressFamily.InterNetworkV6)
            return _network.ToString("X16", CultureInfo.InvariantCulture);
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)_network);
        return new IPAddress(bytes).ToString();
    }
}
