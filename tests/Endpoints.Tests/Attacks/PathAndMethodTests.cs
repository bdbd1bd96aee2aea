using System.Text;
using Endpoints.Tests.Hosting;

namespace Endpoints.Tests.Attacks;

/// <summary>Ways around a guard that stands on a file.</summary>
public class PathAndMethodTests
{
    private static readonly string[] Variants =
    [
        "/api/secret", "//api/secret", "/api//secret", "/api/secret/", "/api/secret//", "/api/%73ecret", "/api/%2573ecret", "/%61pi/secret",
        "/api%2fsecret", "/api%2Fsecret",
        "/api%5csecret", @"/api\secret", @"\api\secret", "/api/x/../secret", "/api/x/%2e%2e/secret", "/api/x/..%2fsecret", "/../api/secret",
        "/./api/./secret", "/API/SECRET",
        "/api/Secret/", "/api/secret;a=b", "/api;a=b/secret", "/api/secret.json", "/api/secret%00", "/api/secret%20", "/api/secret%09",
        "/api/secret.", "/api/secret?x", "/api/secret#x",
        "/api/secret%3f", "/api/secret%23", "/api/secre%EF%BD%94", "/api/\u017fecret", "/api/%C5%BFecret", "/api/secret/.",
        "/api/secret/..", "/api/secret/%2e", "*", "http://localhost/api/secret",
    ];

