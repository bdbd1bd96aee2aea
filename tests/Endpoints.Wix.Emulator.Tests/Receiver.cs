using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Emulator.Tests;

/// <summary>An endpoint that Wix calls: it keeps what arrives, and answers as the test says.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Receiver(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    /// <summary>Gets the paths and the claims of what arrived, in order.</summary>
    public ConcurrentQueue<(string Path, string Body)> Arrived { get; } = [];

    public Func<HttpContext, Task> Answer { get; set; } = static http => http.Response.WriteAsync("{}");

    /// <summary>Gets the events that arrived: their types and what is in them.</summary>
    public IReadOnlyList<(string Type, JsonElement Envelope, JsonElement Inside)> Events => [.. Arrived.Select(static one =>
    {
        var envelope = Parse(Claims(one.Body).GetProperty("data").GetString()!);
        return (envelope.Text("eventType"), envelope, Parse(envelope.Text("data")));
    })];

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new Receiver(builder.Build());
        receiver._app.Run(receiver.ReceiveAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    public static JsonElement Claims(string token) =>
        Parse(System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1])));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private async Task ReceiveAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        Arrived.Enqueue((http.Request.Path, await reader.ReadToEndAsync()));
        await Answer(http);
    }
}
