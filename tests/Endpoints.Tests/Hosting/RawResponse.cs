using System.Globalization;
using System.Text;

namespace Endpoints.Tests.Hosting;

/// <summary>An answer as it came over the wire.</summary>
public sealed record RawResponse(int Status, string Reason, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public string? Header(string name) =>
        Headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value)
            .FirstOrDefault();

    public IEnumerable<string> All(string name) =>
        Headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value);

    public static RawResponse Parse(byte[] bytes, bool isHead)
    {
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return new RawResponse(0, "no answer", [], bytes);

        var lines = Encoding.Latin1.GetString(bytes, 0, end).Split("\r\n");
        var first = lines[0].Split(' ', 3);
        var headers = lines.Skip(1).Select(line => line.Split(':', 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1].Trim()))
            .ToArray();
        var response = new RawResponse(int.Parse(first[1], CultureInfo.InvariantCulture), first.Length > 2 ? first[2] : "", headers,
            bytes[(end + 4)..]);
        return !isHead && response.Header("transfer-encoding") == "chunked" ? response with { Body = Unchunk(response.Body) } : response;
    }

    private static byte[] Unchunk(byte[] body)
    {
        var whole = new List<byte>();
        var rest = body.AsSpan();
        while (rest.IndexOf("\r\n"u8) is var line and >= 0)
        {
            var size = int.Parse(Encoding.ASCII.GetString(rest[..line]), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0)
                break;
            whole.AddRange(rest.Slice(line + 2, size));
            rest = rest[(line + 2 + size + 2)..];
        }
        return [.. whole];
    }
}
