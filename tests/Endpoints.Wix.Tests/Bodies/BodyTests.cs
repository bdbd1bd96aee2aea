using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Endpoints.Wix.Tests.Surfaces;
using Microsoft.AspNetCore.Mvc;

namespace Endpoints.Wix.Tests.Bodies;

/// <summary>Bodies that say more than the handler would hear, or more than it wants to.</summary>
public sealed class BodyTests
{
    public static TheoryData<string> All => SurfaceSite.All;

    [Theory]
    [MemberData(nameof(All))]
    public async Task S13_Unknown_and_duplicate_members_and_depth_are_refused_with_their_place(string surface)
    {
        await using var site = await SurfaceSite.StartAsync(surface);
        var number = 0;

        foreach (var (body, path) in new[]
        {
            ("""{"quantity":3,"isAdmin":true}""", "$.isAdmin"),
            ("""{"quantity":3,"note":{"text":"x","memberId":"bob"}}""", "$.note.memberId"),
            ("""{"quantity":3,"quantity":4}""", "$.quantity"),
            ("""{"quantity":3,"QUANTITY":4}""", "$.QUANTITY"),
            ("""{"quantity":3,"note":{"text":"x","text":"y"}}""", "$.note.text"),
            ("""{"quantity":3,"note":{"text":7}}""", "$.note.text"),
            (new string('[', 40) + new string(']', 40), "$"),
        })
        {
            number++;
            var token = site.Site.Wix.IssueToken(EmulatedIdentity.Member("member" + number));
            var (answer, journal) =
                await site.ChangeAsync("member" + number, token, body: body, headers: (SurfaceSite.Address, "192.0.2." + number));

            Assert.Equal((HttpStatusCode.BadRequest, "malformed-json", path),
                (answer.Status, answer.Problem, answer.Json.GetProperty("path").GetString()));
            Assert.DoesNotContain(journal,
                line => line.StartsWith("check", StringComparison.Ordinal) || line.StartsWith("handler", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task S13_Other_endpoints_keep_the_applications_own_options()
    {
        await using var site = await WixSite.StartAsync(app =>
        {
            app.MapPost("/plain", (OrderChange change) => change.Quantity);
            app.MapPost("/elevated", (OrderChange change) => change.Quantity).Elevate(Callers.Visitor);
        });

        Assert.Equal("4", (await PostAsync(site, "/plain", """{"quantity":3,"quantity":4,"extra":1}""")).Body);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(site, "/elevated", """{"quantity":3,"extra":1}""")).Status);
        Assert.Equal("3", (await PostAsync(site, "/elevated", """{"quantity":3}""")).Body);
    }

    [Theory]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=utf-7")]
    [InlineData("application/json; charset=utf8")]
    [InlineData("application/json; charset=\"utf-16\"")]
    [InlineData("application/json; charset=no-such-thing")]
    [InlineData("application/vnd.api+json; charset=iso-8859-1")]
    public async Task S13_Json_in_another_encoding_is_refused(string contentType)
    {
        await using var site =
            await WixSite.StartAsync(app => app.MapPost("/", (OrderChange change) => change.Quantity).Elevate(Callers.Visitor));
        using var content = new ByteArrayContent(Encoding.Unicode.GetBytes("""{"quantity":3,"isAdmin":true}"""));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await site.SendAsync("POST", "/", content: content)).Status);
    }

