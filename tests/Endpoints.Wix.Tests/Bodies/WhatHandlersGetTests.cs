using System.Globalization;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Text;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Endpoints.Wix.Tests.Surfaces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Formatters;

namespace Endpoints.Wix.Tests.Bodies;

/// <summary>A handler receives the body that was checked, whatever the client calls it.</summary>
public sealed class WhatHandlersGetTests
{
    private static readonly string[] Types =
    [
        "application/json", "text/plain", "application/octet-stream", "application/x-www-form-urlencoded", "application/jsonp",
        "application/x-json", "text/x-json; charset=utf-8", "application/json-seq",
        "application/problem+json", "application/vnd.api+json", "multipart/form-data; boundary=x", "image/png", "application/json5", "",
    ];

    public static TheoryData<string> Twice => new(
        """{"quantity":3,"quantity":4}""", """{"quantity":3,"QUANTITY":4}""", """{"quantity":3,"\u0071uantity":4}""",
        """{"\u0071uantity":3,"q\u0075antity":4}""", """[{"a":{"quantity":3,"quantity":4}}]""",
        " \r\n\t{\"quantity\":3,\"quantity\":4}", "\uFEFF{\"quantity\":3,\"quantity\":4}", "/* x */{\"quantity\":3,\"quantity\":4}",
        "//\n{\"quantity\":3,\"quantity\":4}",
        """{"quantity":3,"quantity":4} trailing""", """{"quantity":3} {"quantity":3,"quantity":4}""", """{"quantity":3,"quantity":4,}""",
        """{"quantity":3,"\ud800":4}""",
        "{\"a\":" + new string('[', 40) + new string(']', 40) + "}");

    [Theory]
    [MemberData(nameof(Twice))]
    public async Task S68_Json_that_says_two_things_reaches_no_handler_that_reads_it_itself_whatever_it_is_called(string json)
    {
        var handled = 0;
        await using var site = await StartAsync(() => handled++);

        foreach (var method in new[] { "POST", "PUT", "PATCH", "DELETE", "CONNECT", "GET", "QUERY", "post" })
        {
            foreach (var type in method == "POST" ? Types : ["application/json", "text/plain"])
            {
                foreach (var path in method == "POST"
                    ? new[] { "/context", "/request", "/stream", "/reader", "/action", "/file", "/custom" } : method == "post"
                        ? ["/context"] : ["/context", "/stream"])
                {
                    foreach (var length in new[] { Length.Known, Length.Unknown, Length.TooShort })
                    {
                        var status = await SendAsync(site, method, path, type, Encoding.UTF8.GetBytes(json), length);
                        Assert.True(status is 400 or 415, $"{method} {path} as '{type}', length {length}: {status}");
                    }
                }
            }
        }

        Assert.Equal(0, handled);
    }

