using System.Text;
using Endpoints.Shared.CallPatterns;
using Endpoints.Wix.Http;
using Endpoints.Wix.Tests.Hosting;
using FsCheck;
using FsCheck.Fluent;

namespace Endpoints.Wix.Tests.Clients;

/// <summary>A path that two servers could read differently is never sent.</summary>
public sealed class PathTests
{
    private static readonly Uri Origin = new("https://www.wixapis.com");

    public static TheoryData<string> Devious => new(
        "/site-properties/..;/oauth2/token", "/site-properties/v4;a=b/properties", "/site-properties/v4/properties;x",
        "/site-properties/;/x",
        "/site-properties/%252e%252e/oauth2/token", "/site-properties/%25252e%25252e/x", "/site-properties/%25", "/site-properties/%2525",
        "/site-properties/%2e%2e/x", "/site-properties/%2E./x", "/site-properties/.%2e/x", "/site-properties/%2e/x",
        "/site-properties/a%2eb",
        "/site-properties/..%2fx", "/site-properties/a%2Fb", "/site-properties/a%5cb", "/site-properties/a%5Cb", "/site-properties/a\\b",
        "/site-properties/..\\x",
        "/site-properties/%00", "/site-properties/a%00b", "/site-properties/%0d%0aX:y", "/site-properties/%0A", "/site-properties/%09",
        "/site-properties/%7f", "/site-properties/%1f",
        "/site-properties/%c0%ae%c0%ae/x", "/site-properties/%c0%af", "/site-properties/%e0%80%af", "/site-properties/%f0%80%80%af",
        "/site-properties/%ff", "/site-properties/%c3", "/site-properties/%c3%28",
        "/site-properties/%ed%a0%80", "/site-properties/%fe%ff", "/site-properties/%u002e%u002e/x", "/site-properties/%2",
        "/site-properties/%", "/site-properties/%zz",
        "/site-properties//x", "//site-properties/x", "/site-properties/v4/", "/site-properties/", "/site-properties///",
        "/site-properties/./x", "/site-properties/../x", "/site-properties/.../x", "/site-properties/..../x", "/site-properties/.. /x",
        "/site-properties/..%20/x", "/site-properties/%20../x", "/site-properties/..+/x",
        "/site-properties/a./x", "/site-properties/a%20", "/site-properties/%20a", "/site-properties/%20", "/site-properties/%c2%a0",
        "/site-properties/..%c2%a0/x",
        "/site-properties/a#b", "/site-properties/a%23b", "/site-properties/a%3fb", "/site-properties/a%3Fb", "/site-properties/a%3bb",
        "/site-properties/..%3b/x",
        "/site-properties/\t../x", "/site-properties/.\t./x", "/site-properties/.\n./x", "/site-properties/.\r./x", " /site-properties/x",
        "\t/site-properties/x",
        "/site-properties/．．/x", "/site-properties/a／b", "/site-properties/%ef%bc%8e%ef%bc%8e/x", "/site-properties/a%ef%bc%8fb",
        "/site-properties/%e2%80%a5/x", "/site-properties/%e2%80%a4%e2%80%a4/x",
        "/site-properties/%e2%80%a6/x", "/site-properties/a%e2%88%95b", "/site-properties/a%e2%81%84b", "/site-properties/a%ef%bc%bcb",
        "/site-properties/a%ef%bc%9bb", "/site-properties/a%cd%beb",
        "/site-properties/%ef%bc%852e", "/site-properties/..%e2%80%8b/x", "/site-properties/%e2%80%8b../x",
        "/site-properties/.%e2%80%8d./x", "/site-properties/..%cc%80/x", "/site-properties/a%e2%80%a8b", "/site-properties/a%c2%85b",
        "/site-properties/%d7%9b", "/site-properties/%61", "/site-properties/%41dmin", "/site-properties/a%2db", "/site-properties/a|b",
        "/site-properties/a\"b", "/site-properties/a<b", "/site-properties/{a}", "/site-properties/a^b", "/site-properties/a`b",
        "/site-properties/[a]",
        "/site-properties/a b", "/site-properties/ä", "/site-properties/x?a#b", "/site-properties/x?a\\b", "/site-properties/x?a%00",
        "/site-properties/x?a%0d%0ab", "/site-properties/x?a b", "/site-properties/x?ä");

