using System.IO.Pipelines;
using System.Text;
using Endpoints.Wix.Tests.Hosting;
using Endpoints.Wix.Tests.Surfaces;
using Microsoft.AspNetCore.Mvc;

namespace Endpoints.Wix.Tests.Bodies;

/// <summary>A webhook of somebody else signs the bytes: its handler gets them as they came, when it says so.</summary>
public sealed class RawBodyTests
{
    private static readonly string[] Bodies =
    [
        """{"a":1,"a":2}""", """{"a":1,"A":2}""", "{\"a\":" + new string('[', 60) + new string(']', 60) + "}", "{broken",
        "{ \"a\" : 1 }\r\n", "\uFEFF{\"a\":1}", "a=1&a=2",
    ];

    private static readonly string[] Types =
        ["application/json", "application/json; charset=utf-16", "text/plain", "application/x-www-form-urlencoded",
            "application/vnd.hook+json"];

    [Theory]
    [InlineData("/file")]
    [InlineData("/stream")]
    [InlineData("/reader")]
    [InlineData("/minimal")]
    [InlineData("/action")]
    public async Task F8_A_handler_that_takes_the_bytes_gets_the_bytes(string path)
    {
        await using var site = await StartAsync();
        foreach (var body in Bodies)
        {
            foreach (var type in Types)
            {
                foreach (var chunked in (bool[])[false, true])
                {
                    var bytes = Encoding.UTF8.GetBytes(body);
                    using HttpContent content = chunked ? new StreamContent(new Unsized(bytes)) : new ByteArrayContent(bytes);
                    content.Headers.TryAddWithoutValidation("Content-Type", type);
                    var answer = await site.SendAsync("POST", path, content: content);
                    Assert.Equal((200, Convert.ToHexString(bytes)), ((int)answer.Status, answer.Body));
                }
            }
        }
    }

    [Theory]
    [InlineData("/file")]
    [InlineData("/stream")]
    [InlineData("/reader")]
    [InlineData("/minimal")]
    [InlineData("/context")]
    [InlineData("/twice")]
    [InlineData("/action")]
    [InlineData("/action/pipe")]
    [InlineData("/group")]
    public async Task F8_Bytes_that_are_no_text_come_as_they_were_signed(string path)
    {
        await using var site = await StartAsync();
        using var zipped = new MemoryStream();
        using (var zip = new System.IO.Compression.GZipStream(zipped, System.IO.Compression.CompressionMode.Compress, leaveOpen: true))
            zip.Write("{\"a\":1}"u8);
        (byte[] Bytes, string? Encoding)[] bodies =
        [
            (zipped.ToArray(), "gzip"), (zipped.ToArray(), null), ([], null), ([0xFF, 0xFE, 0x7B, 0x00], null),
            ([0xEF, 0xBB, 0xBF, 0x7B, 0x7D], null), (Enumerable.Repeat((byte)0, 100_000).ToArray(), "br"),
        ];
        foreach (var (bytes, encoding) in bodies)
        {
            foreach (var chunked in (bool[])[false, true])
            {
                using HttpContent content = chunked ? new StreamContent(new Unsized(bytes)) : new ByteArrayContent(bytes);
                content.Headers.ContentType = new("application/json");
                if (encoding is not null)
                    content.Headers.ContentEncoding.Add(encoding);
                var answer = await site.SendAsync("POST", path, content: content);
                Assert.Equal((200, Convert.ToHexString(bytes)), ((int)answer.Status, answer.Body));
            }
        }
    }

    [Fact]
    public async Task F8_Without_saying_so_it_gets_no_JSON_that_says_two_things()
    {
        await using var site = await StartAsync();
        using var content = new StringContent(Bodies[0], Encoding.UTF8, "application/json");
        Assert.Equal(400, (int)(await site.SendAsync("POST", "/checked", content: content)).Status);
    }

    [Theory]
    [InlineData("/file")]
    [InlineData("/minimal")]
    [InlineData("/action")]
    public async Task F8_The_limit_holds_for_the_bytes_too(string path)
    {
        await using var site = await StartAsync();
        foreach (var chunked in (bool[])[false, true])
        {
            var bytes = new byte[1024 * 1024 + 1];
            using HttpContent content = chunked ? new StreamContent(new Unsized(bytes)) : new ByteArrayContent(bytes);
            Assert.Equal(413, (int)(await site.SendAsync("POST", path, content: content)).Status);
        }
    }

    [Fact]
    public async Task F8_On_a_handler_that_is_given_no_bytes_it_stops_the_start()
    {
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => WixSite.StartAsync(
            static app => app.MapPost("/bound", ([FromBody] string text) => text).Elevate(Callers.Visitor)
                .WithMetadata(new RawBodyAttribute())));

        Assert.Contains("[RawBody] on HTTP: POST /bound", e.Message, StringComparison.Ordinal);
    }

    private static Task<WixSite> StartAsync() => WixSite.StartAsync(
        static app =>
        {
            app.MapFileRoutes(
            [
                new FileRoute("pages/file.cs", "/file", typeof(Requests), [new("POST", "Post")]),
                new FileRoute("pages/stream.cs", "/stream", typeof(Streams), [new("POST", "Post")]),
                new FileRoute("pages/reader.cs", "/reader", typeof(Readers), [new("POST", "Post")]),
                new FileRoute("pages/checked.cs", "/checked", typeof(Checked), [new("POST", "Post")]),
            ]);
            app.MapPost("/minimal", Requests.Post).Elevate(Callers.Visitor).WithMetadata(new RawBodyAttribute());
            app.MapPost("/context", static async context => await context.Response.WriteAsync(await HexAsync(context.Request.Body)))
                .Elevate(Callers.Visitor).WithMetadata(new RawBodyAttribute());
            app.MapPost("/twice", static async (HttpRequest request) =>
            {
                request.EnableBuffering();
                var first = await HexAsync(request.Body);
                request.Body.Position = 0;
                return first == await HexAsync(request.Body) ? first : "the second reading is another";
            }).Elevate(Callers.Visitor).WithMetadata(new RawBodyAttribute());
            app.MapGroup("").WithMetadata(new RawBodyAttribute()).Elevate(Callers.Visitor)
                .MapPost("/group", static (Stream body) => HexAsync(body));
            app.MapControllers();
        },
        build: static builder =>
        {
            builder.Services.AddFileRoutes();
            OnlyControllers.AddTo(builder, typeof(HookController));
        });

    [Elevate(Callers.Visitor), RawBody]
    public static class Requests
    {
        public static Task<string> Post(HttpRequest request) => HexAsync(request.Body);
    }

    [Elevate(Callers.Visitor)]
    public static class Streams
    {
        [RawBody]
        public static Task<string> Post(Stream body) => HexAsync(body);
    }

    [Elevate(Callers.Visitor), RawBody]
    public static class Readers
    {
        public static Task<string> Post(PipeReader body) => HexAsync(body.AsStream());
    }

    [Elevate(Callers.Visitor)]
    public static class Checked
    {
        public static Task<string> Post(HttpRequest request) => HexAsync(request.Body);
    }

    [Route("/action"), Elevate(Callers.Visitor), RawBody]
    internal sealed class HookController : ControllerBase
    {
        [HttpPost]
        public Task<string> Post() => HexAsync(Request.Body);

        [HttpPost("pipe")]
        public Task<string> OfPipe() => HexAsync(Request.BodyReader.AsStream());
    }

    private static async Task<string> HexAsync(Stream body)
    {
        using var memory = new MemoryStream();
        await body.CopyToAsync(memory);
        return Convert.ToHexString(memory.ToArray());
    }

    private sealed class Unsized(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
