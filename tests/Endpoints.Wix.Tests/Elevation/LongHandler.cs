using System.Net;
using System.Threading.Channels;
using Endpoints.Wix.Tests.Clients.Holding;
using Microsoft.Extensions.Hosting;

namespace Endpoints.Wix.Tests.Elevation;

/// <summary>
/// An endpoint that runs for as long as the test likes, a stream or a socket, and makes a call to Wix when the test says so.
/// </summary>
internal sealed class LongHandler
{
    private readonly Channel<(Func<Bag, Task> Call, TaskCompletionSource<Exception?> Done)> _calls =
        Channel.CreateUnbounded<(Func<Bag, Task>, TaskCompletionSource<Exception?>)>();

    private readonly TaskCompletionSource _inside = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the handler waits for a call that it does not make.</summary>
    public Task Inside => _inside.Task;

    /// <summary>Makes a call in the handler. Calls may overlap.</summary>
    /// <returns>What it threw; null for nothing.</returns>
    public Task<Exception?> CallAsync(string client) => CallAsync(bag => bag.CallAsync(client, client.Replace(' ', '-')));

    public Task<Exception?> CallAsync(Func<Bag, Task> call)
    {
        var done = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Assert.True(_calls.Writer.TryWrite((call, done)));
        return done.Task;
    }

    /// <summary>Waits in the handler for a call, which it does not make.</summary>
    public async Task<TaskCompletionSource<Exception?>> TakeAsync(HttpContext context)
    {
        _inside.SetResult();
        return (await _calls.Reader.ReadAsync(Stopping(context))).Done;
    }

    /// <summary>Lets the handler return.</summary>
    public void End() => _calls.Writer.Complete();

    public async Task RunAsync(HttpContext context, Bag bag)
    {
        if (context.WebSockets.IsWebSocketRequest)
            await context.WebSockets.AcceptWebSocketAsync();
        else
            await StartAsync(context);
        List<Task> running = [];
        await foreach (var (call, done) in _calls.Reader.ReadAllAsync(Stopping(context)))
            running.Add(MakeAsync(call, done));
        await Task.WhenAll(running);

        async Task MakeAsync(Func<Bag, Task> call, TaskCompletionSource<Exception?> done) =>
            done.SetResult(await Record.ExceptionAsync(() => call(bag)));
    }

    // Lets the client have the headers.
    private static async Task StartAsync(HttpContext context)
    {
        await context.Response.WriteAsync("open");
        await context.Response.Body.FlushAsync();
    }

    // A test that has failed must not wait for it.
    private static CancellationToken Stopping(HttpContext context) =>
        context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;

    /// <summary>Fails unless the call was refused because the caller's right has ended.</summary>
    public static void AssertEnded(Exception? refused)
    {
        var ended = Assert.IsType<WixApiException>(refused);
        Assert.Equal(HttpStatusCode.Unauthorized, ended.Status);
        Assert.Contains("Nothing was sent", ended.Message, StringComparison.Ordinal);
    }
}