    public static TheoryData<TrailingSlash, string> Settings
    {
        get
        {
            var data = new TheoryData<TrailingSlash, string>();
            foreach (var setting in Enum.GetValues<TrailingSlash>())
            {
                data.Add(setting, "/api/secret");
                data.Add(setting, "/api/[name]");
                data.Add(setting, "/api/s[rest]");
                data.Add(setting, "/api/[...path]");
                data.Add(setting, "/[...path]/secret");
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task S11_no_spelling_of_a_path_reaches_the_handler_without_its_guard(TrailingSlash setting, string route)
    {
        await using var site = await Site.StartAsync([Routes.File(route, typeof(Guarded))], options => options.TrailingSlash = setting);
        var reached = 0;
        foreach (var variant in Variants)
        {
            var response = await RawRequest.SendAsync(site.Address, "GET", variant);
            Assert.True(response.Status is 200 or 301 or 308 or 400 or 404 || (variant == "*" && response.Status == 405),
                $"{variant}: {response.Status}");
            if (response.Header("x-handled") is not null)
            {
                Assert.Equal("1", response.Header("x-guarded"));
                reached++;
            }
            if (response.Header("location") is { } location)
                Assert.Matches("^/(?![/\\\\])", location);
        }
        Assert.True(reached > 0, "The file can be reached at all.");
    }

    [Theory]
    [InlineData("/api/secret")]
    [InlineData("/api/s[rest]")]
    public async Task S26_no_method_reaches_a_handler_that_is_another_methods_or_skips_the_guard(string route)
    {
        await using var site = await Site.StartAsync(Routes.File(route, typeof(Guarded)));
        (string Method, int Status, bool Handled)[] expected =
        [
            ("GET", 200, true), ("HEAD", 200, true), ("get", 200, true), ("OPTIONS", 204, false), ("options", 204, false),
            ("POST", 405, false), ("TRACE", 405, false),
            ("BREW", 405, false), ("G", 405, false), ("GETS", 405, false),
        ];
        foreach (var (method, status, handled) in expected)
        {
            var response = await RawRequest.SendAsync(site.Address, method, "/api/secret",
                [KeyValuePair.Create("X-HTTP-Method-Override", "GET"), KeyValuePair.Create("X-Method-Override", "GET")]);
            Assert.Equal((method, status, handled), (method, response.Status, response.Header("x-handled") is not null));
            Assert.Equal(handled ? "1" : null, response.Header("x-guarded"));
            if (method == "HEAD")
                Assert.Empty(response.Body);
        }
    }

    [Theory]
    [InlineData("head")]
    [InlineData("Head")]
    [InlineData("HEAD")]
    [InlineData("get")]
    [InlineData("options")]
    [InlineData("trace")]
    [InlineData("connect")]
    public async Task S26_a_method_in_other_letters_gets_a_whole_answer(string method)
    {
        await using var site = await Site.StartAsync(Routes.File("/api/secret", typeof(Guarded)), Routes.File("/api/body", typeof(Reads)));
        foreach (var path in (string[])["/api/secret", "/api/body", "/api/missing"])
        {
            var response = await RawRequest.SendAsync(site.Address, method, path);

            Assert.InRange(response.Status, 200, 499);
            if (method != "HEAD" && response.Header("content-length") is { } length)
                Assert.Equal(length, response.Body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    [Theory]
    [InlineData("Content-Length: 0\r\nContent-Length: 30\r\n\r\n")]
    [InlineData("X-A: b\r\n folded\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData("Bad Header : x\r\n\r\n")]
    public async Task S27_requests_that_two_servers_could_read_differently_are_read_by_none(string rest)
    {
        await using var site = await Site.StartAsync(Routes.File("/api/secret", typeof(Guarded)), Routes.File("/api/body", typeof(Reads)));
        var response = await RawRequest.SendAsync(
            site.Address,
            Encoding.ASCII.GetBytes($"POST /api/body HTTP/1.1\r\nHost: localhost:{site.Address.Port}\r\nConnection: close\r\n{rest}"));
        Assert.Equal(400, response.Status);
        Assert.DoesNotContain("HTTP/1.1", response.Text, StringComparison.Ordinal);
        Assert.Null(response.Header("x-handled"));
    }

    [Fact]
    public async Task S27_a_request_with_two_lengths_is_never_taken_for_two_requests()
    {
        await using var site = await Site.StartAsync(Routes.File("/api/secret", typeof(Guarded)), Routes.File("/api/body", typeof(Reads)));
        var head = $"POST /api/body HTTP/1.1\r\nHost: localhost:{site.Address.Port}\r\nContent-Length: 5\r\nTransfer-Encoding: "
            + "chunked\r\n\r\n";
        var response = await RawRequest.SendAsync(
            site.Address,
            Encoding.ASCII.GetBytes(
                $"{head}0\r\n\r\nGET /api/secret HTTP/1.1\r\nHost: localhost:{site.Address.Port}\r\nConnection: close\r\n\r\n"));
        Assert.DoesNotContain("secret", response.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Host: a\r\nHost: b\r\n")]
    [InlineData("Host: a/b\r\n")]
    [InlineData("Host: a b\r\n")]
    public async Task S27_a_bad_host_is_refused(string host)
    {
        await using var site = await Site.StartAsync(Routes.File("/api/secret", typeof(Guarded)));
        var response =
            await RawRequest.SendAsync(
                site.Address, Encoding.ASCII.GetBytes($"GET /api/secret HTTP/1.1\r\n{host}Connection: close\r\n\r\n"));
        Assert.Equal(400, response.Status);
    }

    [AttributeUsage(AttributeTargets.Class)]
    public sealed class GuardAttribute : Attribute, IEndpointConvention
    {
        public void Apply(EndpointBuilder builder)
        {
            var inner = builder.RequestDelegate!;
            builder.RequestDelegate = context =>
            {
                context.Response.Headers["X-Guarded"] = "1";
                return inner(context);
            };
        }
    }

    [Guard]
    public static class Guarded
    {
        public static string Get(HttpResponse response)
        {
            response.Headers["X-Handled"] = "1";
            return "secret";
        }
    }

    public static class Reads
    {
        public static async Task<string> Post(HttpContext context)
        {
            using var reader = new StreamReader(context.Request.Body);
            var text = await reader.ReadToEndAsync();
            context.Response.Headers["X-Handled"] = "1";
            return text;
        }
    }
}
