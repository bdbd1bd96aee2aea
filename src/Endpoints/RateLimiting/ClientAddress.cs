using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Endpoints.RateLimiting;

/// <summary>Represents the key of a client's address, which comes from the connection, so that a header can't change it.</summary>
/// <remarks>
/// The holder of an IPv6 address can use any number of others. So an IPv6 address counts as its network of 64 bits and as the larger
/// networks around it (<see cref="Within"/>). An address that only carries an IPv4 address through a tunnel or a translator counts as that
/// address: the client can choose the rest. ISATAP is excluded: the owner of a network of 64 bits can write any IPv4 address into it.
/// Interfaces (<c>%eth0</c>) are ignored.
/// </remarks>
internal readonly struct ClientAddress : IEquatable<ClientAddress>
{
    private readonly Kind _kind;
    private readonly byte _bits;
    private readonly ulong _network;

    private ClientAddress(Kind kind, int bits, ulong network)
    {
        _kind = kind;
        _bits = (byte)bits;
        _network = network;
    }

    private enum Kind : byte
    {
        /// <summary>The client's address is unknown.</summary>
        Unknown,

        /// <summary>The client is on this machine, behind a Unix socket.</summary>
        Local,

        V4,
        V6,
    }

    /// <summary>Gets a value that indicates whether it is an IPv6 network, which is part of larger ones.</summary>
    public bool IsV6 => _kind == Kind.V6;

    /// <summary>Gets the length of the network, in IPv6 bits.</summary>
    public int Bits => _bits;

    /// <summary>
    /// Gets the number of a network far larger than one customer's. The addresses of a client with many addresses are in one such network.
    /// </summary>
    public ulong Neighbourhood => ((ulong)_kind << 56) | (_kind == Kind.V6 ? _network >> 32 : _network >> 16);

    public static ClientAddress Of(HttpContext context)
    {
        // The context would make an object for its connection.
        var address = context.Features.Get<IHttpConnectionFeature>()?.RemoteIpAddress;
        return address is null && context.Features.Get<IConnectionSocketFeature>()?.Socket.AddressFamily == AddressFamily.Unix
            ? new(Kind.Local, 0, 0)
            : Of(address);
    }

    public static ClientAddress Of(IPAddress? address)
    {
        if (address is null)
            return default;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return new(Kind.V4, 32, BinaryPrimitives.ReadUInt32BigEndian(bytes));
        return TryUnwrap(bytes, out var inner)
            ? new(Kind.V4, 32, inner)
            : new(Kind.V6, 64, BinaryPrimitives.ReadUInt64BigEndian(bytes));
    }

    /// <summary>Returns the network of the specified length that contains this IPv6 network.</summary>
    public ClientAddress Within(int bits) => new(Kind.V6, bits, _network & (ulong.MaxValue << (64 - bits)));

    public bool Equals(ClientAddress other) => _network == other._network && _kind == other._kind && _bits == other._bits;

    public override bool Equals(object? obj) => obj is ClientAddress other && Equals(other);

    public override int GetHashCode() => GetHashCode(0);

    /// <summary>
    /// The hash of an address together with something else. Seeded, each half of the network by itself: nobody can choose networks whose
    /// hashes collide.
    /// </summary>
    public int GetHashCode(int other) =>
        HashCode.Combine(other ^ ((int)_kind << 24) ^ ((int)_bits << 16), (int)(_network >> 32), (int)_network);

    /// <summary>Returns the IPv4 address or the IPv6 network, for logs.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        switch (_kind)
        {
            case Kind.Unknown:
                return "unknown";
            case Kind.Local:
                return "local";
            case Kind.V4:
                BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)_network);
                return new IPAddress(bytes[..4]).ToString();
            default:
                BinaryPrimitives.WriteUInt64BigEndian(bytes, _network);
                return $"{new IPAddress(bytes)}/{_bits.ToString(CultureInfo.InvariantCulture)}";
        }
    }

    private static bool TryUnwrap(ReadOnlySpan<byte> v6, out uint v4)
    {
        var head = BinaryPrimitives.ReadUInt64BigEndian(v6);
        var third = BinaryPrimitives.ReadUInt32BigEndian(v6[8..]);
        v4 = BinaryPrimitives.ReadUInt32BigEndian(v6[12..]);
        // mapped, translated, compatible; :: and ::1 are themselves
        if (head == 0 && (third is 0x0000FFFF or 0xFFFF0000 || (third == 0 && v4 > 1)))
            return true;
        if (head == 0x0064_FF9B_0000_0000 && third == 0) // NAT64
            return true;
        if (head >> 16 == 0x0064_FF9B_0001) // NAT64 with a network's own prefix, of 96 bits or else of 48
        {
            if (v4 == 0)
                v4 = (uint)((head & 0xFFFF) << 16) | ((third >> 8) & 0xFFFF);
            return true;
        }

        if (head >> 48 == 0x2002) // 6to4
        {
            v4 = (uint)(head >> 16);
            return true;
        }

        if (head >> 32 == 0x2001_0000) // Teredo
        {
            v4 = ~v4;
            return true;
        }

        return false;
    }
}
