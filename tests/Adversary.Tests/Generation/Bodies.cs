using System.IO.Compression;
using System.Text;
using Adversary.Tests.Requests;

namespace Adversary.Tests.Generation;

/// <summary>Bodies: what surfaces take, and what they should not.</summary>
internal static class Bodies
{
    private const string Boundary = "adversary";

    private static readonly string[] Extras =
    [
        """ "caller":{"kind":"App","id":"{{id:user}}"} """, """ "kind":8,"id":"{{id:grace}}" """,
        """ "instanceId":"{{instance:user-elsewhere}}" """, """ "Quantity":2 """,
        """ "note":"a","note":"b" """, """ "address":{"street":null,"floors":[1,2,3]} """, """ "address":{"street":"x","x":1} """,
        """ "quantity":"3" """, """ "__proto__":{} """,
        """ "$type":"System.Object" """, """ "note":"\u0000\ud800" """, """ "quantity":1e400 """, """ "note":null """,
        """ "caller":null """,
    ];

    private static readonly string[] Odd =
    [
        "", "null", "[]", "{}", "\"text\"", "{", "{\"quantity\":3}{\"quantity\":4}", "\u00ef\u00bb\u00bf{\"quantity\":3}",
        "{\"quantity\":3}\0", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
        "{\"quantity\":3,}", "/**/{\"quantity\":3}", "\u00fe\u00ff\0{\0}", "{\"address\":{\"floors\":[" + "9999999999]}}", "\u00c0\u00af",
        "{\"note\":\"\u00ff\u00fe\"}",
    ];

    private static readonly string[] Types =
    [
        "application/json", "text/json", "application/json; charset=utf-16", "application/json; charset=x", "application/problem+json",
        "text/plain", "application/x-www-form-urlencoded",
        "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=" + Boundary, "application/xml", "",
        "application/json, text/plain", "APPLICATION/JSON", ";",
        "application/octet-stream", "application/x-msgpack",
    ];

    public static (string Type, string Body) Plain(Content content) => content switch
    {
        Content.Json => ("application/json", """{"quantity":3}"""),
        Content.Form => ("application/x-www-form-urlencoded", "quantity=3&note=x"),
        Content.File => ("multipart/form-data; boundary=" + Boundary, Multipart("file", "; filename=\"a.txt\"", "content")),
        Content.Bytes => ("application/octet-stream", "bytes"),
        Content.Socket => ("", "hello\nagain"),
        _ => ("application/octet-stream", ""),
    };

    /// <summary>Another body, another type, or another way to pack it.</summary>
    public static Shot Tamper(Shot shot, Choices choices)
    {
        if (shot.Value("content-length") is null || shot.IsUpgrade)
            return shot.Method == "GET" && choices.Chance(0.3)
                ? shot.With(new Field("Content-Type", "application/json"),
                    new("Content-Length", "{{length}}")) with { Body = Text(choices) } : shot;
        return choices.Number(0, 5) switch
        {
            0 => shot with { Body = Text(choices) },
            1 => shot.Without("content-type").With("Content-Type", choices.Pick(Types)),
            2 => shot.Without("content-type").With("Content-Type", choices.Pick(Types)) with { Body = Text(choices) },
            3 => Packed(shot, choices),
            4 => shot with { Body = Form(choices) },
            _ => shot.With("Content-Type", choices.Pick(Types)),
        };
    }

    private static string Text(Choices choices) => choices.Number(0, 4) switch
    {
        0 => choices.Pick(Odd),
        1 => new string('[', choices.Number(1, 5000)),
        2 => choices.Bytes(choices.Number(0, 200)),
        3 => $$"""{"quantity":3,{{string.Join(',', Enumerable.Range(0, choices.Number(1, 3)).Select(_ => choices.Pick(Extras).Trim()))}}}""",
        _ => $$"""{"quantity":{{choices.Number(-1, 101)}},"note":"{{new string('x', choices.Number(0, 300))}}"}""",
    };

    private static string Form(Choices choices) => choices.Number(0, 3) switch
    {
        0 => "caller.Kind=App&caller.Id={{id:user}}&quantity=3&quantity=4",
        1 => "kind=App&id={{id:grace}}&Kind=8&note=%00%ff%u1234",
        2 => Multipart("caller.Kind", "", "App") + Multipart("quantity", "", "3"),
        _ => string.Join('&', Enumerable.Range(0, choices.Number(1, 1200)).Select(static number => $"f{number}=1")),
    };

    private static Shot Packed(Shot shot, Choices choices)
    {
        var text = choices.Chance(0.3) ? $$"""{"note":"{{new string('x', choices.Number(1, 30) << 20)}}"}""" : shot.Body;
        using var packed = new MemoryStream();
        var coding = choices.Pick("gzip", "br", "deflate");
        using (Stream packer = coding == "gzip" ? new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)
            : coding == "br" ? new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true)
                : new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            packer.Write(Encoding.Latin1.GetBytes(text));
        }

        var bytes = Encoding.Latin1.GetString(packed.ToArray());
        return shot.With("Content-Encoding", choices.Pick(coding, coding, "gzip, gzip", "identity", "x")) with { Body = choices.Chance(0.2)
            ? bytes[..(bytes.Length / 2)] : bytes };
    }

    private static string Multipart(string name, string more, string content) =>
        $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{content}\r\n--{Boundary}--\r\n";
}
