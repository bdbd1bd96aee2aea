using System.Globalization;
using System.Net;

namespace Endpoints.RateLimiting.Configured;

/// <summary>
/// Represents addresses: one, several with commas between them, a network with its length or mask, or the first and the last with a hyphen.
/// </summary>
internal sealed class ConfiguredRange
{
    private readonly List<(int Length, UInt128 First, UInt128 Last)> _parts = [];

    /// <exception cref="FormatException">The text is malformed.</exception>
    public ConfiguredRange(string text)
    {
        foreach (var part in text.Replace(" ", "", StringComparison.Ordinal).Split(','))
            _parts.Add(Read(part) ?? throw new FormatException(
                $"'{text}' is not an address, such as \"192.0.2.1\", a network, such as \"192.0.2.0/24\", or a range, such as "
                + "\"192.0.2.1-192.0.2.9\"."));
    }

    /// <summary>Determines whether an address is one of these. An IPv4 address that is mapped into IPv6 is an IPv4 address.</summary>
    public bool Contains(IPAddress address)
    {
        var (length, number) = Number(address);
        return _parts.Exists(part => part.Length == length && part.First <= number && number <= part.Last);
    }

    private static (int Length, UInt128 First, UInt128 Last)? Read(string part)
    {
        if (part.Split('-') is [var from, var to])
        {
            if (!IPAddress.TryParse(from, out var first) || !IPAddress.TryParse(to, out var last))
                return null;
            var (low, high) = (Number(first), Number(last));
            return low.Length == high.Length && low.Value <= high.Value ? (low.Length, low.Value, high.Value) : null;
        }

        var words = part.Split('/');
        if (words.Length > 2 || !IPAddress.TryParse(words[0], out var address))
            return null;
        var (length, number) = Number(address);
        if (words.Length == 1)
            return (length, number, number);
        if (Bits(words[1], length, address) is not { } bits)
            return null;
        var rest = bits == 0 && length == 128 ? UInt128.MaxValue : (UInt128.One << (length - bits)) - 1;
        return (length, number & ~rest, number | rest);
    }

    // What stands behind the length is left out, as by those who write an address with the length of its network.
    private static int? Bits(string text, int length, IPAddress address)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bits))
        {
            if (length == 32 && address.IsIPv4MappedToIPv6)
                bits -= 96;
            return bits >= 0 && bits <= length ? bits : null;
        }

        if (!IPAddress.TryParse(text, out var mask))
            return null;
        var (own, value) = Number(mask);
        if (own != length)
            return null;
        var ones = length - (int)UInt128.TrailingZeroCount(length == 128 ? value : value | (UInt128.One << 32));
        return ones >= 0 && UInt128.PopCount(value) == (UInt128)ones ? ones : value == 0 ? 0 : null;
    }

    private static (int Length, UInt128 Value) Number(IPAddress address)
    {
        var bytes = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes();
        var value = UInt128.Zero;
        foreach (var one in bytes)
            value = (value << 8) | one;
        return (bytes.Length * 8, value);
    }
}
