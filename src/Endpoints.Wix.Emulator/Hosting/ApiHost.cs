using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Emulator.Hosting;

/// <summary>A web server on 127.0.0.1 that reads no configuration, no environment and no files, and logs nothing itself.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ApiHost(WebApplication app, Uri address)
    {
        _app = app;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<ApiHost> StartAsync(int port, IReadOnlyList<Operation> operations, RequestDelegateFactory pipeline, CancellationToken ct)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);
        });

        var app = builder.Build();
        app.UseRouting();
        app.Use(next => pipeline(next));
        foreach (var operation in operations)
        {
            app.MapMethods(operation.Template, [operation.Method], static _ => throw new InvalidOperationException("The pipeline runs operations."))
                .WithMetadata(operation);
        }

        try
        {
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

    internal delegate RequestDelegate RequestDelegateFactory(RequestDelegate next);
}
