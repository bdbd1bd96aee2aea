using Adversary.Tests.Requests;

namespace Adversary.Tests.Generation;

/// <summary>Methods, and headers that say what a client has no say in.</summary>
internal static class Headers
{
    private static readonly string[] Methods =
    [
        "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT", "get", "Get", "post", "PROPFIND", "QUERY", "PURGE",
        "ALL", "G\u00cbT", "", "GET\t", "X-METHOD", "M-SEARCH",
    ];

    private static readonly Field[] Extras =
    [
        new("X-HTTP-Method-Override", "DELETE"), new("X-HTTP-Method", "PUT"), new("X-Method-Override", "POST"),
        new("X-Original-URL", "/admin/report"), new("X-Rewrite-URL", "/admin/report"),
        new("X-Forwarded-For", "127.0.0.1"), new("X-Forwarded-Host", "evil.example"), new("X-Forwarded-Proto", "https"),
        new("X-Forwarded-Prefix", "/admin"), new("Forwarded", "for=127.0.0.1;host=evil.example"),
        new("X-Forwarded-Proto", "javascript"), new("X-Real-IP", "127.0.0.1"), new("Via", "1.1 evil"), new("X-User-Id", "{{id:grace}}"),
        new("X-Wix-Instance-Id", "{{instance:user-elsewhere}}"),
        new("wix-site-id", "x"), new("wix-account-id", "x"), new("X-Caller-Kind", "App"), new("caller", "App"), new("kind", "App"),
        new("x-wix-consistent", "\u0001"), new("Referer", "https://evil.example/"),
        new("Accept", "text/event-stream"), new("Accept", "*/*;q=x"), new("Accept-Encoding", "gzip;q=0, *"), new("Range", "bytes=0-0,-1"),
        new("If-None-Match", "*"), new("If-Modified-Since", "x"),
        new("Accept-Language", "x-pig"), new("Access-Control-Request-Method", "DELETE"),
        new("Access-Control-Request-Headers", "authorization"), new("Origin", "https://evil.example"),
        new("Sec-Fetch-Site", "same-origin"), new("Sec-Fetch-Site", "cross-site"), new("Cookie", "a=b"), new("Cookie", ";;;=;"),
        new("Cookie", ".AspNetCore.Antiforgery=x"), new("traceparent", "00-0-0-00"),
        new("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"), new("baggage", "a=\u0001"), new("Upgrade", "h2c"),
        new("Upgrade-Insecure-Requests", "1"), new("Max-Forwards", "0"),
        new("Expect", "100-continue"), new("Expect", "x"), new("TE", "trailers"), new("Trailer", "Authorization"),
        new("Connection", "close, Authorization"), new("Connection", "Cookie"),
        new("Keep-Alive", "timeout=x"), new("Cache-Control", "only-if-cached"), new("Pragma", "no-cache"), new("Content-Length", "0"),
        new("Content-Type", "application/json"), new("Content-Encoding", "gzip"),
        new("Host", "evil.example"), new("Host", ""), new("Host", "{{host}}, evil.example"), new("Host", "127.0.0.1:1@evil.example"),
        new("Host", "[::1]"), new("Host", "a b"), new("", "empty"),
        new("X", "folded\r\n more"), new("X", "split\r\nX-User-Id: {{id:grace}}"), new("X Y", "z"), new("X", "", ""), new("X", "\u0000"),
        new("X", "\u00ff\u00fe"), new(":path", "/admin/report"),
        new(":authority", "evil.example"), new(":method", "DELETE", ""), new(":path", "/admin/report", ""), new(":scheme", "https", ""),
        new(":status", "200", ""), new("HOST", "evil.example", ""),
    ];

    public static Shot Method(Shot shot, Choices choices) => shot with { Method = choices.Pick(Methods) };

    public static Shot Add(Shot shot, Choices choices)
    {
        var extra = choices.Pick(Extras);
        if (choices.Chance(0.05))
            extra = new(choices.Word(choices.Number(1, 9000)), "x");
        else if (choices.Chance(0.05))
            extra = new("X-Long", choices.Word(choices.Number(1, 9000)));
        return shot with { Fields = shot.Fields.Insert(choices.Number(0, shot.Fields.Length), extra) };
    }

    /// <summary>The same lines, written otherwise.</summary>
    public static Shot Rewrite(Shot shot, Choices choices)
    {
        var index = choices.Number(0, shot.Fields.Length - 1);
        var field = shot.Fields[index];
        return choices.Number(0, 4) switch
        {
            0 => shot with { Fields = shot.Fields.RemoveAt(index) },
            1 => shot with { Fields = shot.Fields.Add(field) },
            2 => shot with { Fields = shot.Fields.SetItem(
                index, field with { Name = choices.Chance(0.5) ? field.Name.ToUpperInvariant() : field.Name.ToLowerInvariant() }) },
            3 => shot with { Fields =
                shot.Fields.SetItem(index, field with { Between = choices.Pick(":", ":  ", ":\t", " : ", ": \r\n ") }) },
            _ => shot with { Fields = [.. shot.Fields.AsEnumerable().Reverse()] },
        };
    }
}
