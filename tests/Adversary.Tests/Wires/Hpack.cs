using System.Globalization;
using System.Text;

namespace Adversary.Tests.Wires;

/// <summary>As much of HPACK as it takes to write anything at all, and to read what a server without a dynamic table answers.</summary>
internal static class Hpack
{
    // RFC 7541, appendix A: those with a value that answers have, and the names of the rest.
    private static readonly string[] Names =
    [
        "", ":authority", ":method", ":method", ":path", ":path", ":scheme", ":scheme", ":status", ":status", ":status", ":status",
        ":status", ":status", ":status",
        "accept-charset", "accept-encoding", "accept-language", "accept-ranges", "accept", "access-control-allow-origin", "age", "allow",
        "authorization", "cache-control",
        "content-disposition", "content-encoding", "content-language", "content-length", "content-location", "content-range",
        "content-type", "cookie", "date", "etag", "expect",
        "expires", "from", "host", "if-match", "if-modified-since", "if-none-match", "if-range", "if-unmodified-since", "last-modified",
        "link", "location", "max-forwards",
        "proxy-authenticate", "proxy-authorization", "range", "referer", "refresh", "retry-after", "server", "set-cookie",
        "strict-transport-security", "transfer-encoding",
        "user-agent", "vary", "via", "www-authenticate",
    ];

    private static readonly string[] Statuses = ["200", "204", "206", "304", "400", "404", "500"];

    public static byte[] Write(IEnumerable<(string Name, string Value)> headers)
    {
        using var block = new MemoryStream();
        foreach (var (name, value) in headers)
        {
            block.WriteByte(0);
            WriteText(block, name);
            WriteText(block, value);
        }

        return block.ToArray();
    }

    public static List<(string Name, string Value)> Read(ReadOnlySpan<byte> block)
    {
        List<(string, string)> headers = [];
        var at = 0;
        while (at < block.Length)
        {
            var first = block[at];
            if ((first & 0x80) != 0)
            {
                var index = Number(block, ref at, 7);
                headers.Add((NameOf(index), index is >= 8 and <= 14 ? Statuses[index - 8] : ""));
            }
            else if ((first & 0xe0) == 0x20)
            {
                Number(block, ref at, 5);
            }
            else
            {
                var index = Number(block, ref at, (first & 0x40) != 0 ? 6 : 4);
                headers.Add((index == 0 ? Text(block, ref at) : NameOf(index), Text(block, ref at)));
            }
        }

        return headers;
    }

    private static string NameOf(int index) =>
        index < Names.Length ? Names[index] : "dynamic-" + index.ToString(CultureInfo.InvariantCulture);

    private static void WriteText(MemoryStream block, string text)
    {
        var length = text.Length;
        if (length < 127)
        {
            block.WriteByte((byte)length);
        }
        else
        {
            block.WriteByte(127);
            for (length -= 127; length >= 128; length >>= 7)
                block.WriteByte((byte)(length | 0x80));
            block.WriteByte((byte)length);
        }

        block.Write(Encoding.Latin1.GetBytes(text));
    }

    private static int Number(ReadOnlySpan<byte> block, ref int at, int bits)
    {
        var mask = (1 << bits) - 1;
        var number = block[at++] & mask;
        if (number < mask)
            return number;
        for (var shift = 0; at < block.Length; shift += 7)
        {
            number += (block[at] & 0x7f) << shift;
            if ((block[at++] & 0x80) == 0)
                break;
        }

        return number;
    }

    private static string Text(ReadOnlySpan<byte> block, ref int at)
    {
        var isCoded = (block[at] & 0x80) != 0;
        var length = Number(block, ref at, 7);
        var text = Encoding.Latin1.GetString(block.Slice(at, length));
        at += length;
        return isCoded ? "(coded)" : text;
    }
}
