using Adversary.Tests.Requests;

namespace Adversary.Tests.Generation;

/// <summary>Targets that two readers could read differently, and queries that say what is not theirs to say.</summary>
internal static class Targets
{
    private static readonly string[] Segments =
    [
        "..", ".", "%2e%2e", "%2E", ".%2e", "%252e%252e", "..;", ";x=1", "%2f", "%5c", "\\", "%00", "%c0%ae%c0%ae", "%c0%af", "%e0%80%af",
        "%u002e", "%", "%zz", "%ff", "%7f", "a%0d%0ab",
        "\u00e9", "%20", "+", "*", "~", "'", "@", ":", "a:b", "[id]", "{id}", "%EF%BC%8F", "index", "_folder", "..%00", "api",
    ];

    private static readonly string[] Paths =
    [
        "/site-properties/v4/properties", "/site-properties/../members/v1/members/query", "/site-properties/..;/stores/v3/products/query",
        "/site-properties/%2e%2e/stores/v3/provision/version",
        "/site-properties/%252e%252e/stores/v3/provision/version", "/site-properties/..%2fstores/v3/provision/version",
        "/site-properties\\..\\stores", "//evil.example/site-properties/x",
        "https://evil.example/site-properties/x", "/site-properties/x?y=/../z", "/site-properties/x#y", "/SITE-PROPERTIES/x",
        "/site-properties", "/stores/v3/provision/version", "",
        "/site-properties/a%5c..%5cb", "/site-properties//v4", "/site-properties/;/x", "/site-properties/\u00e9", "/site-properties/%00",
        "@evil.example/site-properties/x", "/apps/v1/instance",
        "/site-properties/./x", "/site-properties/%2e/x", "/site-properties/x/%2e%2e", "/site-properties/v4%2f..%2f..%2fstores",
        "/site-properties/v4/properties?fields=a,b", "/site-properties/.%2e/x",
    ];

    private static readonly string[] Queries =
    [
        "kind=App&id={{id:user}}", "caller.Kind=App&caller.Id={{id:grace}}", "Caller.Kind=8", "id={{id:grace}}", "path=x",
        "access_token={{id:user}}", "instanceId={{instance:user-elsewhere}}", "n=-1",
        "debug=1", "debug", "_method=DELETE", "X-HTTP-Method-Override=DELETE", "returnToUrl=//evil.example", "returnToUrl=/\\evil.example",
        "returnToUrl=/%09/evil.example", "returnUrl=https://evil.example/",
        "returnToUrl=/a&returnToUrl=/b", "prompt=x", "idp=x", "token=%0d%0a", "token=a.b.c", "fields=x", "a[0]=1", "a=%ff%fe", "=", "&&&",
        "%00=%00", "number=8", "controller=Callers&action=Who", "area=x",
        "handler=Other", "page=/Other", "quantity=3", "note=x",
    ];

    public static Shot Tamper(Shot shot, Choices choices)
    {
        var (path, query) = shot.Target.Split('?', 2) is [var before, var after] ? (before, "?" + after) : (shot.Target, "");
        return shot with { Target = choices.Number(0, 12) switch
        {
            0 => Upper(path, choices) + query,
            1 => path + choices.Pick("/", "//", "/.", "/..", "%2f", ";", ".json", "%20", ".", "?", "/index") + query,
            2 => Insert(path, choices) + query,
            3 => Encoded(path, choices) + query,
            4 => "http://" + choices.Pick("{{host}}", "evil.example", "{{host}}@evil.example", "127.0.0.1", "") + path + query,
            5 => choices.Pick("*", "{{host}}", "//evil.example" + path, "/", "?" + query, "/" + path + query, "\\" + path,
                path + "#" + query, path + " " + query, "x" + path + query),
            6 => path + "/" + choices.Pick(Segments) + query,
            7 when shot.Target.Contains("/raw/", StringComparison.Ordinal) => path + query + "&target=" + choices.Pick(Paths),
            8 when shot.Target.Contains("/raw/", StringComparison.Ordinal) => "/api/raw/" + choices.Pick(Paths).TrimStart('/') + query,
            9 => path + query.Replace("m=", "M=", StringComparison.Ordinal) + "&" + choices.Pick(Queries) + "&" + choices.Pick(Queries),
            _ => path + (query.Length == 0 ? "?" : query + "&") + choices.Pick(Queries),
        } };
    }

    private static string Upper(string path, Choices choices) =>
        path.Contains("{{", StringComparison.Ordinal)
            ? path : string.Concat(path.Select(letter => choices.Chance(0.5) ? char.ToUpperInvariant(letter) : letter));

    private static string Insert(string path, Choices choices)
    {
        var parts = path.Split('/').ToList();
        parts.Insert(choices.Number(1, parts.Count), choices.Pick(Segments));
        if (choices.Chance(0.3))
            parts.Insert(choices.Number(1, parts.Count), "..");
        return string.Join('/', parts);
    }

    private static string Encoded(string path, Choices choices)
    {
        if (path.Contains("{{", StringComparison.Ordinal))
            return path.Replace("/", choices.Pick("%2f", "%2F", "//", "/"), StringComparison.Ordinal);
        return "/" + string.Concat(
            path.Skip(1)
                .Select(letter => choices.Chance(0.3)
                    ? choices.Chance(0.2) ? $"%25{(int)letter:x2}" : $"%{(int)letter:x2}" : letter.ToString()));
    }
}