    [Theory]
    [InlineData("application/json;")]
    [InlineData("application/json; charset=utf-8;")]
    [InlineData("application/json; version=")]
    [InlineData("application/json; version")]
    [InlineData("application/vnd.api+json;version=")]
    public async Task S13_What_a_handler_can_read_as_JSON_is_checked_as_JSON_however_its_type_is_written(string contentType)
    {
        await using var site = await WixSite.StartAsync(app =>
            app.MapPost("/", async (HttpRequest request) => (await request.ReadFromJsonAsync<OrderChange>())!.Quantity)
                .Elevate(Callers.Visitor));

        foreach (var (json, status) in new[] { ("""{"quantity":3}""", 200), ("""{"quantity":3,"quantity":4}""", 400) })
        {
            var answer = await site.Server.SendAsync(context =>
            {
                (context.Request.Method, context.Request.Path, context.Request.ContentType) = ("POST", "/", contentType);
                context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(json));
                context.Request.ContentLength = json.Length;
            });
            Assert.Equal(status, answer.Response.StatusCode);
        }
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/octet-stream")]
    public async Task S13_What_was_buffered_and_could_be_read_as_JSON_is_checked_as_JSON(string contentType)
    {
        await using var site = await WixSite.StartAsync(app =>
        {
            app.Use(static (context, next) =>
            {
                context.Request.EnableBuffering();
                return next();
            });
            app.MapPost("/", static async (HttpRequest request) =>
            {
                using var reader = new StreamReader(request.Body);
                return await reader.ReadToEndAsync();
            }).Elevate(Callers.Visitor);
        });

        foreach (var good in new[] { "hello", """{"note":{"text":"x"},"quantity":3}""" })
            Assert.Equal((HttpStatusCode.OK, good), await SentAsync(good));
        var (status, body) = await SentAsync("""{"note":{"text":"x"},"quantity":3,"quantity":4}""");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("\"$.quantity\"", body, StringComparison.Ordinal);

        async Task<(HttpStatusCode Status, string Body)> SentAsync(string text)
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
            content.Headers.ContentType = new(contentType);
            var answer = await site.SendAsync("POST", "/", content: content);
            return (answer.Status, answer.Body);
        }
    }

    [Fact]
    public async Task S13_JSON_that_begins_only_after_blanks_is_checked_as_JSON_too()
    {
        await using var site = await WixSite.StartAsync(app =>
        {
            app.Use(static (context, next) =>
            {
                context.Request.Body = new InParts(context.Request.Headers["X-Parts"].ToString().Replace('_', ' ').Split('|'));
                return next();
            });
            app.MapPost("/", static async (HttpRequest request) =>
            {
                using var reader = new StreamReader(request.Body);
                return (await reader.ReadToEndAsync()).Trim();
            }).Elevate(Callers.Visitor);
        });

        Assert.Equal((HttpStatusCode.OK, """{"a":1}"""), await SentAsync("""__|_|{"a"|:1}"""));
        Assert.Equal(HttpStatusCode.BadRequest, (await SentAsync("""__|_|{"a"|:1,"a":2}""")).Status);
        Assert.Equal((HttpStatusCode.OK, "a : 1"), await SentAsync("__|_|a_:|_1"));

        async Task<(HttpStatusCode Status, string Body)> SentAsync(string parts)
        {
            using var content = new ByteArrayContent(new byte[20]); // in whose place middleware puts another
            content.Headers.ContentType = new("text/plain");
            var answer = await site.SendAsync("POST", "/", content: content, headers: ("X-Parts", parts));
            return (answer.Status, answer.Body);
        }
    }

    [Theory]
    [InlineData("application/json; charset=Utf-8")]
    [InlineData("application/json;charset=UTF-8")]
    [InlineData("application/json; charset=\"utf-8\"")]
    [InlineData("application/json; odd=\"a;b\"; charset=\"UTF-8\"")]
    [InlineData("APPLICATION/JSON")]
    public async Task The_encoding_of_JSON_may_be_spelled_in_any_way(string contentType)
    {
        await using var site =
            await WixSite.StartAsync(app => app.MapPost("/", (OrderChange change) => change.Quantity).Elevate(Callers.Visitor));
        foreach (var (json, status) in new[] { ("""{"quantity":3}""", HttpStatusCode.OK),
            ("""{"quantity":3,"isAdmin":true}""", HttpStatusCode.BadRequest) })
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
            Assert.Equal(status, (await site.SendAsync("POST", "/", content: content)).Status);
        }
    }

    [Theory]
    [InlineData("application/json", true)]
    [InlineData("application/json", false)]
    [InlineData("application/octet-stream", true)]
    [InlineData("application/octet-stream", false)]
    [InlineData("text/plain", false)]
    public async Task S23_A_body_over_the_limit_reaches_no_handler_with_or_without_a_length(string contentType, bool withLength)
    {
        var handled = 0;
        await using var site = await WixSite.StartAsync(app =>
        {
            app.MapPost("/", (HttpContext context) => ++handled).Elevate(Callers.Visitor);
            app.MapPost("/large", (HttpContext context) => ++handled).Elevate(Callers.Visitor)
                .WithMetadata(new RequestSizeLimitAttribute(3_000_000));
            app.MapPost("/small", (HttpContext context) => ++handled).Elevate(Callers.Visitor)
                .WithMetadata(new RequestSizeLimitAttribute(10));
        });

        Assert.Equal(HttpStatusCode.OK, (await SendAsync("/", 1024 * 1024)).Status);
        var refused = await SendAsync("/", (1024 * 1024) + 1);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "body-too-large"), (refused.Status, refused.Problem));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("/large", 2_000_000)).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await SendAsync("/small", 11)).Status);

        async Task<Answer> SendAsync(string path, int size)
        {
            var json = Encoding.ASCII.GetBytes('"' + new string('x', size - 2) + '"');
            using HttpContent content = withLength ? new ByteArrayContent(json) : new Unmeasured(json);
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
            return await site.SendAsync("POST", path, content: content);
        }
    }

    [Fact]
    public async Task S23_A_bomb_is_stopped_at_the_limit()
    {
        var handled = 0;
        await using var site = await WixSite.StartAsync(
            app =>
            {
                app.UseRequestDecompression();
                app.MapPost("/", (Dictionary<string, string> values) => ++handled).Elevate(Callers.Visitor);
            },
            build: builder => builder.Services.AddRequestDecompression());
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(Encoding.ASCII.GetBytes("{\"a\":\"" + new string('x', 20_000_000) + "\"}"));
        using var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentType = new("application/json");
        content.Headers.ContentEncoding.Add("gzip");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await site.SendAsync("POST", "/", content: content)).Status);
        Assert.Equal(0, handled);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task S23_What_is_not_packed_as_it_says_is_refused(string encoding)
    {
        var handled = 0;
        await using var site = await WixSite.StartAsync(
            app =>
            {
                app.UseRequestDecompression();
                app.MapPost("/", (OrderChange change) => ++handled).Elevate(Callers.Visitor);
            },
            build: builder => builder.Services.AddRequestDecompression());
        using var content = new ByteArrayContent([.. Enumerable.Repeat((byte)0xff, 100)]);
        content.Headers.ContentType = new("application/json");
        content.Headers.ContentEncoding.Add(encoding);

        var refused = await site.SendAsync("POST", "/", content: content);

        Assert.Equal((HttpStatusCode.BadRequest, "bad-request"), (refused.Status, refused.Problem));
        Assert.Equal(0, handled);
    }

    [Fact]
    public async Task Middleware_that_buffers_the_body_can_read_it_again_after_the_endpoint()
    {
        var read = new List<string>();
        await using var site = await WixSite.StartAsync(app =>
        {
            app.Use(async (context, next) =>
            {
                context.Request.EnableBuffering();
                await next();
                context.Request.Body.Position = 0;
                using var reader = new StreamReader(context.Request.Body, leaveOpen: true);
                read.Add(await reader.ReadToEndAsync());
            });
            app.MapPost("/", (OrderChange change) => change.Quantity).Elevate(Callers.Visitor);
        });

        Assert.Equal("3", (await PostAsync(site, "/", """{"quantity":3}""")).Body);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(site, "/", """{"quantity":3,"extra":1}""")).Status);

        Assert.Equal(["""{"quantity":3}""", """{"quantity":3,"extra":1}"""], read);
    }

    [Theory]
    [InlineData("/stream")]
    [InlineData("/reader")]
    [InlineData("/twice")]
    [InlineData("/replaced")]
    public async Task A_handler_that_reads_a_checked_body_itself_gets_all_of_it(string path)
    {
        await using var site = await WixSite.StartAsync(app =>
        {
            app.MapPost("/stream", (HttpRequest request) => TextAsync(request.Body)).Elevate(Callers.Visitor);
            app.MapPost("/reader", (HttpRequest request) => TextAsync(request.BodyReader.AsStream())).Elevate(Callers.Visitor);
            app.MapPost("/twice", async (HttpRequest request) =>
            {
                request.EnableBuffering();
                _ = await TextAsync(request.Body);
                request.Body.Position = 0;
                return await TextAsync(request.BodyReader.AsStream());
            }).Elevate(Callers.Visitor);
            app.MapPost("/replaced", async (HttpRequest request) =>
            {
                request.Body = new MemoryStream(Encoding.UTF8.GetBytes(await TextAsync(request.Body)));
                return await TextAsync(request.BodyReader.AsStream());
            }).Elevate(Callers.Visitor);
        });
        var json = $$"""{"text":"{{new string('x', 100_000)}}"}""";

        Assert.Equal(json, (await PostAsync(site, path, json)).Body);

        static async Task<string> TextAsync(Stream stream)
        {
            using var reader = new StreamReader(stream, leaveOpen: true);
            return await reader.ReadToEndAsync();
        }
    }

    [Fact]
    public async Task A_body_of_no_length_is_none_whatever_type_it_is_said_to_have()
    {
        await using var site = await WixSite.StartAsync(app =>
        {
            app.MapPost("/optional", (Dictionary<string, string>? values) => values is null ? "none" : "some").Elevate(Callers.Visitor);
            app.MapPost("/reads", async (HttpRequest request) =>
            {
                using var reader = new StreamReader(request.Body);
                return (await reader.ReadToEndAsync()).Length;
            }).Elevate(Callers.Visitor);
        });

        Assert.Equal((HttpStatusCode.OK, "none"), await SentAsync("/optional"));
        Assert.Equal((HttpStatusCode.OK, "0"), await SentAsync("/reads"));

        async Task<(HttpStatusCode Status, string Body)> SentAsync(string path)
        {
            var answer = await PostAsync(site, path, "");
            return (answer.Status, answer.Body);
        }
    }

    private static async Task<Answer> PostAsync(WixSite site, string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return await site.SendAsync("POST", path, content: content);
    }

    /// <summary>A body that comes in parts, one a read.</summary>
    private sealed class InParts(string[] parts) : Stream
    {
        private int _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            // Who asks for nothing asks whether there is something.
            new(!buffer.IsEmpty && _read < parts.Length ? Encoding.UTF8.GetBytes(parts[_read++], buffer.Span) : 0);

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    private sealed class Unmeasured(byte[] bytes) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(bytes).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