    [Theory]
    [InlineData("""{"quantity":3}""", "application/json")]
    [InlineData("""[{"quantity":3},{"quantity":4}]""", "text/plain")]
    [InlineData("{hello} {hello}", "text/plain")]
    [InlineData("{'a':1}", "application/octet-stream")]
    [InlineData("[ini]\na=1\na=2", "text/plain")]
    [InlineData("quantity=3&quantity=4", "application/x-www-form-urlencoded")]
    [InlineData("plain text", "")]
    [InlineData("   ", "text/plain")]
    [InlineData("/path/to/{x}", "text/plain")]
    public async Task S68_What_says_one_thing_reaches_the_handler_as_it_came(string text, string type)
    {
        string? got = null;
        await using var site = await StartAsync(() => { }, body => got = body);

        foreach (var length in new[] { Length.Known, Length.Unknown })
        {
            foreach (var path in new[] { "/context", "/stream", "/reader", "/buffered" })
            {
                got = null;
                Assert.Equal(200, await SendAsync(site, "POST", path, type, Encoding.UTF8.GetBytes(text), length));
                Assert.Equal(text, got);
            }
        }
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public async Task S68_Json_in_another_encoding_is_refused_whatever_it_is_called(string name)
    {
        var handled = 0;
        await using var site = await StartAsync(() => handled++);
        var encoding = Encoding.GetEncoding(name);
        foreach (var withMark in new[] { true, false })
        {
            byte[] body = [.. withMark ? encoding.GetPreamble() : [], .. encoding.GetBytes("""{"quantity":3,"quantity":4}""")];
            foreach (var type in Types)
            {
                foreach (var path in new[] { "/context", "/stream" })
                    Assert.InRange(await SendAsync(site, "POST", path, type, body, Length.Known), 400, 415);
            }
        }

        Assert.Equal(0, handled);
    }

    [Theory]
    [InlineData("application/json;charset=utf-8;charset=utf-16")]
    [InlineData("application/json;charset=utf-16;charset=utf-8")]
    [InlineData("application/json; charset=utf-7")]
    [InlineData("application/json, text/plain")]
    [InlineData("text/plain, application/json")]
    [InlineData("application/json; charset")]
    public async Task S68_A_type_that_two_readers_could_read_differently_is_refused(string type)
    {
        var handled = 0;
        await using var site = await StartAsync(() => handled++);

        foreach (var path in new[] { "/context", "/bound" })
        {
            var status = await SendAsync(site, "POST", path, type, """{"quantity":3,"quantity":4}"""u8.ToArray(), Length.Known);
            Assert.True(status is 400 or 415, $"{path}: {status}");
        }

        Assert.Equal(0, handled);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/octet-stream")]
    [InlineData("application/json")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("")]
    public async Task S68_The_limit_is_on_what_the_handler_gets_and_not_on_what_came(string type)
    {
        foreach (var encoding in new[] { "gzip", "br", "deflate", "gzip, br" })
        {
            var most = 0L;
            await using var site = await StartAsync(() => { }, body => most = Math.Max(most, body.Length), unpack: true);
            var bomb = Pack(encoding, Encoding.ASCII.GetBytes(new string('x', 20 * 1024 * 1024)));

            // Several encodings at once are left packed, and so is what the handler gets.
            foreach (var path in type.Contains("form", StringComparison.Ordinal)
                ? new[] { "/context", "/stream", "/form" } : ["/context", "/stream", "/reader", "/copied", "/file", "/action"])
            {
                foreach (var length in new[] { Length.Known, Length.Unknown })
                {
                    var status = await SendAsync(site, "POST", path, type, bomb, length, encoding);
                    Assert.True(status is 413 or 415 or 400 || encoding == "gzip, br", $"{path} {encoding}, length {length}: {status}");
                }
            }

            Assert.InRange(most, 0, 1024 * 1024);
        }
    }

    [Theory]
    [InlineData("/context")]
    [InlineData("/stream")]
    [InlineData("/reader")]
    [InlineData("/copied")]
    [InlineData("/small")]
    [InlineData("/buffered")]
    public async Task S68_A_length_that_is_not_true_changes_nothing(string path)
    {
        var most = 0L;
        await using var site = await StartAsync(() => { }, body => most = Math.Max(most, body.Length));

        Assert.Equal(413, await SendAsync(site, "POST", path, "text/plain", new byte[(1024 * 1024) + 1], Length.TooShort));
        Assert.Equal(path == "/small" ? 413 : 200,
            await SendAsync(site, "POST", path, "text/plain", Encoding.ASCII.GetBytes(new string('x', 1024 * 1024)), Length.TooShort));

        Assert.InRange(most, 0, 1024 * 1024);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // as a server's own body is
    public async Task S68_A_form_that_middleware_has_read_is_within_the_limit_too(bool canSeek)
    {
        var handled = 0;
        await using var site = await WixSite.StartAsync(app =>
        {
            app.Use(async (context, next) =>
            {
                await context.Request.ReadFormAsync();
                await next();
            });
            app.UseRouting();
            app.MapPost("/", (HttpRequest request) => ++handled).Elevate(Callers.Visitor).WithMetadata(new RequestSizeLimitAttribute(100));
        });
        foreach (var (size, status) in new[] { (50, 200), (200, 413) })
        {
            var context = await site.Server.SendAsync(context =>
            {
                (context.Request.Method, context.Request.Path, context.Request.ContentType) =
                    ("POST", "/", "application/x-www-form-urlencoded");
                var body = new MemoryStream(Encoding.ASCII.GetBytes("a=" + new string('x', size)));
                context.Request.Body = canSeek ? body : PipeReader.Create(body).AsStream();
                context.Request.ContentLength = 10;
            });
            Assert.Equal(status, context.Response.StatusCode);
        }

        Assert.Equal(1, handled);
    }

    [Fact]
    public async Task S68_Over_a_connection_a_tunnels_body_and_a_packed_one_are_held_to_the_same()
    {
        var (handled, most) = (0, 0L);
        await using var wix = await WixEmulator.StartAsync();
        await using var app = await Wires.ServeAsync(
            wix,
            app =>
            {
                app.UseRequestDecompression();
                app.Map("/{**rest}", async (HttpRequest request) =>
                {
                    handled++;
                    most = Math.Max(most, (await new StreamReader(request.Body).ReadToEndAsync()).Length);
                    return "in";
                }).Elevate(Callers.Visitor);
            },
            build: static builder => builder.Services.AddRequestDecompression());
        const string Json = """{"quantity":3,"quantity":4}""";

        foreach (var type in new[] { "application/json", "text/plain" })
        {
            foreach (var method in new[] { "POST", "GET", "DELETE", "PATCH", "OPTIONS" })
            {
                Assert.Equal(400, await Wires.StatusAsync(app, method, [$"Content-Type: {type}", $"Content-Length: {Json.Length}"], Json));
                Assert.Equal(
                    400, await Wires.StatusAsync(app, method, [$"Content-Type: {type}", "Transfer-Encoding: chunked"],
                        $"{Json.Length:x}\r\n{Json}\r\n0\r\n\r\n"));
                Assert.Equal(
                    400, await Wires.StatusAsync(app, method,
                        [$"Content-Type: {type}", $"Content-Length: {Json.Length}", "Expect: 100-continue"], Json)
                        .ContinueWith(static status => status.Result == 100 ? 400 : status.Result, TaskScheduler.Default));
            }

            Assert.InRange(
                await Wires.StatusAsync(app, "CONNECT", [$"Content-Type: {type}", $"Content-Length: {Json.Length}", "Host: x:1"], Json,
                    "x:1"), 400, 499);
        }

        Assert.Equal(0, handled);
        var bomb = Encoding.Latin1.GetString(Pack("gzip", new byte[20 * 1024 * 1024]));
        Assert.Equal(
            413, await Wires.StatusAsync(app, "POST",
                ["Content-Type: text/plain", "Content-Encoding: gzip",
                    $"Content-Length: {bomb.Length.ToString(CultureInfo.InvariantCulture)}"], bomb));
        Assert.InRange(most, 0, 1024 * 1024);
    }

    private static Task<WixSite> StartAsync(Action handled, Action<string>? got = null, bool unpack = false) => WixSite.StartAsync(
        app =>
        {
            if (unpack)
                app.UseRequestDecompression();
            app.Use((context, next) =>
            {
                if (context.Request.Path == "/buffered")
                    context.Request.EnableBuffering();
                return next();
            });
            app.UseRouting();
            var sink = app.Services.GetRequiredService<Sink>();
            Task<string> ReadAsync(Stream stream) => sink.ReadAsync(stream);

            app.Map("/context", (HttpContext context, Journal _) => ReadAsync(context.Request.Body)).Elevate(Callers.Visitor);
            app.Map("/request", (HttpRequest request) => ReadAsync(request.BodyReader.AsStream())).Elevate(Callers.Visitor);
            app.Map("/buffered", async (HttpRequest request) =>
            {
                var first = await ReadAsync(request.Body);
                request.Body.Position = 0;
                return first + await ReadAsync(request.Body);
            }).Elevate(Callers.Visitor);
            app.MapMethods("/stream", ["POST", "PUT", "PATCH", "DELETE", "CONNECT", "GET", "QUERY"], (Stream body) => ReadAsync(body))
                .Elevate(Callers.Visitor).DisableAntiforgery();
            app.MapPost("/reader", (PipeReader body) => ReadAsync(body.AsStream())).Elevate(Callers.Visitor);
            app.MapPost("/copied", async (HttpRequest request) =>
            {
                using var copy = new MemoryStream();
                await request.Body.CopyToAsync(copy);
                copy.Position = 0;
                return await ReadAsync(copy);
            }).Elevate(Callers.Visitor);
            app.MapPost("/small", (HttpRequest request) => ReadAsync(request.Body)).Elevate(Callers.Visitor)
                .WithMetadata(new RequestSizeLimitAttribute(1000));
            app.MapPost("/form", async (HttpRequest request) =>
            {
                var form = await request.ReadFormAsync();
                got?.Invoke(string.Concat(form.SelectMany(static field => field.Value)));
                return "in";
            }).Elevate(Callers.Visitor);
            app.MapPost("/bound", (OrderChange change) =>
            {
                handled();
                return change.Quantity;
            }).Elevate(Callers.Visitor);
            app.MapPost("/custom", async (Raw raw) => await ReadAsync(new MemoryStream(raw.Bytes))).Elevate(Callers.Visitor);
            app.MapFileRoutes([new FileRoute("pages/file.cs", "/file", typeof(ReadFile), [new("POST", nameof(ReadFile.Post))])]);
            app.MapControllers();
        },
        build: builder =>
        {
            builder.Services.AddFileRoutes();
            builder.Services.AddSingleton<Journal>();
            builder.Services.AddSingleton(new Sink(handled, got));
            builder.Services.AddRequestDecompression();
            OnlyControllers.AddTo(builder, typeof(ReadController));
            builder.Services.Configure<MvcOptions>(static options => options.InputFormatters.Insert(0, new AnyFormatter()));
        });

    /// <summary>The ways in which handlers use their argument.</summary>
    public sealed class Sink(Action handled, Action<string>? got)
    {
        public async Task<string> ReadAsync(Stream stream)
        {
            using var reader = new StreamReader(stream, leaveOpen: true);
            var text = await reader.ReadToEndAsync();
            handled();
            got?.Invoke(text);
            return "in";
        }
    }

    private enum Length
    {
        Known,
        Unknown,
        TooShort,
    }

    private static async Task<int> SendAsync(WixSite site, string method, string path, string type, byte[] body, Length length,
        string? encoding = null)
    {
        var context = await site.Server.SendAsync(context =>
        {
            (context.Request.Method, context.Request.Path) = (method, path);
            if (type.Length > 0)
                context.Request.ContentType = type;
            if (encoding is not null)
                context.Request.Headers.ContentEncoding = encoding;
            context.Request.Body = new OneWay(body);
            context.Request.ContentLength = length switch { Length.Known => body.Length, Length.Unknown => null, _ => 3 };
        });
        return context.Response.StatusCode;
    }

    private static byte[] Pack(string encodings, byte[] bytes)
    {
        foreach (var encoding in encodings.Split(", "))
        {
            using var packed = new MemoryStream();
            using (Stream stream = encoding switch
            {
                "gzip" => new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true),
                "br" => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
                _ => new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true),
            })
            {
                stream.Write(bytes);
            }

            bytes = packed.ToArray();
        }

        return bytes;
    }

    public static class ReadFile
    {
        [Elevate(Callers.Visitor)]
        public static Task<string> Post(HttpRequest request, Sink sink) => sink.ReadAsync(request.Body);
    }

    [Route("/action")]
    internal sealed class ReadController(Sink sink) : Controller
    {
        [HttpPost]
        [Elevate(Callers.Visitor)]
        public Task<string> Post([FromBody] string body) => sink.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(body)));
    }

    /// <summary>Takes anything for text, as formatters of applications do.</summary>
    private sealed class AnyFormatter : IInputFormatter
    {
        public bool CanRead(InputFormatterContext context) => true;

        public async Task<InputFormatterResult> ReadAsync(InputFormatterContext context)
        {
            using var reader = new StreamReader(context.HttpContext.Request.Body);
            return await InputFormatterResult.SuccessAsync(await reader.ReadToEndAsync());
        }
    }

    private sealed class Raw(byte[] bytes)
    {
        public byte[] Bytes { get; } = bytes;

        public static async ValueTask<Raw?> BindAsync(HttpContext context)
        {
            using var copy = new MemoryStream();
            await context.Request.Body.CopyToAsync(copy);
            return new(copy.ToArray());
        }
    }

    private sealed class OneWay(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
