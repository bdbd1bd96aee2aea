using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using Endpoints.Wix.Emulator;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Benchmarks.Elevation;

/// <summary>A client with one kept connection to an application's Kestrel, all in memory, that sends one request again and again.</summary>
internal sealed class MemoryClient : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly IDuplexPipe _connection;
    private readonly byte[] _request;

    private MemoryClient(WebApplication app, IDuplexPipe connection, byte[] request)
    {
        _app = app;
        _connection = connection;
        _request = request;
    }

    /// <summary>Starts an application of a kind and connects to it.</summary>
    /// <param name="kind">One of <see cref="ElevatedSite.Kinds"/>.</param>
    /// <param name="wix">The Wix that knows the token.</param>
    /// <param name="token">The caller's token.</param>
    /// <param name="body">The JSON of a new order; null to ask for one.</param>
    public static async Task<MemoryClient> ConnectAsync(string kind, WixEmulator wix, string token, string? body)
    {
        var transport = new MemoryTransport();
        var app = await ElevatedSite.StartAsync(kind, wix, builder =>
        {
            builder.Services.AddSingleton<IConnectionListenerFactory>(transport);
            builder.WebHost.ConfigureKestrel(
                static options => options.Listen(IPAddress.Loopback, 80, static listen => listen.Protocols = HttpProtocols.Http1));
        });
        var head = body is null ? "GET /elevated/orders/42 HTTP/1.1" : "POST /elevated/orders HTTP/1.1";
        var content = body is null ? "" : $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n";
        var request = $"{head}\r\nHost: localhost\r\nAccept: */*\r\nAuthorization: {token}\r\n{content}\r\n{body}";
        return new(app, transport.Connect(), Encoding.UTF8.GetBytes(request));
    }

    /// <summary>Sends the request.</summary>
    /// <returns>The length of the whole answer.</returns>
    public async ValueTask<long> SendAsync()
    {
        var answer = await ExchangeAsync();
        var length = answer.Length;
        _connection.Input.AdvanceTo(answer.End);
        return length;
    }

    /// <summary>Sends the request and gives the answer's text.</summary>
    public async Task<string> AnswerAsync()
    {
        var answer = await ExchangeAsync();
        var text = Encoding.UTF8.GetString(answer);
        _connection.Input.AdvanceTo(answer.End);
        return text;
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.Output.CompleteAsync();
        await _app.DisposeAsync();
    }

    private async ValueTask<ReadOnlySequence<byte>> ExchangeAsync()
    {
        await _connection.Output.WriteAsync(_request);
        while (true)
        {
            var read = await _connection.Input.ReadAsync();
            if (IsWhole(read.Buffer))
                return read.Buffer;
            if (read.IsCompleted)
                throw new InvalidOperationException("The connection was closed.");
            _connection.Input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <remarks>The framework writes JSON in chunks; a refusal has a length, and is whole in one piece.</remarks>
    private static bool IsWhole(ReadOnlySequence<byte> answer)
    {
        if (answer.Length < 16)
            return false;
        Span<byte> tail = stackalloc byte[5];
        answer.Slice(answer.Length - tail.Length).CopyTo(tail);
        return tail.SequenceEqual("0\r\n\r\n"u8) || !IsOk(answer);
    }

    private static bool IsOk(ReadOnlySequence<byte> answer)
    {
        Span<byte> status = stackalloc byte[3];
        answer.Slice("HTTP/1.1 ".Length, status.Length).CopyTo(status);
        return status.SequenceEqual("200"u8);
    }
}