    [Theory]
    [MemberData(nameof(Devious))]
    public async Task S71_A_path_that_two_servers_could_read_differently_is_refused_before_anything_is_sent(string path)
    {
        Assert.Throws<ArgumentException>(() => WixAddress.On(Origin, path));
        Assert.False(CallPattern.Parse("GET /site-properties/*")!.Covers("GET", path));
        Assert.NotEqual(true, CallPattern.Parse("GET " + path)?.Covers("GET", path));
        List<Exception?> refused = [];
        await using var site = await WixSite.StartAsync(app =>
        {
            async Task Call(ElevatedWixClient elevated, WixClient plain, AdminWixClient admin)
            {
                foreach (var client in (WixApiClient[])[elevated, plain, admin])
                {
                    refused.Add(await Record.ExceptionAsync(() => client.FetchWithAuthAsync(HttpMethod.Get, path)));
                    refused.Add(
                        await Record.ExceptionAsync(
                            () => client.FetchWithAuthAsync(
                                HttpMethod.Get, $"{(client == elevated ? "http" : "HTTP")}://{Authority}{path}")));
                }
            }

            app.MapGet("/all", Call).Elevate(Callers.Visitor);
            app.MapGet("/only", Call).Elevate(Callers.Visitor, options => options.Only = ["GET /site-properties/*"]);
        });
        Authority = site.Wix.Address.Authority;

        await site.GetAsync("/all");
        await site.GetAsync("/only");

        Assert.Equal(12, refused.Count);
        Assert.All(refused, static exception => Assert.IsType<ArgumentException>(exception));
        Assert.Empty(site.Wix.Calls);
    }

    private static string? Authority { get; set; }

    [Theory]
    [InlineData("/site-properties/v4/properties")]
    [InlineData("/site-properties/v4/properties?fields=a,b")]
    [InlineData("/stores/v3/products/query?.r=eyJhIjoxfQ")]
    [InlineData("/_api/redirects-api/v1/redirect-session")]
    [InlineData("/stores/v3/products/slug/%D7%9B%D7%95%D7%A1")]
    [InlineData("/a/b%20c")]
    [InlineData("/a/.well-known")]
    [InlineData("/a/v1.2.3")]
    [InlineData("/a/c++")]
    [InlineData("/a/x@y.example")]
    [InlineData("/a/b:cancel")]
    [InlineData("/a/(x),'y'!$&=*~_-")]
    [InlineData("/a?x=/../../oauth2/token&y=..%2F;z=//evil.example")]
    [InlineData("/a?redirect=https://evil.example/%2Fx?y")]
    public void S71_A_path_that_every_server_reads_alike_goes_out_as_it_is(string path) =>
        Assert.Equal(path, WixAddress.On(Origin, path).PathAndQuery);

    [Theory]
    [InlineData("get")]
    [InlineData("Get")]
    [InlineData("post")]
    [InlineData("GET-X")]
    [InlineData("M-SEARCH")]
    [InlineData("CONNECT")]
    [InlineData("TRACE")]
    [InlineData("connect")]
    public async Task S71_A_method_in_another_spelling_is_refused(string method)
    {
        Exception? refused = null;
        await using var site = await WixSite.StartAsync(app => app.MapGet("/", async (ElevatedWixClient wix) =>
        {
            refused = await Record.ExceptionAsync(() => wix.FetchWithAuthAsync(new(method), "/site-properties/v4/properties"));
        }).Elevate(Callers.Visitor, options => options.Only = ["* /site-properties/*"]));

        await site.GetAsync("/");

        Assert.IsType<ArgumentException>(refused);
        Assert.Empty(site.Wix.Calls);
    }

    [Theory]
    [InlineData("GET ")]
    [InlineData("GET /x HTTP/1.1\r\nHost: evil\r\n\r\nPOST")]
    [InlineData("GET\r\n")]
    [InlineData("GE\0T")]
    public void S71_The_framework_makes_no_such_method(string method) => Assert.Throws<FormatException>(() => new HttpMethod(method));

    [Theory]
    [InlineData("X-HTTP-Method-Override")]
    [InlineData("X-Original-URL")]
    [InlineData("X-Rewrite-URL")]
    [InlineData("wix-site-id")]
    [InlineData("X-Wix-Consistent")]
    [InlineData("X-Forwarded-Host")]
    [InlineData("Connection-Id")]
    [InlineData("Cookie2")]
    public async Task S71_A_body_brings_no_header_that_is_about_the_request(string header)
    {
        Exception? refused = null;
        await using var site = await WixSite.StartAsync(app => app.MapGet("/", async (ElevatedWixClient wix) =>
        {
            using var content = new StringContent("{}");
            Assert.True(content.Headers.TryAddWithoutValidation(header, "DELETE"));
            refused = await Record.ExceptionAsync(() => wix.FetchWithAuthAsync(HttpMethod.Post, "/site-properties/v4/properties", content));
        }).Elevate(Callers.Visitor));

        await site.GetAsync("/");

        Assert.IsType<ArgumentException>(refused);
        Assert.Empty(site.Wix.Calls);
    }

