using System.Globalization;
using System.Text;
using Adversary.Tests.Requests;

namespace Adversary.Tests.Generation;

/// <summary>Message framing that is wrong, repeated or missing. The bytes after a body may be another request.</summary>
internal static class Framing
{
    private const string Inner =
        "GET /admin/report?m={{marker}} HTTP/1.1\r\nHost: {{host}}\r\nAuthorization: {{token:user}}\r\nX-Marker: {{marker}}\r\n\r\n";

    public static Shot Tamper(Shot shot, Choices choices)
    {
        if (shot.IsUpgrade)
            return shot;
        var bare = shot.Without("content-length").Without("transfer-encoding");
        return choices.Number(0, 11) switch
        {
            0 => bare.With("Transfer-Encoding", "chunked") with { Body = Chunked(shot.Body, choices) },
            1 => shot.With("Transfer-Encoding", "chunked") with { Body = Chunked(shot.Body, choices) },
            2 => shot.With("Transfer-Encoding", "chunked") with { Body = "0\r\n\r\n" + Inner },
            3 => bare.With("Content-Length", choices.Pick("-1", "+1", "0x1", "1,1", "1 1", "99999999999999999999", "2000000", "1e1", "")),
            4 => shot.With("Content-Length", choices.Pick("0", "1", "{{length}}")),
            5 => bare.With("Transfer-Encoding",
                choices.Pick("xchunked", "chunked, identity", "identity", "gzip, chunked", " chunked", "chunked\t",
                    "CHUNKED")) with { Body = Chunked(shot.Body, choices) },
            6 => bare.With(new Field("Transfer-Encoding", "chunked"),
                new Field("Transfer-Encoding", "identity")) with { Body = Chunked(shot.Body, choices) },
            7 => bare.With(new Field("Transfer-Encoding", "chunked", choices.Pick(" : ", "\t:", ":\u000b")))
                .With("Content-Length", "{{length}}") with { Body = "0\r\n\r\n" + Inner },
            8 => bare,
            9 => shot with { Body = Inner },
            10 => shot with { Version = choices.Pick("HTTP/1.0", "HTTP/1.2", "HTTP/2.0", "HTTP/0.9", "http/1.1", "HTTP/1.1 x", "") },
            _ => bare.With("Content-Length",
                (Encoding.Latin1.GetByteCount(shot.Body) + choices.Number(-2, 3)).ToString(CultureInfo.InvariantCulture)),
        };
    }

    private static string Chunked(string body, Choices choices)
    {
        var text = new StringBuilder();
        // Sizes are counted when it is sent, so places must not be cut or grow: their text is written as one chunk of a body without them.
        body = body.Replace("{{", "", StringComparison.Ordinal).Replace("}}", "", StringComparison.Ordinal);
        for (var at = 0; at < body.Length;)
        {
            var size = Math.Min(choices.Number(1, Math.Max(1, body.Length)), body.Length - at);
            text.Append(CultureInfo.InvariantCulture,
                $"{size:x}{choices.Pick("", "", ";x", ";a=\"b\"", " ", ";\t")}\r\n{body.AsSpan(at, size)}\r\n");
            at += size;
        }

        return text.Append(
            choices.Pick("0\r\n\r\n", "0\r\n\r\n", "0\r\nAuthorization: {{token:user}}\r\n\r\n", "00000000\r\n\r\n",
                "0;x=y\r\nX-Marker: {{marker}}\r\n\r\n", "-1\r\n\r\n", "ffffffffffffffff\r\n", "0\n\n", "")).ToString();
    }
}
