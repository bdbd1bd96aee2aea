using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Endpoints.Wix.Elevation.Bodies;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Tests.Bodies;

/// <summary>Bodies that are read before they are bound have a sum, shared by networks, and a time.</summary>
public sealed class BodyMemoryTests
{
    private const int Size = 1024 * 1024;

    [Fact]
    public async Task S70_Three_hundred_bodies_one_byte_short_hold_no_more_than_their_share()
    {
        await using var site = await StartAsync(static options => options.Bodies.Timeout = TimeSpan.FromMinutes(5));
        var memory = site.Services.GetRequiredService<BodyMemory>();
        List<Short> attack = [];
        for (var i = 0; i < 300; i++)
            attack.Add(await Short.SendAsync(site, $"10.0.{i % 100}.1"));
        try
        {
            // Each has been answered, or holds all that it has sent.
            while (memory.Total != (Size - 1L) * attack.Count(static body => !body.IsAnswered))
                await Task.Delay(20);
            Assert.InRange(memory.Total, 1, 64L << 20);
            Assert.Equal(memory.Total, Measured(site));
            Assert.All(attack.Where(static body => body.IsAnswered),
                static body => Assert.StartsWith("HTTP/1.1 429", body.Answered.Result, StringComparison.Ordinal));

            // Somebody else's body, and a small one of anybody's.
            using var large = new StringContent($$"""{"text":"{{new string('x', 200_000)}}"}""", Encoding.UTF8, "application/json");
            Assert.Equal(HttpStatusCode.OK, (await PostAsync(site, large, "192.0.2.1")).StatusCode);
            using var small = new StringContent("""{"text":"x"}""", Encoding.UTF8, "application/json");
            Assert.Equal(HttpStatusCode.OK, (await PostAsync(site, small, "10.0.0.1")).StatusCode);
        }
        finally
        {
            foreach (var body in attack)
                body.Dispose();
        }
    }

    private static long Measured(WebApplication site)
    {
        var factory = site.Services.GetRequiredService<IMeterFactory>();
        var measured = -1L;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                // Other tests' applications run in this process too.
                if (instrument.Name == "endpoints.wix.body_memory" && ReferenceEquals(instrument.Meter.Scope, factory))
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => measured = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return measured;
    }

    [Fact]
    public async Task S70_One_network_gets_a_third_and_gives_it_back()
    {
        await using var site = await StartAsync(static options => options.Bodies.Memory = 12 * Size);
        var memory = site.Services.GetRequiredService<BodyMemory>();
        List<Short> attack = [];
        for (var i = 0; i < 40; i++)
            attack.Add(await Short.SendAsync(site, "2001:db8::1"));
        while (attack.Count(static body => body.IsAnswered) < 36)
            await Task.WhenAny(attack.Where(static body => !body.IsAnswered).Select(static body => body.Answered));
        // The last one that was refused had held less than one body, and wanted one more piece.
        Assert.InRange(memory.Total, (3 * Size) - (Size / 2), 4 * Size);

        foreach (var body in attack)
            body.Dispose();
        while (memory.Total > 0)
            await Task.Yield();
    }

    [Fact]
    public async Task S70_A_body_that_does_not_arrive_is_given_up()
    {
        await using var site = await StartAsync(static options => options.Bodies.Timeout = TimeSpan.FromMilliseconds(200));
        using var body = await Short.SendAsync(site, "192.0.2.1");
        Assert.StartsWith("HTTP/1.1 408", await body.Answered, StringComparison.Ordinal);
        Assert.Equal(0, site.Services.GetRequiredService<BodyMemory>().Total);
    }

    private static async Task<HttpResponseMessage> PostAsync(WebApplication site, HttpContent content, string address)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, AddressOf(site) + "text") { Content = content };
        request.Headers.Add("X-Test-From", address);
        return await client.SendAsync(request);
    }

    private static string AddressOf(WebApplication site) => site.Urls.First() + "/";

    private static async Task<WebApplication> StartAsync(Action<WixOptions> configure)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseKestrel(static options => options.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        builder.Services.AddWix(options =>
        {
            (options.ClientId, options.ClientSecret, options.ApiBaseAddress) = ("app", new("secret"), new("http://127.0.0.1:9"));
            configure(options);
        });
        var app = builder.Build();
        app.Use(static (context, next) =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse(context.Request.Headers["X-Test-From"].ToString());
            return next();
        });
        app.UseRouting();
        app.MapPost("/text", static (Text text) => text.Value?.Length ?? 0).Elevate(Callers.Visitor);
        await app.StartAsync();
        return app;
    }

    internal sealed record Text([property: System.Text.Json.Serialization.JsonPropertyName("text")] string? Value);

    /// <summary>A connection that has sent all of a body but its last byte.</summary>
    private sealed class Short : IDisposable
    {
        private readonly TcpClient _client;

        private Short(TcpClient client)
        {
            _client = client;
            Answered = ReadAsync(client.GetStream());
        }

        public Task<string> Answered { get; }

        public bool IsAnswered => Answered.IsCompleted;

        public static async Task<Short> SendAsync(WebApplication site, string address)
        {
            var server = new Uri(AddressOf(site));
            var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, server.Port);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /text HTTP/1.1\r\nHost: localhost\r\nX-Test-From: {address}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: "
                + $"application/json\r\nContent-Length: {Size}\r\n\r\n"));
            var body = new Short(client);
            try
            {
                var bytes = new byte[Size - 1];
                bytes.AsSpan().Fill((byte)' ');
                await stream.WriteAsync(bytes);
            }
            catch (IOException)
            {
                // It has been refused meanwhile.
            }

            return body;
        }

        public void Dispose() => _client.Dispose();

        private static async Task<string> ReadAsync(NetworkStream stream)
        {
            var buffer = new byte[4096];
            try
            {
                var read = await stream.ReadAsync(buffer);
                return Encoding.ASCII.GetString(buffer, 0, read);
            }
            catch (IOException)
            {
                return "HTTP/1.1 429 (reset)";
            }
            catch (ObjectDisposedException)
            {
                return "";
            }
        }
    }
}