    [Theory]
    [InlineData("GET /a/*")]
    [InlineData("GET /a/*/c")]
    [InlineData("GET /a/b")]
    public void S71_No_server_however_lenient_sees_a_path_outside_of_the_pattern(string pattern)
    {
        var only = CallPattern.Parse(pattern)!;
        string[] pieces =
        [
            "a", "b", "c", "A", "/", "//", "..", ".", "%2e", "%2E", "%252e", "%2f", "%5c", "\\", ";", ";x=y", "%3b", "%20", "+", " ", "%00",
            "%0a", "%25", "%c0%ae", "%e2%80%8b",
            "%ef%bc%8e", "%ef%bc%8f", "．", "／", "%c2%a0", "?", "#", "%3f", "%23", "*", "%", "x", "%c3%a4", "%cc%80", "\t",
        ];
        var paths = Gen.Choose(1, 9).SelectMany(count => Gen.Elements(pieces).ListOf(count)).Select(static parts => string.Concat(parts));
        var begun = Gen.Elements("/a/", "/a/b/c", "/a/b", "/").SelectMany(_ => paths, static (begin, rest) => begin + rest)
            .SelectMany(_ => Gen.Elements("", "", "/c"), static (path, end) => path + end);
        var covered = 0;

        Prop.ForAll(begun.ToArbitrary(), path =>
        {
            var isSent = Record.Exception(() => WixAddress.On(Origin, path)) is null;
            if (!only.Covers("GET", path))
                return true;
            covered++;
            return isSent && Lenient.Readings(path).All(reading => IsWithin(pattern[4..], reading));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));

        Assert.InRange(covered, 1, 20_000);
    }

    // Which name a segment has is the server's; where it is must be the pattern's.
    private static bool IsWithin(string pattern, string reading)
    {
        var (allowed, read) = (pattern.Split('/'), reading.Split('/'));
        return (allowed[^1] == "*" ? read.Length >= allowed.Length : read.Length == allowed.Length)
            && read.Skip(1).All(static segment => segment.Length > 0 && segment is not ("." or ".."))
            && allowed.Zip(read)
                .All(static pair => pair.First is "*" || string.Equals(pair.First, pair.Second, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>All that some server makes of a path.</summary>
    private static class Lenient
    {
        private static readonly Func<string, string>[] Habits =
        [
            static path => Decode(path, Encoding.UTF8),
            static path => Decode(path, Encoding.Latin1),
            static path => path.Replace("%c0%ae", ".", StringComparison.OrdinalIgnoreCase)
                .Replace("%c0%af", "/", StringComparison.OrdinalIgnoreCase),
            static path => path.Replace('\\', '/'),
            static path => path.Replace('+', ' '),
            static path => path.Replace('．', '.').Replace('／', '/').Replace('；', ';'),
            static path => string.Concat(path.Where(static c => c is not ('\u200b' or '\t' or '\n' or '\r' or '\u0300'))),
            static path => string.Join('/', path.Split('/').Select(static segment => segment.Split(';')[0])),
            static path => string.Join('/', path.Split('/').Select(static segment => segment.Trim(' ', '\u00a0'))),
            static path =>
                string.Join('/', path.Split('/').Select(static segment => segment is "." or ".." ? segment : segment.TrimEnd('.'))),
            static path => path.Split('?', '#', '\0')[0],
            static path => System.Text.RegularExpressions.Regex.Replace(path, "/+", "/"),
            Resolve,
            static path => path.ToLowerInvariant(),
        ];

        public static HashSet<string> Readings(string path)
        {
            var known = new HashSet<string>(StringComparer.Ordinal) { path };
            var open = new Queue<(string Text, int Depth)>([(path, 0)]);
            while (open.TryDequeue(out var next))
            {
                if (next.Depth == 5)
                    continue;
                foreach (var habit in Habits)
                {
                    if (habit(next.Text) is var read && known.Count < 400 && known.Add(read))
                        open.Enqueue((read, next.Depth + 1));
                }
            }

            return known;
        }

        private static string Decode(string path, Encoding encoding)
        {
            var bytes = new List<byte>();
            for (var i = 0; i < path.Length; i++)
            {
                if (path[i] == '%' && i + 2 < path.Length
                    && byte.TryParse(path.AsSpan(i + 1, 2), System.Globalization.NumberStyles.HexNumber, null, out var value))
                {
                    bytes.Add(value);
                    i += 2;
                }
                else
                {
                    bytes.AddRange(encoding.GetBytes(path[i].ToString()));
                }
            }

            return encoding.GetString([.. bytes]);
        }

        private static string Resolve(string path)
        {
            var stack = new List<string>();
            foreach (var segment in path.Split('/').Skip(1))
            {
                if (segment == "..")
                    stack.RemoveRange(Math.Max(0, stack.Count - 1), Math.Min(1, stack.Count));
                else if (segment != ".")
                    stack.Add(segment);
            }

            return "/" + string.Join('/', stack);
        }
    }
}
