using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Endpoints.Wix.Tests.Inputs;

/// <summary>A request as some client may send it.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Path">Its path, unescaped.</param>
/// <param name="Query">Its query, with the question mark; empty for none.</param>
/// <param name="Host">Its host.</param>
/// <param name="Headers">Its other headers.</param>
/// <param name="Body">Its body; null for none.</param>
/// <param name="Framing">How the body's length is told where it is sent as bytes.</param>
internal sealed record AnyRequest(
    string Method, string Path, string Query, string Host, IReadOnlyList<(string Name, string Value)> Headers, byte[]? Body, string Framing)
{
    private static readonly string[] Paths =
    [
        "/echo", "/echo/", "/bound/1", "/form", "/fields", "/read", "/links", "/go", "/again", "/checked", "/elevated", "/elevated/form",
        "/elevated/raw", "/caller", "/cookies", "/typed", "/download", "/uploads", "/values", "/deep",
        "/minimal", "/action", "/api/auth/login",
        "/api/auth/callback", "/api/auth/logout", "/api/install", "/api/install/callback", "/nothing", "/", "*",
    ];

    private static readonly string[] Words =
    [
        "", "a", "1", "-1", "0", "99999999999999999999", "1e400", "NaN", "true", "null", "{}", "[]", "{\"a\":1}", "{\"name\":1}", "\"", "'",
        "%", "%zz", "%00", "%2F", "%252F", "%C3%28", "%ED%A0%80", "é", "日本", "😀", "\ud800",
        "..", ".", "//", "\\", ";", "a;b=c", "a=b", "&", "=", "#", "?", "+", " ", "\t", "<script>", "2020-02-30",
        "0001-01-01T00:00:00+14:00", "00000000-0000-0000-0000-000000000000", "Open", "Open,Closed", "http://x", "//x",
        "javascript:1", "[::1]", "[", "]", "a[b][c]", "a[0].b", "a[99999999].b", "name", "Name", "NAME", "items[0].name",
        "x".PadRight(5000, 'x'),
    ];

    private static readonly string[] Types =
    [
        "application/json", "application/json; charset=utf-8", "application/json; charset=utf-16", "application/json; charset=none",
        "application/json;charset=\"", "application/json; charset=\"utf-8\"",
        "application/json; charset=utf-7", "text/plain", "application/problem+json", "",
        "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=none",
        "application/x-www-form-urlencoded; charset=utf-7", "application/x-www-form-urlencoded; charset=utf-16",
        "multipart/form-data; boundary=x; charset=utf-7", "multipart/form-data",
        "multipart/form-data; boundary=", "multipart/form-data; boundary=x", "multipart/form-data; boundary=\"x\"",
        "multipart/form-data; "
        + "boundary=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "/", "a", "*/*", "application/json, text/plain", "image/png",
    ];

    private static readonly Gen<string> Text =
        Gen.OneOf(Gen.Elements(Words), Gen.Elements(Words).Two().Select(static two => two.Item1 + two.Item2),
            ArbMap.Default.GeneratorFor<NonNull<string>>().Select(static text => text.Item));

    private static readonly Gen<string> Hosts = Gen.Elements(
        "localhost", "localhost", "localhost:80", "localhost:99999", "localhost:0", "a", "A.example", "a_b.example", "-a.example", "a..b",
        ".", "a.", "1.2.3.4", "1.2.3", "999.1.1.1", "0x7f.1", "[::1]", "[::1]:5", "[v1.x]", "xn--", "xn--zzzzzz",
        "xn--mnchen-3ya.de", "a%b", "%61", "!$&'()", "~", "*", "a,b", "a:b", ":80", "", "localhost:", "a".PadRight(70, 'a'),
        "a.".PadRight(300, 'a'), "user@host", "münchen.de");

    private static readonly Gen<(string Name, string Value)> Headers_ =
        from name in Gen.Elements(
            "Cookie", "Cookie", "Authorization", "Accept", "Origin", "Sec-Fetch-Site", "Referer", "X-Forwarded-For", "X-Forwarded-Proto",
            "X-Forwarded-Host", "If-None-Match", "If-Modified-Since", "Range", "Accept-Language", "Accept-Encoding",
            "Content-Encoding", "X-HTTP-Method-Override", "X-Page", "X-State", "Access-Control-Request-Method",
            "Access-Control-Request-Headers", "Forwarded", "traceparent", "baggage", "Content-Length-", "Date")
        from value in Gen.OneOf(
            Text,
            Gen.Elements(
                "a=b", "a=b; c=d; a=e", "a", "=", "wixSession=x", "wixSession=%7B%22tokens%22%3A1%7D", "__Host-wix=x; a=\"b\"",
                "a=%zz; b=%C3%28", "a={}", "a=%7B%22name%22:%22x%22%7D", "a=[1", "a=null", "a=%5B%5B%5B%5B%5B",
                "Bearer x", "Bearer OauthNG.JWS.x.y.z", "Basic x", "OauthNG.JWS.eyJ9", "null", "https://x.example",
                "http://",
                "cross-site", "same-origin", "bytes=0-1", "bytes=-", "W/\"x\"", "00-0-0-00", "1.2.3.4, [::1]:5", "for=\"[::1]\"",
                "text/event-stream", "gzip", "br;q=2"))
        select (name, value);

    private static readonly Gen<byte[]> Bodies = Gen.OneOf(
        Text.Select(Encoding.UTF8.GetBytes),
        ArbMap.Default.GeneratorFor<byte[]>(),
        Gen.Elements(
            "{\"name\":\"x\"}", "{\"name\":null}", "{\"name\":\"x\",\"name\":\"y\"}", "{\"items\":[{\"name\":\"x\"}],\"state\":99}",
            "{\"count\":1e99}", "{\"at\":\"2020-99-99\"}", "[1,2]", "[[[[[[[[[[", "{\"a\":", "\uFEFF{}", "null", "1", "\"\\ud800\"",
            "{\"\\ud800\":1}",
            "name=x&count=1", "name=%zz&count=%", "name=x&name=y&items[0].name=z", "=&=&&", "a[b][c]=d&a[b]=e",
            "items[1].name=x&items[99999].name=y", "count=&at=&state=",
            "--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nx\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; "
            + "filename=\"../a\"\r\n\r\nx\r\n--x--\r\n", "--x\r\n\r\n--x--", "--x\r\nContent-Disposition: form-data\r\n\r\nx\r\n--x--\r\n",
            "--x\r\nContent-Disposition: x; name=\r\nContent-Type: \r\n\r\n",
            "--x\r\nContent-Disposition: form-data; name=\"_charset_\"\r\n\r\nnone\r\n--x--\r\n",
            "--x\r\nContent-Type: text/plain; charset=none\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nx\r\n--x--\r\n",
            "--x\r\nContent-Type: text/plain; charset=utf-7\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nx\r\n--x--\r\n",
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename*=UTF-8''%ff%zz\r\nContent-Type: ;\r\n\r\nx\r\n--x--\r\n",
            "--x\r\nContent-Disposition: form-data; name=name\r\n" + string.Concat(Enumerable.Repeat("X: y\r\n", 30))
            + "\r\nx\r\n--x--\r\n",
            "{\"kind\":\"a\",\"kind\":\"b\",\"inner\":{\"kind\":\"a\"}}", "{\"kind\":99}",
            "{\"inner\":{\"inner\":{\"map\":{\"\":null,\"a\":{}}}}}",
            "map[a]=1&map[a]=2&map[]=3", "numbers[0]=1&numbers[0]=2&numbers[-1]=3", "file=x&files=y",
            "--x\r\n" + new string('a', 20000), "--xx--").Select(Encoding.UTF8.GetBytes),
        Gen.Elements(Encoding.Unicode.GetBytes("{\"name\":\"x\"}"), new byte[] { 0xC3, 0x28 }, "{\"name\":\"\xFF\"}"u8.ToArray(),
            new byte[70_000], Encoding.ASCII.GetBytes(string.Join('&', Enumerable.Range(0, 1500).Select(static i => $"a{i}=b")))));

    public static Gen<AnyRequest> Any { get; } =
        from method in Gen.Frequency((6, Gen.Elements("GET", "POST")), (2, Gen.Elements("PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")),
            (1, Gen.Elements("TRACE", "CONNECT", "QUERY", "PROPFIND", "get", "Post", "X", "!")))
        from path in Gen.Elements(Paths)
        from rest in Gen.Frequency((2, Gen.Constant("")), (1, Text.Select(static text => "/" + text)),
            (1, Text.Two().Select(static two => $"/{two.Item1}/{two.Item2}")))
        from names in Gen.Elements("name", "page", "at", "id", "state", "to", "how", "ids", "Page", "code", "returnToUrl", "appInstance",
            "instance", "uri", "span", "price", "flag", "c", "days", "numbers", "").ListOf()
        from values in Text.ListOf()
        from host in Hosts
        from headers in Headers_.ListOf()
        from type in Gen.Elements(Types)
        from hasBody in Gen.Elements(true, true, false)
        from body in Bodies
        from framing in Gen.Frequency((6, Gen.Constant("length")), (3, Gen.Constant("chunked")),
            (1, Gen.Elements("short", "long", "both", "twice", "broken chunk", "huge chunk", "trailer")))
        let query = names.Zip(values).Take(4).ToList()
        select new AnyRequest(
            method,
            path == "*" ? "*" : path + rest,
            query.Count == 0 ? "" : "?" + string.Join('&', query.Select(static pair => $"{pair.First}={pair.Second}")),
            host,
            [.. headers.Take(5), .. hasBody && type.Length > 0 ? new[] { ("Content-Type", type) } : []],
            hasBody && method is not "TRACE" ? body : null,
            framing);

    /// <summary>The request as bytes, of whatever may stand on a wire.</summary>
    public byte[] ToBytes(int seed)
    {
        var target = (seed % 7) switch
        {
            0 => Path + Query, // as it is, unescaped
            1 => $"http://{Host}{Uri.EscapeDataString(Path).Replace("%2F", "/", StringComparison.Ordinal)}{Query}",
            2 => Path.Replace("/", "%2F", StringComparison.Ordinal),
            _ => Uri.EscapeDataString(Path).Replace("%2F", "/", StringComparison.Ordinal)
                + (Query.Length == 0
                    ? "" : "?" + Uri.EscapeDataString(Query[1..]).Replace("%3D", "=", StringComparison.Ordinal)
                        .Replace("%26", "&", StringComparison.Ordinal)),
        };
        var head = new StringBuilder(
            Method == "CONNECT" ? $"CONNECT {Host}:443 HTTP/1.1\r\n" : $"{Method} {Line(target)} HTTP/1.{(seed % 11 == 0 ? 0 : 1)}\r\n");
        head.Append(CultureInfo.InvariantCulture, $"Host: {Line(Host)}\r\nConnection: close\r\n");
        foreach (var (name, value) in Headers)
            head.Append(CultureInfo.InvariantCulture, $"{name}: {Line(value)}\r\n");
        if (Body is null)
            return Encoding.UTF8.GetBytes(head.Append("\r\n").ToString());

        var chunk = Encoding.ASCII.GetBytes($"{Body.Length:x}\r\n");
        var (headers, before, after) = Framing switch
        {
            "length" => ($"Content-Length: {Body.Length}\r\n", Array.Empty<byte>(), Array.Empty<byte>()),
            "short" => ($"Content-Length: {Body.Length + 10}\r\n", [], []),
            "long" => ($"Content-Length: {Body.Length / 2}\r\n", [], []),
            "both" => ($"Content-Length: {Body.Length}\r\nTransfer-Encoding: chunked\r\n", [], []),
            "twice" => ($"Content-Length: {Body.Length}\r\nContent-Length: {Body.Length + 1}\r\n", [], []),
            "broken chunk" => ("Transfer-Encoding: chunked\r\n", "zz\r\n"u8.ToArray(), []),
            "huge chunk" => ("Transfer-Encoding: chunked\r\n", "fffffffffffffffff\r\n"u8.ToArray(), []),
            "trailer" => ("Transfer-Encoding: chunked\r\n", chunk, "\r\n0\r\nX: y\r\nContent-Length: 5\r\n\r\n"u8.ToArray()),
            _ => ("Transfer-Encoding: chunked\r\n", Body.Length == 0 ? [] : chunk,
                Body.Length == 0 ? "0\r\n\r\n"u8.ToArray() : "\r\n0\r\n\r\n"u8.ToArray()),
        };
        return [.. Encoding.UTF8.GetBytes(head.Append(headers).Append("\r\n").ToString()), .. before, .. Body, .. after];
    }

    public override string ToString() =>
        $"{Method} {Path}{Query} Host: {Host} {string.Join(' ', Headers.Select(static header => $"[{header.Name}: "
            + $"{(header.Value.Length > 60 ? header.Value[..60] : header.Value)}]"))} {Framing} {(Body is null ? "no body" : Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(120, Body.Length))))}";

    private static string Line(string text) => text.Replace('\r', ' ').Replace('\n', ' ');
}
