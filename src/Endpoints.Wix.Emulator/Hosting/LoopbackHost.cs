using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Emulator.Hosting;

/// <summary>
/// Represents a web server on 127.0.0.1 that reads no configuration, environment variables or files, and writes no logs of its own.
/// </summary>
internal sealed class LoopbackHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LoopbackHost(WebApplication app, Uri address)
    {
        _app = app;
        Address = address;
    }

    public Uri Address { get; }

    /// <exception cref="IOException">The port is in use.</exception>
    public static Task<LoopbackHost> StartAsync(int port, Action<WebApplication> map, CancellationToken ct)
    {
        // What tests an application (WebApplicationFactory) takes the first host that Program builds for it, and knows that by the flow of
        // execution.
        using AsyncFlowControl? unseen = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
        return Task.Run(() => StartUnseenAsync(port, map, ct), ct);
    }

    private static async Task<LoopbackHost> StartUnseenAsync(int port, Action<WebApplication> map, CancellationToken ct)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null; // each reader has its own limit
            kestrel.Listen(IPAddress.Loopback, port);
        });

        var app = builder.Build();
        try
        {
            app.UseRouting();
            map(app);
            await app.StartAsync(ct).ConfigureAwait(false);
        }
        catch
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return new(app, new(app.Urls.Single()));
    }

    public async ValueTask DisposeAsync()
    {
        // No grace: a test that ends does not wait for calls that hang.
        using var now = new CancellationTokenSource();
        await now.CancelAsync().ConfigureAwait(false);
        await _app.StopAsync(now.Token).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }
}
