using System.Net;
using System.Net.Sockets;
using System.Text;
using Endpoints.Tests.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace Endpoints.Tests.Field;

/// <summary>
/// A refusal that comes while the client is still sending arrives: over HTTP/1.1 many clients read nothing before they have sent
/// everything.
/// </summary>
public class EarlyRefusalTests
{
    private const int Size = 5 * 1024 * 1024;

    public static TheoryData<string, string, int> Refusals => new()
    {
        { "POST", "/bound", 413 }, { "POST", "/own", 413 }, { "POST", "/stream", 413 }, { "POST", "/form", 413 }, { "PUT", "/bound", 405 },
        { "POST", "/area/nothing", 404 }, { "POST", "/never", 500 },
        { "POST", "/unread", 415 }, { "POST", "/other", 403 },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task F7_A_refusal_of_a_large_body_arrives(string method, string path, int status)
    {
        await using var site = await StartAsync();
        foreach (var chunked in (bool[])[false, true])
        {
            for (var i = 0; i < 5; i++)
            {
                using var content = new ByteArrayContent(Body(path));
                content.Headers.TryAddWithoutValidation("Content-Type",
                    path switch { "/form" => "application/x-www-form-urlencoded", "/unread" => "text/plain", _ => "application/json" });
                using var request = new HttpRequestMessage(new(method), path) { Content = content };
                request.Headers.TransferEncodingChunked = chunked;
                if (path == "/other")
                    request.Headers.Add("Origin", "https://elsewhere.example");
                using var response = await site.Client.SendAsync(request);

                Assert.Equal(status, (int)response.StatusCode);
                Assert.Contains("urn:endpoints:problem:", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task F7_A_client_that_sends_everything_first_reads_it_and_may_go_on(string method, string path, int status)
    {
        await using var site = await StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(site.Address.Host, site.Address.Port);
        var stream = client.GetStream();
        var type = path switch { "/form" => "application/x-www-form-urlencoded", "/unread" => "text/plain", _ => "application/json" };
        var origin = path == "/other" ? "Origin: https://elsewhere.example\r\n" : "";

        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"{method} {path} HTTP/1.1\r\nHost: {site.Address.Authority}\r\n{origin}Content-Type: "
                + $"{type}\r\nContent-Length: {Size}\r\n\r\n"));
        await stream.WriteAsync(Body(path));
        await stream.WriteAsync("GET /bound HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var answers = await reader.ReadToEndAsync();

        Assert.StartsWith($"HTTP/1.1 {status} ", answers, StringComparison.Ordinal);
        Assert.Contains("HTTP/1.1 200 OK", answers, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/bound", "application/json")]
    [InlineData("/own", "application/json")]
    [InlineData("/form", "multipart/form-data; boundary=x")]
    [InlineData("/form", "application/x-www-form-urlencoded")]
    [InlineData("/stream", "application/octet-stream")]
    public async Task F7_A_length_that_is_announced_is_too_large_whatever_the_body_begins_with(string path, string type)
    {
        await using var site = await StartAsync();
        using var content = new ByteArrayContent(new byte[Size]);
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var response = await site.Client.PostAsync(path, content);

        Assert.Equal(413, (int)response.StatusCode);
        Assert.Contains("body-too-large", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    public static TheoryData<string, string, int, string> Clients
    {
        get
        {
            var cases = new TheoryData<string, string, int, string>();
            foreach (var row in Refusals)
            {
                foreach (var client in (string[])["HTTP/2 by length", "HTTP/2 without a length", "asks first"])
                    cases.Add((string)row[0], (string)row[1], (int)row[2], client);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task F7_A_refusal_arrives_at_each_client(string method, string path, int status, string client)
    {
        var isHttp2 = client.StartsWith("HTTP/2", StringComparison.Ordinal);
        await using var site = await StartAsync(isHttp2 ? "Http2" : "Http1");
        for (var i = 0; i < 3; i++)
        {
            using HttpContent content = client == "HTTP/2 without a length"
                ? new StreamContent(new Unmeasured(Body(path))) : new ByteArrayContent(Body(path));
            content.Headers.TryAddWithoutValidation("Content-Type",
                path switch { "/form" => "application/x-www-form-urlencoded", "/unread" => "text/plain", _ => "application/json" });
            using var request = new HttpRequestMessage(new(method), path)
            {
                Content = content,
                Version = isHttp2 ? HttpVersion.Version20 : HttpVersion.Version11,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            };
            request.Headers.ExpectContinue = client == "asks first";
            if (path == "/other")
                request.Headers.Add("Origin", "https://elsewhere.example");

            using var response = await site.Client.SendAsync(request);

            Assert.Equal(status, (int)response.StatusCode);
            Assert.Contains("urn:endpoints:problem:", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using var next = new HttpRequestMessage(HttpMethod.Get, "/bound")
        {
            Version = isHttp2 ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var answer = await site.Client.SendAsync(next);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task F7_What_is_read_of_a_refused_body_is_bounded()
    {
        await using var site = await StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(site.Address.Host, site.Address.Port);
        var stream = client.GetStream();
        var chunk = Encoding.ASCII.GetBytes("10000\r\n" + new string('7', 0x10000) + "\r\n");
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"POST /bound HTTP/1.1\r\nHost: {site.Address.Authority}\r\nContent-Type: application/json\r\nTransfer-Encoding: "
                + "chunked\r\n\r\n"));

        var sent = 0;
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            for (; sent < 2_000; sent++)
                await stream.WriteAsync(chunk);
        });

        Assert.InRange(sent, 0, 1_000); // 64 MiB at most, what lies in sockets included
    }

    [Fact]
    public async Task F7_A_handler_may_still_set_its_own_limit()
    {
        await using var site = await StartAsync();
        foreach (var chunked in (bool[])[false, true])
        {
            using var content = new ByteArrayContent(Body("/raised"));
            using var request = new HttpRequestMessage(HttpMethod.Post, "/raised") { Content = content };
            request.Headers.TransferEncodingChunked = chunked;
            using var response = await site.Client.SendAsync(request);
            Assert.Equal((HttpStatusCode.OK, $"{Size}"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        }
    }

    private static byte[] Body(string path)
    {
        var body = new byte[Size];
        body.AsSpan().Fill((byte)'x');
        (body[0], body[^1]) = path == "/form" ? ((byte)'x', (byte)'x') : ((byte)'"', (byte)'"');
        return body;
    }

    private static Task<Site> StartAsync(string protocols = "Http1") => Site.StartAsync(
        [
            Routes.File("/bound", typeof(Bound)), Routes.File("/own", typeof(Own)), Routes.File("/stream", typeof(Unbound)),
            Routes.File("/form", typeof(Form)), Routes.File("/never", typeof(Never)),
            Routes.File("/unread", typeof(Unread)), Routes.File("/other", typeof(Bound)), Routes.File("/area/bound", typeof(Bound)),
            Routes.File("/raised", typeof(Raised)),
        ],
        options: null,
        builder => builder.Configuration["Kestrel:EndpointDefaults:Protocols"] = protocols);

    /// <summary>Content whose length nobody knows before it ends.</summary>
    private sealed class Unmeasured(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;
    }

    [RequestSizeLimit(1024 * 1024)]
    public static class Bound
    {
        public static string Get() => "";

        public static string Post([FromBody] string text) => text;
    }

    [RequestSizeLimit(1024 * 1024)]
    public static class Own
    {
        public static Task<string?> Post(HttpRequest request) => request.ReadFromJsonAsync<string>().AsTask();
    }

    [RequestSizeLimit(1024 * 1024)]
    public static class Unbound
    {
        public static async Task<long> Post(Stream body)
        {
            using var memory = new MemoryStream();
            await body.CopyToAsync(memory);
            return memory.Length;
        }
    }

    [RequestSizeLimit(1024 * 1024)]
    public static class Form
    {
        public static string Post([FromForm] string name) => name;
    }

    [RequestSizeLimit(1024 * 1024)]
    public static class Never
    {
        public static string Post() => throw new InvalidOperationException("It has read nothing.");
    }

    [RequestSizeLimit(1024 * 1024)]
    public static class Unread
    {
        public static string Post([FromBody] string text) => text;
    }

    [RequestSizeLimit(1024 * 1024)]
    public static class Raised
    {
        public static async Task<string> Post(HttpContext context)
        {
            context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
            using var memory = new MemoryStream();
            await context.Request.Body.CopyToAsync(memory);
            return $"{memory.Length}";
        }
    }
}
